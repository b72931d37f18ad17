"""All that a question finds marked at once, from the page that shows it, and taken back."""

import re

import pytest
from django.test import Client

from papers.models import Marking, Paper, ReaderState, User
from tests import world
from tests.page import Element, Page

type Shelf = dict[str, Paper]


def browse(client: Client, question: str = "") -> Page:
    return Page(client.get(f"/papers/?{question}"))


def buttons(page: Page) -> list[Element]:
    return page.all("button", name="mark")


def fields(page: Page) -> dict[str, list[str]]:
    """What the form sends that marks all; on a page without rows, which have forms of their own."""
    sent: dict[str, list[str]] = {}
    start = page.elements.index(page.all("form", action="/papers/markings/")[0])
    for each in page.elements[start + 1 : page.elements.index(buttons(page)[0])]:
        sent.setdefault(each["name"], []).append(each["value"])
    return sent


def mark(client: Client, question: str, mark: str) -> Page:
    """The page on which one lands after marking all that a question finds, by the form on its page."""
    response = client.post("/papers/markings/", {**fields(browse(client, question)), "mark": mark})
    assert response.status_code == 302
    return Page(client.get(response["Location"]))


def undo(client: Client, page: Page) -> Page:
    (form,) = (form for form in page.all("form") if form.attributes.get("action", "").endswith("/removal/"))
    response = client.post(form["action"], {"next": page.all("input", name="next")[0]["value"]})
    assert response.status_code == 302
    return Page(client.get(response["Location"]))


def said(page: Page) -> str:
    return page.all("div", class_="message")[-1].text.removesuffix(" Close")


def read(reader: User) -> set[str]:
    """The first words of the papers marked as read."""
    rows = ReaderState.objects.filter(reader=reader, status="read").select_related("paper")
    return {row.paper.title.split()[0] for row in rows}


def test_all_that_a_question_finds_is_marked_and_can_be_taken_back(reader: Client, alice: User, shelf: Shelf) -> None:
    page = mark(reader, "q=diffusion&tag=vision&sort=oldest", "read")
    assert said(page) == "Marked 2 papers as read. Undo"
    assert page.one("h1").text == "Papers matching “diffusion”"
    assert page.rows == ["Diffusion on Graphs", "Time as Diffusion"]
    assert read(alice) == {"Diffusion", "Time"}
    page = undo(reader, page)
    assert said(page) == "Taken back."
    assert page.rows == ["Diffusion on Graphs", "Time as Diffusion"]
    assert read(alice) == set()


def test_not_only_the_page_is_marked(reader: Client, db: None) -> None:
    world.library(40)
    page = browse(reader, "tag=problems")
    assert [each.text for each in page.all("summary", class_="act")] == ["Mark all 40 as …", "Mark these 25 as …"]
    assert said(mark(reader, "tag=problems", "starred")) == "Marked 40 papers as starred. Undo"
    assert ReaderState.objects.filter(starred=True).count() == 40


def test_what_was_unread_is_gone_from_its_own_page_which_offers_the_undo(
    reader: Client, alice: User, shelf: Shelf
) -> None:
    page = mark(reader, "is=unread&tag=vision", "read")
    assert page.one("h1").text == "Nothing matches all of that"
    assert undo(reader, page).rows == ["Time as Diffusion", "Diffusion on Graphs"]


def test_everything_read_is_told_by_its_day(reader: Client, alice: User, shelf: Shelf) -> None:
    page = mark(reader, "is=unread", "read")
    assert said(page) == "Marked everything up to 11 March 2025 as read. Undo"
    assert not ReaderState.objects.exists()
    assert len(undo(reader, page).rows) == 3


def test_the_focus_is_on_the_undo_of_many_as_the_page_comes_anew(reader: Client, shelf: Shelf) -> None:
    page = Page(reader.post("/papers/markings/", {"mark": "starred", "next": "/papers/"}, follow=True))
    (undo,) = [button for button in page.all("button") if "autofocus" in button.attributes]
    assert (undo.text, undo["aria-describedby"]) == ("Undo", "toast")


def test_where_nothing_changes_it_says_so(reader: Client, shelf: Shelf) -> None:
    mark(reader, "q=diffusion", "read")
    page = mark(reader, "q=diffusion", "read")
    assert said(page) == "There was nothing left to mark as read."
    assert Marking.objects.count() == 1
    assert said(mark(reader, "q=again", "dismissed")) == "Marked 1 paper as not for me. Undo"


def test_what_was_marked_again_stays_and_it_says_so(reader: Client, alice: User, shelf: Shelf) -> None:
    page = mark(reader, "q=diffusion", "read")
    reader.post(f"/papers/{shelf['Time'].key}/state/", {"status": "reading"})
    assert said(undo(reader, page)) == "Taken back, except for what you marked again since."
    assert [row.status for row in ReaderState.objects.all()] == ["reading"]


def test_an_undo_that_is_sent_twice_is_made_once(reader: Client, shelf: Shelf) -> None:
    page = mark(reader, "q=diffusion", "read")
    assert said(undo(reader, page)) == said(undo(reader, page)) == "Taken back."


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("", ["Read", "Unread", "Starred", "Not for me"]),
        ("is=unread", ["Read", "Starred", "Not for me"]),
        ("is=read", ["Unread", "Starred", "Not for me"]),
        ("is=starred", ["Read", "Unread", "Not starred", "Not for me"]),
        ("is=dismissed", ["For me after all"]),
    ],
)
def test_only_what_would_change_something_is_offered(
    question: str, offered: list[str], reader: Client, alice: User, shelf: Shelf
) -> None:
    ReaderState.objects.create(reader=alice, paper=shelf["Time"], status="read", starred=True, dismissed=False)
    ReaderState.objects.create(reader=alice, paper=shelf["Attention"], dismissed=True)
    assert [button.text for button in buttons(browse(reader, question))] == offered


def test_nothing_is_offered_to_strangers_nor_where_something_was_not_understood(
    client: Client, alice: User, shelf: Shelf
) -> None:
    assert buttons(browse(client)) == []
    client.force_login(alice)
    for question in ("since=someday", "q=diffusion+year:soon", "q=no+such+words"):
        assert buttons(browse(client, question)) == []
    assert buttons(browse(client)) != []


@pytest.mark.parametrize(
    "sent",
    [
        *({}, {"mark": "finished"}, {"mark": "READ", "q": "diffusion"}, {"mark": "read", "since": "someday"}),
        *({"mark": "read", "q": "diffusion year:soon"}, {"mark": "read", "is": "good"}, {"mark": "read", "tag": "…"}),
    ],
)
def test_what_makes_no_sense_marks_nothing(sent: dict[str, str], reader: Client, shelf: Shelf) -> None:
    response = reader.post("/papers/markings/", sent)
    assert response.status_code == 400
    assert Page(response).one("h1").text == "That could not be understood"
    assert not ReaderState.objects.exists()
    assert not Marking.objects.exists()


def test_the_markings_of_others_are_nobody_s_business(reader: Client, bob: User, shelf: Shelf) -> None:
    page = mark(reader, "q=diffusion", "read")
    (address,) = {form["action"] for form in page.all("form") if "removal" in form.attributes.get("action", "")}
    reader.force_login(bob)
    nowhere = re.sub(r"\d+", str(10**30), address)
    assert [reader.post(each).status_code for each in (address, nowhere)] == [404, 404]
    assert ReaderState.objects.count() == 2
