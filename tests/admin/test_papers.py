"""A paper on the desk: found as on the site, and edited so that no ingest takes it back."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from papers.models import Change, Edition, Paper, User
from tests import upkeep, world
from tests.page import Page

LIST = "/admin/papers/paper/"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(
        [
            world.line(
                1, venue="Annals of\n  Problems", title=r"On \emph{Problem} 1", abstract="We solve.\n\nIt is simple."
            ),
            world.line(1, title="Problem One", source="Weekly"),
            world.line(2, title="<script>alert(1)</script>", abstract="<b>Bold</b>", authors=["<i>Eve</i>"]),
        ]
    )


def paper() -> Paper:
    return Paper.objects.get(identifiers__value="2503.00001")


def address(of: Paper | None = None) -> str:
    return f"{LIST}{(of or paper()).pk}/change/"


def form(client: Client, **written: str) -> dict[str, Any]:
    """The form as a browser would send it, with this written in it."""
    page = Page(client.get(address()))
    texts = {each["name"]: "".join(each.words).removeprefix("\n") for each in page.all("textarea")}
    lines = {each["name"]: each.attributes.get("value", "") for each in page.all("input", type="text")}
    sent = {name: text.replace("\n", "\r\n") for name, text in {**texts, **lines}.items()}
    return {**sent, **written}


def test_papers_are_found_by_the_same_questions_as_on_the_site(desk: Client) -> None:
    titles = [each.text for each in Page(desk.get(LIST, {"q": "tag:topic-1 problem"})).all("th", class_="field-title")]
    assert titles == ["On Problem 1"]
    assert "Not understood, and left out: since:never" in Page(desk.get(LIST, {"q": "problem since:never"})).text


def test_what_was_not_changed_is_not_set(desk: Client) -> None:
    before = upkeep.snapshot(Paper, Edition)
    assert desk.post(address(), form(desk)).status_code == 302
    assert upkeep.snapshot(Paper, Edition) == before


def test_what_a_curator_writes_is_set_and_marked_beside_what_the_digests_say(desk: Client) -> None:
    sent = form(desk, authors="Zoe  Zebra\r\n\r\nAda Author1", published="2024-2")
    assert desk.post(address(), sent).status_code == 302
    assert paper().curated == {"authors": ["Zoe Zebra", "Ada Author1"], "published": "2024-02"}
    assert paper().title_html == "On <em>Problem</em> 1"
    page = Page(desk.get(address()))
    assert "Authors, set by a curator:" in page.text
    assert "Title, set by a curator" not in page.text
    assert "A curator set its authors, date." in desk.get(paper().get_absolute_url()).text
    told = [each.text for each in page.all("tr")]
    assert "Authors (believed) Ada Author1 Ben Bystander Daily list, 2025-03-11; Weekly, 2025-03-11" in told
    assert "Title Problem One Weekly, 2025-03-11" in told
    upkeep.assert_in_step()


def test_why_is_told_in_the_history(desk: Client) -> None:
    desk.post(address(), form(desk, venue="Nature", why="The journal says so."))
    assert (Change.objects.get().why, Change.objects.get().said) == ("The journal says so.", "Set venue")


def test_what_is_ticked_is_given_back(desk: Client) -> None:
    before = paper().authors
    desk.post(address(), form(desk, authors="Zoe Zebra", venue="Nature"))
    desk.post(address(), form(desk, authors_back="on"))
    assert (paper().authors, paper().curated) == (before, {"venue": "Nature"})
    upkeep.assert_in_step()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"title": " "}, "This field is required."),
        ({"title": "\u200b"}, "It cannot be kept so: the title is empty."),
        ({"published": "2024-02-31"}, "There is no such date."),
        ({"abstract": "a" * 250_001}, "It cannot be kept so: longer than 250,000 characters"),
    ],
)
def test_what_no_ingest_would_take_no_curator_can_write(desk: Client, written: dict[str, str], said: str) -> None:
    answer = desk.post(address(), form(desk, **written))
    assert answer.status_code == 200
    assert said in Page(answer).text
    assert paper().curated == {}


def test_it_says_where_it_is_named_and_leads_there_and_to_its_page(desk: Client) -> None:
    page = Page(desk.get(address()))
    assert page.link("View on site").startswith("/admin/r/")
    assert page.link("Weekly, 2025-03-11") == "/digests/2025/03/11/weekly/"
    assert "arXiv 2503.00001" in page.text


def test_what_was_planted_in_a_paper_is_inert(desk: Client) -> None:
    planted = Paper.objects.get(identifiers__value="2503.00002")
    for where in (LIST, address(planted)):
        text = desk.get(where).text
        assert "<script>alert" not in text
        assert "<b>Bold" not in text
        assert "<i>Eve" not in text


def test_nobody_adds_or_deletes_a_paper(client: Client) -> None:
    client.force_login(world.superuser())
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{paper().pk}/delete/").status_code == 403


def test_who_may_only_look_sees_the_fields_and_changes_nothing(client: Client) -> None:
    looker: User = world.staff()
    looker.user_permissions.add(Permission.objects.get(codename="view_paper"))
    client.force_login(looker)
    page = Page(client.get(address()))
    assert "Ben Bystander" in page.text
    assert page.all("textarea") == []
    assert client.post(address(), {"title": "Mine"}).status_code == 403
    assert paper().curated == {}
