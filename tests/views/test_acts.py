"""Acts told by a toast, each with its undo: by plain forms and by htmx; on one paper, a page, a digest."""

import pytest
from django.test import Client

from papers.forms import LONGEST_NOTE
from papers.models import Digest, Marking, Paper, ReaderState, User, marking
from tests import upkeep, world
from tests.page import Page

type Shelf = dict[str, Paper]
HTMX = {"HX-Request": "true"}


def act(client: Client, paper: Paper, what: str = "state", **sent: object) -> Page:
    """What htmx gets for an act on a paper that stands as a row and in the pane."""
    at = {"row": "on", "acts": "on", "next": "/papers/"}
    return Page(client.post(f"/papers/{paper.key}/{what}/", {**at, **sent}, headers=HTMX))


def said(page: Page) -> str:
    return page.one("div", id="toast").text.removesuffix(" Close").removesuffix(" Undo")


def undo(client: Client, page: Page, **sent: object) -> Page:
    (form,) = (form for form in page.all("form") if form.attributes.get("action", "").endswith("/removal/"))
    return Page(client.post(form["action"], {"row": "on", "acts": "on", "next": "/papers/", **sent}, headers=HTMX))


def mine(reader: User, paper: Paper) -> ReaderState:
    return ReaderState.objects.of_paper(reader, paper)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"status": "read"}, "Marked “Time as Diffusion” as read."),
        ({"status": "reading"}, "Marked “Time as Diffusion” as begun."),
        ({"starred": "yes"}, "Marked “Time as Diffusion” as starred."),
        ({"dismissed": "yes"}, "Marked “Time as Diffusion” as not for me."),
        ({"rating": "4"}, "Rated “Time as Diffusion” 4 of 5."),
    ],
)
def test_the_toast_says_what_was_done_and_takes_it_back(
    sent: dict[str, str], expected: str, reader: Client, alice: User, shelf: Shelf
) -> None:
    paper = shelf["Time"]
    page = act(reader, paper, **sent)
    assert said(page) == expected
    page = undo(reader, page)
    assert said(page) == "Taken back."
    assert page.one("li")["data-state"] == "unread"
    assert mine(alice, paper).marks == {}
    assert not ReaderState.objects.exists()


def test_one_undo_gives_back_all_that_one_act_changed_and_no_more(reader: Client, alice: User, shelf: Shelf) -> None:
    paper = shelf["Time"]
    act(reader, paper, starred="yes")
    act(reader, paper, "note", note="Kettle test.", was=mine(alice, paper).note_stamp)
    undo(reader, act(reader, paper, status="read"))
    state = mine(alice, paper)
    assert (state.status, state.starred, state.note) == ("", True, "Kettle test.")


def test_an_act_that_changes_nothing_is_none(reader: Client, shelf: Shelf) -> None:
    act(reader, shelf["Time"], starred="yes")
    assert said(act(reader, shelf["Time"], starred="yes")) == ""
    assert Marking.objects.count() == 1


def test_an_undo_that_comes_twice_or_too_late_changes_nothing(reader: Client, alice: User, shelf: Shelf) -> None:
    page = act(reader, shelf["Time"], status="read")
    undo(reader, page)
    act(reader, shelf["Time"], status="reading")
    assert said(undo(reader, page)) == "Taken back."
    assert mine(alice, shelf["Time"]).status == "reading"
    page = act(reader, shelf["Time"], starred="yes")
    act(reader, shelf["Time"], rating=5)
    assert said(undo(reader, page)) == "Taken back, except for what you marked again since."
    assert mine(alice, shelf["Time"]).starred


def test_without_htmx_the_page_says_it_where_the_paper_stood(reader: Client, alice: User, shelf: Shelf) -> None:
    response = reader.post(f"/papers/{shelf['Time'].key}/state/", {"rating": "2", "next": "/papers/"})
    page = Page(reader.get(response["Location"]))
    assert said(page) == "Rated “Time as Diffusion” 2 of 5."
    assert "Rated 2 of 5" in page.all("li", id=f"row-{shelf['Time'].key}")[0].text
    (form,) = (form for form in page.all("form") if form["action"].endswith("/removal/"))
    assert reader.post(form["action"], {"next": "/papers/"})["Location"] == "/papers/"
    assert not ReaderState.objects.exists()


def test_an_act_takes_a_bounded_number_of_queries(reader: Client, alice: User, shelf: Shelf) -> None:
    act(reader, shelf["Time"], starred="yes")
    assert upkeep.queries(lambda: act(reader, shelf["Time"], status="read")) <= 24
    page = act(reader, shelf["Time"], rating=3)
    assert upkeep.queries(lambda: undo(reader, page)) <= 26


# Notes ----------------------------------------------------------------------------------------------------------


def test_a_note_is_shown_as_it_is_meant_and_nobody_else_sees_it(
    client: Client, reader: Client, alice: User, bob: User, shelf: Shelf
) -> None:
    paper = shelf["Time"]
    page = act(reader, paper, "note", note="*Why* $x^2$?\r\n\r\n- <b>one</b>", was=mine(alice, paper).note_stamp)
    assert said(page) == "Saved your note on “Time as Diffusion”."
    shown = Page(reader.get(paper.get_absolute_url()))
    assert shown.one("div", class_="note").text == "Why x2? <b>one</b>"
    assert len(shown.all("math")) == 1
    assert shown.one("textarea", name="note").text == "*Why* $x^2$? - <b>one</b>"
    assert "With my note" in Page(reader.get("/papers/")).text
    assert Page(reader.get("/papers/?is=noted")).rows == ["Time as Diffusion"]
    client.force_login(bob)
    assert "Why" not in Page(client.get(paper.get_absolute_url())).text
    assert Page(client.get("/papers/?is=noted")).rows == []


def test_an_empty_note_goes_and_its_undo_brings_it_back(reader: Client, alice: User, shelf: Shelf) -> None:
    paper = shelf["Time"]
    act(reader, paper, "note", note="Old.", was=mine(alice, paper).note_stamp)
    page = act(reader, paper, "note", note=" ", was=mine(alice, paper).note_stamp)
    assert said(page) == "Removed your note on “Time as Diffusion”."
    assert mine(alice, paper).note == ""
    assert "Old." in undo(reader, page).one("section", id=f"note-{paper.key}").text
    assert mine(alice, paper).note == "Old."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_tabs_neither_destroys_the_other_s_text(
    headers: dict[str, str], reader: Client, alice: User, shelf: Shelf
) -> None:
    paper = shelf["Time"]
    was = mine(alice, paper).note_stamp
    act(reader, paper, "note", note="From the train.", was=was)
    answer = reader.post(f"/papers/{paper.key}/note/", {"note": "From the desk.", "was": was}, headers=headers)
    assert answer.status_code == (200 if headers else 409)
    page = Page(answer)
    assert page.one("div", class_="note").text == "From the train."
    assert page.one("textarea").text == "From the desk."
    assert "Not saved yet" in page.text
    assert mine(alice, paper).note == "From the train."
    act(reader, paper, "note", note="Both.", was=page.one("input", name="was")["value"])
    assert mine(alice, paper).note == "Both."


def test_a_note_that_is_too_long_stays_in_the_form(reader: Client, alice: User, shelf: Shelf) -> None:
    text = "x" * (LONGEST_NOTE + 7)
    page = act(reader, shelf["Time"], "note", note=text, was=mine(alice, shelf["Time"]).note_stamp)
    assert page.one("textarea").text == text
    assert "Shorten it by 7" in page.text
    assert not ReaderState.objects.exists()


# Many -----------------------------------------------------------------------------------------------------------


def test_the_papers_of_a_page_are_marked_alone(reader: Client, db: None) -> None:
    world.library(40)
    page = Page(reader.get("/papers/"))
    keys = list({field["value"] for field in page.all("input", name="paper")})
    assert len(keys) == 25
    response = reader.post("/papers/markings/", {"mark": "starred", "paper": keys, "next": "/papers/"})
    assert said(Page(reader.get(response["Location"]))) == "Marked 25 papers of this page as starred."
    assert set(ReaderState.objects.values_list("paper__key", flat=True)) == set(keys)


@pytest.mark.parametrize("wrong", ["2" * 12, "hidden", "not a key", "\0"])
def test_with_one_paper_that_is_not_there_nothing_is_marked(wrong: str, reader: Client, db: None) -> None:
    world.library(3)
    keys = list(Paper.objects.values_list("key", flat=True))
    Paper.objects.filter(key=keys[0]).update(hidden=wrong == "hidden")
    sent = keys if wrong == "hidden" else [*keys, wrong]
    assert reader.post("/papers/markings/", {"mark": "starred", "paper": sent}).status_code == 404
    too_many = [*keys, *(f"{n:012}" for n in range(100))]
    assert reader.post("/papers/markings/", {"mark": "starred", "paper": too_many}).status_code == 400
    assert not ReaderState.objects.exists()
    assert not Marking.objects.exists()


def test_a_digest_is_marked_in_all_and_what_is_left_follows(reader: Client, db: None) -> None:
    world.library(40)
    world.ingest_lines([world.line(100, digest_date="2025-03-12")])
    digest = Digest.objects.get(size=40)
    page = Page(reader.get(digest.get_absolute_url()))
    assert [each.text for each in page.all("summary", class_="act")] == ["Mark all 40 as …", "Mark these 25 as …"]
    sent = {"mark": "read", "digest": digest.pk, "next": digest.get_absolute_url()}
    page = Page(reader.get(reader.post("/papers/markings/", sent)["Location"]))
    assert said(page) == "Marked 40 papers of this digest as read."
    assert "All 40 read" in page.text
    assert ReaderState.objects.count() == 40


def test_a_mark_in_one_digest_counts_in_all(reader: Client, alice: User, db: None) -> None:
    world.library(4)
    world.ingest_lines(world.line(n, source="Friday letter") for n in (1, 2))
    one, other = Digest.objects.order_by("pk")
    reader.post("/papers/markings/", {"mark": "read", "digest": other.pk})
    assert (one.left_for(alice).count, other.left_for(alice).count) == (2, 0)


def test_what_is_not_settled_is_settled_by_the_page(
    reader: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.library(9)
    monkeypatch.setattr(marking, "BATCH", 2)
    response = reader.post("/papers/markings/", {"mark": "starred", "tag": "problems", "next": "/papers/"})
    page = Page(reader.get(response["Location"]))
    (form,) = (form for form in page.all("form") if form.attributes.get("action", "").endswith("/removal/"))
    page = Page(reader.get(reader.post(form["action"], {"next": "/papers/?is=starred"})["Location"]))
    assert page.rows == []
    assert ReaderState.objects.count() == 9
    (settling,) = (form for form in page.all("form") if form.attributes.get("hx-trigger") == "load")
    for _ in range(9):  # as the page does, until nothing more is asked of it
        answer = reader.post(settling["hx-post"], {"settling": "on"}, headers=HTMX)
        if not answer.text.strip():
            break
    assert (answer.status_code, answer.text.strip()) == (200, "")
    assert not ReaderState.objects.exists()
    assert Marking.objects.unsettled(alice) == []
