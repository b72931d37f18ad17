"""The marks that a reader puts on papers."""

import re

import pytest
from django.test import Client

from papers.models import Paper, ReaderState, User
from tests import world
from tests.page import Page

type Shelf = dict[str, Paper]


def mark(client: Client, paper: Paper, **marks: object) -> None:
    response = client.post(f"/papers/{paper.key}/state/", marks)
    assert response.status_code == 302


def by_htmx(client: Client, paper: Paper, **marks: object) -> Page:
    """What comes when htmx sends the form of the paper's row."""
    response = client.post(f"/papers/{paper.key}/state/", {"row": "on", **marks}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return Page(response)


def state(reader: User, paper: Paper) -> tuple[str, bool, bool]:
    mine = ReaderState.objects.of_paper(reader, paper)
    return mine.status, mine.starred, mine.dismissed


def places(page: Page) -> list[str]:
    """What an answer replaces in the page."""
    return [each["id"] for each in page.elements if each.attributes.get("hx-swap-oob") == "true"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"status": "read"}, ("read", False, False)),
        ({"status": "reading"}, ("reading", False, False)),
        ({"status": "unread"}, ("unread", False, False)),
        ({"status": ""}, ("", False, False)),
        ({"starred": "yes"}, ("", True, False)),
        ({"dismissed": "yes"}, ("", False, True)),
        ({"status": "read", "starred": "yes", "dismissed": "no"}, ("read", True, False)),
    ],
)
def test_a_mark_is_kept(
    marks: dict[str, str], expected: tuple[str, bool, bool], reader: Client, alice: User, shelf: Shelf
) -> None:
    mark(reader, shelf["Time"], **marks)
    assert state(alice, shelf["Time"]) == expected


def test_one_mark_leaves_the_others_as_they_were(reader: Client, alice: User, shelf: Shelf) -> None:
    mark(reader, shelf["Time"], starred="yes")
    mark(reader, shelf["Time"], status="read")
    mark(reader, shelf["Time"], dismissed="yes")
    assert state(alice, shelf["Time"]) == ("read", True, True)
    mark(reader, shelf["Time"], starred="no")
    assert state(alice, shelf["Time"]) == ("read", False, True)
    mark(reader, shelf["Time"], dismissed="no")
    assert state(alice, shelf["Time"]) == ("read", False, False)
    assert ReaderState.objects.count() == 1


def test_a_plain_form_leads_back_to_the_row_where_it_stood(reader: Client, shelf: Shelf) -> None:
    forms = Page(reader.get("/papers/?q=diffusion&sort=oldest")).all("form", class_="acts")
    form = next(form for form in forms if form["action"].endswith("/state/"))
    next_address = Page(reader.get("/papers/?q=diffusion&sort=oldest")).all("input", name="next")[0]["value"]
    response = reader.post(form["action"], {"starred": "yes", "next": next_address})
    key = shelf["Diffusion"].key
    assert (response.status_code, response["Location"]) == (302, f"/papers/?q=diffusion&sort=oldest#row-{key}")


@pytest.mark.parametrize(
    "marks",
    [
        *({"status": "finished"}, {"status": "READ"}, {"starred": "maybe"}, {"starred": "True"}, {"dismissed": "1"}),
        *({"digest": "first", "starred": "yes"}, {"status": "read", "starred": "'; DROP TABLE"}),
    ],
)
def test_a_mark_that_does_not_exist_changes_nothing(marks: dict[str, str], reader: Client, shelf: Shelf) -> None:
    response = reader.post(f"/papers/{shelf['Time'].key}/state/", marks)
    assert response.status_code == 400
    page = Page(response)
    assert page.one("h1").text == "That could not be understood"
    assert "Sign out" in page.text
    assert not ReaderState.objects.exists()


def test_a_paper_or_a_digest_that_does_not_exist_changes_nothing(reader: Client, shelf: Shelf) -> None:
    others = shelf["Time"].entries.all()[0].digest_id
    for key, digest in (("2" * 12, ""), (shelf["Diffusion"].key, others), (shelf["Diffusion"].key, 10**30)):
        assert reader.post(f"/papers/{key}/state/", {"starred": "yes", "digest": digest}).status_code == 404
    assert not ReaderState.objects.exists()


# By htmx --------------------------------------------------------------------------------------------------------


def test_htmx_gets_each_place_where_the_paper_stands_and_nothing_else(reader: Client, shelf: Shelf) -> None:
    paper = shelf["Time"]
    row, acts = f"row-{paper.key}", f"acts-{paper.key}"
    assert places(by_htmx(reader, paper, starred="yes")) == [row]
    assert places(by_htmx(reader, paper, starred="yes", acts="on")) == [acts, row]
    assert places(by_htmx(reader, paper, starred="yes", row="", acts="on")) == [acts]
    page = by_htmx(reader, paper, starred="yes", acts="on")
    assert page.all("html") == page.all("main") == []


def test_the_row_and_its_buttons_show_the_mark(reader: Client, shelf: Shelf) -> None:
    paper = shelf["Time"]
    page = by_htmx(reader, paper, status="read")
    assert page.one("li")["data-state"] == "read"
    assert [(button.text, button["value"]) for button in page.all("button", aria_pressed="true")] == [
        ("Read", "unread")
    ]
    page = by_htmx(reader, paper, dismissed="yes")
    assert page.one("li")["data-state"] == "dismissed"
    assert [button.text for button in page.all("button", class_="act")] == ["Bring back", "Undo", "Close"]
    assert page.all("button", name="dismissed", value="no")
    assert by_htmx(reader, paper, dismissed="no").one("li")["data-state"] == "read"


def test_the_buttons_keep_their_ids_so_that_the_focus_stays(reader: Client, shelf: Shelf) -> None:
    paper = shelf["Attention"]
    before = Page(reader.get("/"))
    after = by_htmx(reader, paper, status="read", lead="on", digest=paper.entries.all()[0].digest_id)
    assert [len(page.all("button", id=f"row-{paper.key}-read")) for page in (before, after)] == [1, 1]


def test_in_a_digest_what_is_left_follows(reader: Client, db: None) -> None:
    world.library(4)
    paper = Paper.objects.in_date_order()[1]
    entry = paper.entries.all()[0]
    page = by_htmx(reader, paper, status="read", digest=entry.digest_id)
    assert places(page) == [f"row-{paper.key}", "left"]
    assert "3 of 4 left" in page.text
    assert page.one("progress")["value"] == "1"
    assert page.one("p", class_="entry-folio").text == "Read number 2"
    assert "All 4 read" not in page.text


def test_the_lead_stays_open_until_it_is_read(reader: Client, db: None) -> None:
    world.library(2)
    lead = Page(reader.get("/")).one("li", class_="is-open")
    paper = Paper.objects.get(key=lead["id"].removeprefix("row-"))
    fields = {"digest": paper.entries.all()[0].digest_id, "lead": "on"}
    assert by_htmx(reader, paper, starred="yes", **fields).all("li", class_="is-open")
    assert by_htmx(reader, paper, status="read", **fields).all("li", class_="is-open") == []


def test_the_row_of_a_result_keeps_leading_to_its_neighbours(reader: Client, shelf: Shelf) -> None:
    paper = shelf["Time"]
    page = by_htmx(reader, paper, starred="yes", next="/papers/?tag=vision&after=1")
    assert page.link("Time as Diffusion") == f"{paper.get_absolute_url()}?tag=vision"
    assert {field["value"] for field in page.all("input", name="next")} == {"/papers/?tag=vision&after=1"}


# Mine alone -----------------------------------------------------------------------------------------------------


def everything(client: Client, shelf: Shelf) -> list[str]:
    """Every page and region that shows papers, as somebody gets it."""
    paper = shelf["Attention"].get_absolute_url()
    addresses = [
        *("/", "/?is=unread", "/digests/", "/digests/2025/03/11/", "/digests/2025/03/11/daily-list/"),
        *("/papers/", "/papers/?q=again", "/papers/?tag=language&q=diffusion", paper, f"{paper}?tag=language"),
        *(f"/papers/?is={state}" for state in ("unread", "reading", "read", "starred", "dismissed")),
    ]
    answers = [client.get(address) for address in addresses]
    for target, address in (("results", "/papers/"), ("pane", paper)):
        answers.append(client.get(address, headers={"HX-Request": "true", "HX-Target": target}))
    return [re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", answer.text) for answer in answers]


def test_what_others_mark_shows_nowhere(client: Client, alice: User, bob: User, shelf: Shelf) -> None:
    nobody = everything(client, shelf)
    client.force_login(alice)
    mine = everything(client, shelf)
    client.force_login(bob)
    for paper in shelf.values():
        mark(client, paper, status="read", starred="yes")
    mark(client, shelf["Attention"], dismissed="yes")
    assert everything(client, shelf) != mine, "Bob himself sees them"
    client.force_login(alice)
    assert everything(client, shelf) == mine
    client.logout()
    assert everything(client, shelf) == nobody
