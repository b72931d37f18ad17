"""Papers browsed by a question, and one alone."""

import pytest
from django.test import Client

from papers.models import FormerKey, Paper, ReaderState, Status, User
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]


def browse(client: Client, question: str = "") -> Page:
    response = client.get(f"/papers/?{question}")
    assert response.status_code == 200
    return Page(response)


def found(client: Client, question: str) -> str:
    """The first letters of the titles found, in order."""
    return "".join(title[0] for title in browse(client, question).rows)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("", "ATD"),
        ("q=diffusion", "TD"),
        ("q=DIFFUSING", "TD"),
        ("q=edges", "D"),
        ("q=%22diffusion+on%22", "D"),
        ("q=lovelace+graph", "D"),
        ("q=nowhere", ""),
        ("tag=vision", "TD"),
        ("tag=vision&tag=moving-pictures", "D"),
        ("author=Ada+Lovelace", "AD"),
        ("author=Lovelace", ""),
        ("source=friday-letter", "T"),
        ("year=2025", "AT"),
        ("since=2025-02", "A"),
        ("until=2025-01", "TD"),
        ("since=2024-05-02&until=2025-01-10", "T"),
        ("q=diffusion&tag=vision&year=2024", "D"),
        ("sort=oldest", "DTA"),
        ("q=diffusion&sort=oldest", "DT"),
    ],
)
def test_the_question_in_the_address_narrows_and_sorts(
    question: str, titles: str, client: Client, shelf: Shelf
) -> None:
    assert found(client, question) == titles


@pytest.mark.parametrize(
    ("state", "titles"), [("unread", "A"), ("reading", "T"), ("read", "D"), ("starred", "AD"), ("dismissed", "")]
)
def test_my_own_state_narrows(state: str, titles: str, reader: Client, alice: User, shelf: Shelf) -> None:
    ReaderState.objects.create(reader=alice, paper=shelf["Diffusion"], status=Status.READ, starred=True)
    ReaderState.objects.create(reader=alice, paper=shelf["Time"], status=Status.READING)
    ReaderState.objects.create(reader=alice, paper=shelf["Attention"], starred=True)
    assert found(reader, f"is={state}") == titles


def test_what_is_not_understood_is_said_and_the_rest_is_searched(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=diffusion&since=yesterday&is=lost&sort=loudest&tag=%21")
    assert len(page.rows) == 2
    assert [code.text for code in page.all("code")] == ["tag=!", "since=yesterday", "is=lost", "sort=loudest"]


def test_a_cursor_that_is_none_shows_the_first_page(client: Client, shelf: Shelf) -> None:
    assert found(client, "after=here") == found(client, "before=1_2_3") == "ATD"


def test_the_title_says_the_question(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=diffusion&tag=moving-pictures&since=2024")
    said = "Papers matching “diffusion” tagged Moving pictures since 2024"
    assert page.one("title").text == f"{said} · Lectern"
    assert page.one("h1").text == "Papers matching “diffusion”"
    assert page.one("input", id="q")["value"] == "diffusion"


def test_each_chip_drops_its_part_of_the_question(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=diffusion&tag=vision&tag=moving-pictures&year=2024&sort=oldest")
    assert {chip.text: chip["href"] for chip in page.all("a", class_="chip")} == {
        "Drop tagged Vision": "/papers/?q=diffusion&tag=moving-pictures&year=2024&sort=oldest",
        "Drop tagged Moving pictures": "/papers/?q=diffusion&tag=vision&year=2024&sort=oldest",
        "Drop from 2024": "/papers/?q=diffusion&tag=vision&tag=moving-pictures&sort=oldest",
    }
    assert page.link("Clear all") == "/papers/"


def test_a_facet_adds_to_the_question_and_one_that_is_asked_drops(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=diffusion&tag=vision")
    facets = {link.text: link for facet in page.all("details") for link in page.all("a") if link.text in facet.text}
    assert facets["Moving pictures 1"]["href"] == "/papers/?q=diffusion&tag=vision&tag=moving-pictures"
    assert facets["2024 1"]["href"] == "/papers/?q=diffusion&tag=vision&year=2024"
    assert facets["Friday letter 1"]["href"] == "/papers/?q=diffusion&tag=vision&source=friday-letter"
    assert facets["Ben Bystander 2"]["href"] == "/papers/?q=diffusion&tag=vision&author=Ben+Bystander"
    asked = page.one("a", aria_current="true")
    assert (asked.text, asked["href"]) == ("Vision 2", "/papers/?q=diffusion")


def test_my_state_is_a_facet_of_mine_alone(
    client: Client, reader: Client, alice: User, bob: User, shelf: Shelf
) -> None:
    ReaderState.objects.create(reader=alice, paper=shelf["Time"], status=Status.READ, starred=True)
    for paper in shelf.values():
        ReaderState.objects.create(reader=bob, paper=paper, dismissed=True)
    assert browse(reader).all("details")[0].text == "My state Unread 2Read 1Starred 1"
    reader.logout()
    assert browse(client).all("details")[0].text.startswith("Tags")


def test_the_other_order_is_a_link(client: Client, shelf: Shelf) -> None:
    assert browse(client, "tag=vision").link("Oldest first") == "/papers/?tag=vision&sort=oldest"
    assert browse(client, "tag=vision&sort=oldest").link("Newest first") == "/papers/?tag=vision"


@pytest.mark.parametrize("question", ["", "q=problem", "tag=problems", "q=problem&sort=oldest"])
def test_pages_lead_forward_and_back_over_every_paper_once(question: str, client: Client, db: None) -> None:
    world.library(60)
    address, pages = f"/papers/?{question}", []
    while address:
        pages.append(Page(client.get(address)))
        address = "".join(link["href"] for link in pages[-1].all("a", rel="next"))
        assert "page=" not in address
    assert [len(page.rows) for page in pages] == [25, 25, 10]
    titles = [title for page in pages for title in page.rows]
    assert titles == sorted(titles, reverse="oldest" in question)
    back = [pages[-1]]
    while links := back[-1].all("a", rel="prev"):
        back.append(Page(client.get(links[0]["href"])))
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages]


def test_an_honest_count_is_said(client: Client, db: None) -> None:
    world.library(1)
    assert browse(client).one("p", class_="count").text.startswith("1 paper")
    world.library(30)
    assert browse(client).one("p", class_="count").text.startswith("30 papers")


def test_beyond_a_thousand_the_count_says_so(client: Client, db: None) -> None:
    world.library(1_001)
    page = browse(client)
    assert page.one("p", class_="count").text.startswith("More than 1,000 papers")
    assert "Counted in the newest 1,000." in page.text


def test_no_results_offers_ways_out_with_counts(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=diffusion&tag=language")
    assert page.one("h1").text == "Nothing matches all of that"
    assert "There are no papers matching “diffusion” tagged Language." in page.text
    ways = [item.text for item in page.all("li") if "paper" in item.text]
    assert ways == ["matching “diffusion” 1 paper", "tagged Language 2 papers"]
    assert page.link("matching “diffusion”") == "/papers/?tag=language"
    assert page.link("tagged Language") == "/papers/?q=diffusion"


def test_a_way_out_that_leads_nowhere_is_no_link(client: Client, shelf: Shelf) -> None:
    page = browse(client, "q=nowhere&tag=vision")
    assert "tagged Vision still none" in [item.text for item in page.all("li")]
    assert [link.text for link in page.all("a") if link.text.startswith("tagged")] == []


def test_an_empty_library_says_what_to_do(client: Client, db: None) -> None:
    page = browse(client)
    assert page.one("h1").text == "No papers yet"
    assert page.link("How to load the first digest") == "/"


# One paper ------------------------------------------------------------------------------------------------------


def test_a_paper_s_page_holds_what_is_known_of_it(client: Client, shelf: Shelf) -> None:
    page = Page(client.get(shelf["Diffusion"].get_absolute_url()))
    assert page.one("h1").text == "Diffusion on Graphs"
    assert page.one("title").text == "Diffusion on Graphs · Lectern"
    assert "We diffuse over the edges of a graph." in page.text
    assert page.link("arXiv 2405.00001") == "https://arxiv.org/abs/2405.00001"
    assert page.link("PDF") == "https://arxiv.org/pdf/2405.00001"
    assert page.link("Ben Bystander") == "/papers/?author=Ben%20Bystander"
    assert page.link("Moving pictures") == "/papers/?tag=moving-pictures"
    assert page.link("Daily list") == "/digests/2024/05/02/daily-list/"
    assert [heading.text for heading in page.all("h2")] == ["Named in one digest", "Tags"]


def test_of_very_many_authors_the_first_stand_on_the_page_and_the_rest_are_folded(client: Client, db: None) -> None:
    world.ingest_lines([world.line(1, authors=[f"Author {n}" for n in range(3_000)])])
    page = Page(client.get(Paper.objects.get().get_absolute_url()))
    shown, rest = (each.text for each in page.all("p", class_="authors"))
    assert shown.endswith("Author 39")
    assert (rest[:9], rest[-11:]) == ("Author 40", "Author 2999")
    assert page.one("summary", class_="act").text == "And 2,960 more"


def test_a_paper_carries_what_reference_managers_read(client: Client, shelf: Shelf) -> None:
    page = Page(client.get(shelf["Diffusion"].get_absolute_url() + "?q=diffusion"))
    assert [
        (meta["name"], meta["content"]) for meta in page.all("meta") if "citation" in meta.attributes.get("name", "")
    ] == [
        ("citation_title", "Diffusion on Graphs"),
        ("citation_author", "Ada Lovelace"),
        ("citation_author", "Ben Bystander"),
        ("citation_publication_date", "2024/05/01"),
        ("citation_journal_title", "Journal of Graphs"),
        ("citation_arxiv_id", "2405.00001"),
        ("citation_doi", "10.1000/graphs"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2405.00001"),
    ]
    assert page.one("link", rel="canonical")["href"] == f"http://testserver{shelf['Diffusion'].get_absolute_url()}"


def test_a_former_key_leads_to_the_paper_and_keeps_the_question(client: Client, shelf: Shelf) -> None:
    FormerKey.objects.create(key="2" * 12, paper=shelf["Time"])
    response = client.get(f"/papers/{'2' * 12}/?q=diffusion")
    assert (response.status_code, response["Location"]) == (302, f"/papers/{shelf['Time'].key}/?q=diffusion")
    assert client.get(f"/papers/{'2' * 12}/")["Location"] == f"/papers/{shelf['Time'].key}/"


def test_an_unknown_key_is_our_404(client: Client, shelf: Shelf) -> None:
    response = client.get(f"/papers/{'3' * 12}/")
    assert response.status_code == 404
    assert Page(response).one("h1").text == "There is no such page"


def test_a_result_leads_to_its_neighbours_within_the_question(client: Client, shelf: Shelf) -> None:
    question = "q=diffusion&tag=vision"
    time, graphs = (shelf[word].get_absolute_url() for word in ("Time", "Diffusion"))
    assert browse(client, question).link("Time as Diffusion") == f"{time}?{question}"
    page = Page(client.get(f"{time}?{question}"))
    assert page.all("a", rel="prev") == []
    assert page.one("a", rel="next")["href"] == f"{graphs}?{question}"
    assert page.link("papers matching “diffusion” tagged Vision") == f"/papers/?{question}"
    page = Page(client.get(f"{graphs}?{question}"))
    assert page.one("a", rel="prev")["href"] == f"{time}?{question}"
    assert page.all("a", rel="next") == []


def test_without_a_question_a_paper_has_no_neighbours(client: Client, shelf: Shelf) -> None:
    page = Page(client.get(shelf["Time"].get_absolute_url()))
    assert page.all("nav", aria_label="Neighbours") == []
    assert browse(client).link("Time as Diffusion") == shelf["Time"].get_absolute_url()


def test_a_paper_without_an_abstract_says_so(client: Client, db: None) -> None:
    world.ingest_lines([{"title": "Only a title", "digest_date": "2025-03-11"}])
    page = Page(client.get(Paper.objects.get().get_absolute_url()))
    assert "No digest had an abstract of this paper." in page.text


# In the language of the search box --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2405.00001", "arXiv:2405.00001v3", "https://doi.org/10.1000/Graphs", "10.1000/graphs"]
)
@pytest.mark.parametrize("htmx", [False, True])
def test_an_identifier_or_address_leads_straight_to_the_paper(
    text: str, htmx: bool, client: Client, shelf: Shelf
) -> None:
    headers = {"HX-Request": "true", "HX-Target": "results"} if htmx else {}
    response = client.get("/papers/", {"q": text}, headers=headers)
    assert response["HX-Redirect" if htmx else "Location"] == shelf["Diffusion"].get_absolute_url()


def test_an_identifier_among_other_things_is_a_question_like_any_other(client: Client, shelf: Shelf) -> None:
    for question in ({"q": "2405.00001 or attention"}, {"q": "2405.00001", "tag": "vision"}):
        assert client.get("/papers/", question).status_code == 200
    assert "There are no papers known as 2405.99999" in client.get("/papers/", {"q": "2405.99999"}).text


def test_found_words_are_marked_in_the_list_and_on_the_paper(client: Client, shelf: Shelf) -> None:
    found = Page(client.get("/papers/", {"q": "diffusion -zebra"}))
    assert [mark.text for mark in found.all("mark")] == ["Diffusion", "diffuses", "Diffusion", "diffuse"]
    paper = Page(client.get(shelf["Diffusion"].get_absolute_url(), {"q": "title:diffusion"}))
    assert [mark.text for mark in paper.all("mark")] == ["Diffusion"]
    assert Page(client.get(shelf["Diffusion"].get_absolute_url())).all("mark") == []


def test_a_question_is_said_back_with_what_was_not_understood(client: Client, shelf: Shelf) -> None:
    page = Page(client.get("/papers/", {"q": "(graph or time) -attention year:soon"}))
    assert page.one("h1").text == "Papers matching (“graph” or “time”) but not “attention”"
    assert "Not understood, and left out: year:soon" in page.text


def test_marks_in_a_typed_question_are_asked_of_somebody_with_a_name(client: Client, shelf: Shelf, alice: User) -> None:
    assert client.get("/papers/", {"q": "is:unread"})["Location"].startswith("/account/login/")
    client.force_login(alice)
    ReaderState.objects.create(reader=alice, paper=shelf["Time"], starred=True)
    assert [
        title.text for title in Page(client.get("/papers/", {"q": "is:starred"})).all("h2", class_="entry-title")
    ] == ["Time as Diffusion"]
