"""All tags, the most used first."""

from django.test import Client

from papers.models import Paper, Tag
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]


def tags(page: Page) -> list[str]:
    return [item.text for item in page.all("li")]


def test_the_most_used_come_first_with_how_many_papers_bear_them(client: Client, shelf: Shelf) -> None:
    page = Page(client.get("/tags/"))
    assert page.one("h1").text == "Tags"
    assert tags(page) == ["Vision 2 papers", "Language 1 paper", "Moving pictures 1 paper"]
    assert page.link("Moving pictures") == "/papers/?tag=moving-pictures"


def test_a_tag_that_no_paper_bears_is_not_shown(client: Client, shelf: Shelf) -> None:
    Tag.objects.create(name="Nobody's")
    assert "Nobody" not in Page(client.get("/tags/")).text


def test_a_tag_is_found_by_a_part_of_its_name_however_spelled(client: Client, shelf: Shelf) -> None:
    assert tags(Page(client.get("/tags/?q=MOVING++PIC"))) == ["Moving pictures 1 paper"]
    assert tags(Page(client.get("/tags/?q=ion"))) == ["Vision 2 papers"]
    assert Page(client.get("/tags/?q=ion")).one("input", id="tag")["value"] == "ion"


def test_where_no_tag_is_called_so_it_is_said(client: Client, shelf: Shelf) -> None:
    for asked in ("zebra", "%21%21", "%25"):
        page = Page(client.get(f"/tags/?q={asked}"))
        assert tags(page) == []
        assert page.link("all tags") == "/tags/"
    assert "No paper has a tag yet." not in page.text


def test_a_library_without_tags_says_so(client: Client, db: None) -> None:
    assert "No paper has a tag yet." in Page(client.get("/tags/")).text


def test_the_list_comes_alone_while_somebody_types(client: Client, shelf: Shelf) -> None:
    response = client.get("/tags/?q=vis", headers={"HX-Request": "true", "HX-Target": "tags"})
    assert response["HX-Push-Url"] == "/tags/?q=vis"
    page = Page(response)
    assert (tags(page), page.all("h1")) == (["Vision 2 papers"], [])


def test_pages_lead_over_every_tag_once_and_back(client: Client, db: None) -> None:
    world.ingest_lines([world.line(n, tags=[f"topic {k}" for k in range(n, 400)]) for n in (1, 300)])
    address, pages = "/tags/?q=topic", []
    while address:
        pages.append(Page(client.get(address)))
        address = "".join(link["href"] for link in pages[-1].all("a", rel="next"))
    found = [tag for page in pages for tag in tags(page)]
    assert [len(tags(page)) for page in pages] == [150, 150, 99]
    assert len(set(found)) == 399
    assert found == sorted(found, key=lambda tag: "2 papers" not in tag)
    back = Page(client.get(pages[1].one("a", rel="prev")["href"]))
    assert tags(back) == tags(pages[0])


def test_the_tags_facet_and_the_foot_of_each_page_lead_there(client: Client, shelf: Shelf) -> None:
    page = Page(client.get("/papers/"))
    assert [link["href"] for link in page.all("a") if link.text == "All tags"] == ["/tags/", "/tags/"]
