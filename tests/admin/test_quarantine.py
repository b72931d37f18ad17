"""Quarantine on the desk: mended in place, tried again, dismissed with a reason, brought back."""

import json
from typing import Any

import pytest
from django.test import Client

from papers.admin import bounded
from papers.models import Change, Entry, Ingest, Paper, Quarantined
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/papers/quarantined/"
LINES = [world.line(1), {"title": ""}, {"title": "  ", "abstract": "<script>alert(1)</script>"}, world.line(2)]
STORED = (Paper, Entry, Quarantined, Ingest, Change)


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(LINES)


def first() -> Quarantined:
    return Quarantined.objects.earliest("pk")


def address(piece: Quarantined | None = None) -> str:
    return f"{LIST}{(piece or first()).pk}/change/"


def keys() -> list[str]:
    return [str(pk) for pk in Quarantined.objects.order_by("-pk").values_list("pk", flat=True)]


def listed(client: Client, question: str = "") -> int:
    return len(Page(client.get(LIST + question)).all("th", class_="field-reason"))


def test_what_could_not_be_read_is_shown_as_it_stood_with_what_stood_around_and_is_inert(desk: Client) -> None:
    piece = Quarantined.objects.latest("pk")
    answer = desk.get(address(piece))
    page = Page(answer)
    assert "<script>alert(1)" not in answer.text
    assert "<script>alert(1)</script>" in page.one("textarea").text
    assert piece.reason in page.text
    assert "digest.jsonl, line 3" in page.one("h1").text
    around = [each.text for each in page.all("li", dir="auto")]
    assert [json.loads(each) for each in around] == [LINES[0], LINES[1], LINES[3]]
    assert page.link("Its ingest") == f"/admin/papers/ingest/{piece.ingest_id}/change/"


def test_a_preview_says_what_it_would_become_and_stores_nothing(desk: Client) -> None:
    before = upkeep.snapshot(*STORED)
    text = json.dumps(world.line(1, place=7)) + "\r\n" + json.dumps(world.line(9, authors=list("ABCDEFG")))
    page = Page(desk.post(address(), {"text": text, "_preview": "Preview"}))
    known, new = (each.text for each in page.all("article"))
    assert "It stands there already, just so." in known
    assert "On the Nature of Problem 000009 A, B, C, D, E and 2 more arXiv 2503.00009 We solve problem 9." in new
    assert new.endswith("In Daily list, 2025-03-11, number 3. A new paper.")
    assert "000009" in page.one("textarea").text
    text = json.dumps(world.line(1, source="Weekly"))
    page = Page(desk.post(address(), {"text": text, "_preview": "Preview"}))
    assert "already in the library (arxiv:2503.00001): On the Nature of Problem 000001" in page.one("article").text
    assert upkeep.snapshot(*STORED) == before


@pytest.mark.parametrize("button", ["_preview", "_take_in"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"title": " "}', "It still cannot be read: the title is empty."),
        ("", "This field is required."),
        ("\0", "Null characters are not allowed."),
        ("{", "It still cannot be read: Input data was truncated."),
    ],
)
def test_what_still_cannot_be_read_says_why_in_place(desk: Client, button: str, text: str, said: str) -> None:
    before = upkeep.snapshot(*STORED)
    answer = desk.post(address(), {"text": text, button: "yes"})
    assert answer.status_code == 200
    assert said in Page(answer).text
    assert upkeep.snapshot(*STORED) == before


def test_what_was_mended_is_taken_in_and_leaves_the_list(desk: Client) -> None:
    filters = "?_changelist_filters=reason%3Dx"
    answer = desk.post(address() + filters, {"text": json.dumps(world.line(9)), "_take_in": "Take it in"})
    assert answer["Location"] == f"{LIST}?reason=x"
    assert "Taken in: “On the Nature of Problem 000009”." in Page(desk.get(LIST)).text
    assert (listed(desk), listed(desk, "?only=mended")) == (1, 1)
    page = Page(desk.get(address()))
    paper = Paper.objects.get(identifiers__value="2503.00009")
    assert page.link("On the Nature of Problem 000009") == paper.get_absolute_url()
    assert "By Carol" in page.text
    assert page.all("textarea") == []
    answer = desk.post(address(), {"text": json.dumps(world.line(8)), "_take_in": "Take it in"})
    assert not Paper.objects.filter(identifiers__value="2503.00008").exists()


def test_quarantine_is_narrowed_by_reason(desk: Client) -> None:
    Quarantined.objects.filter(pk=first().pk).update(reason="no reason")
    page = Page(desk.get(LIST))
    (narrowed,) = (each["href"] for each in page.all("a") if each["href"].startswith("?reason=no"))
    assert listed(desk, narrowed) == 1


def test_one_piece_is_dismissed_with_a_reason_and_brought_back(desk: Client) -> None:
    refused = Page(desk.post(address(), {"why": " ", "_dismiss": "Dismiss"}))
    assert "Say why, in a word or two." in refused.text
    assert listed(desk) == 2
    desk.post(address(), {"why": "A comment.", "_dismiss": "Dismiss"})
    assert (listed(desk), listed(desk, "?only=dismissed")) == (1, 1)
    assert "Carol: A comment." in Page(desk.get(f"{LIST}?only=dismissed")).text
    assert "A comment." in Page(desk.get(address())).text
    desk.post(address(), {"_bring_back": "Bring back"})
    assert listed(desk) == 2


def test_many_are_dismissed_with_one_reason_that_is_asked_for_first(desk: Client) -> None:
    sent: dict[str, Any] = {"action": "dismiss", "_selected_action": keys()}
    page = Page(desk.post(LIST, sent))
    assert "These 2 pieces are dismissed from quarantine:" in page.text
    assert listed(desk) == 2
    hidden = {each["name"]: each["value"] for each in page.all("input", type="hidden")} | sent
    assert "Say why, in a word or two." in Page(desk.post(LIST, {**hidden, "why": ""})).text
    answer = desk.post(LIST, {**hidden, "why": "Both are rules."}, follow=True)
    assert "Dismissed 2 pieces." in answer.text
    assert listed(desk) == 0
    assert set(Quarantined.objects.values_list("settlement__why", flat=True)) == {"Both are rules."}
    world.ingest_lines(LINES)
    assert listed(desk) == 0
    desk.post(f"{LIST}?only=dismissed", {"action": "bring_back", "_selected_action": keys()})
    assert listed(desk) == 2


def test_what_came_meanwhile_is_not_dismissed_with_all(desk: Client) -> None:
    sent: dict[str, Any] = {"action": "dismiss", "_selected_action": keys()[:1], "select_across": "1"}
    newest = Page(desk.post(LIST, sent)).one("input", name="newest")["value"]
    world.ingest_lines([{"title": ""}], "later.jsonl")
    desk.post(LIST, {**sent, "newest": newest, "why": "No papers."})
    assert [str(piece.ingest.file) for piece in Quarantined.objects.waiting()] == ["later.jsonl"]


def test_no_more_is_dealt_with_than_the_page_counted_and_that_is_said(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST", 1)
    sent: dict[str, Any] = {"action": "try_again", "_selected_action": keys()[:1], "select_across": "1"}
    answer = Page(desk.post(LIST, sent, follow=True))
    assert "0 taken in; 1 still cannot be read." in answer.text
    assert "Only the first 1 were dealt with: do it again for the next." in answer.text
    sent |= {"action": "dismiss", "newest": keys()[0], "why": "No papers."}
    assert "Dismissed one piece." in desk.post(LIST, sent, follow=True).text
    assert listed(desk) == 1


def test_what_can_be_read_by_now_is_taken_in_as_it_is(desk: Client) -> None:
    Quarantined.objects.filter(pk=first().pk).update(text=json.dumps(world.line(9)))
    answer = desk.post(LIST, {"action": "try_again", "_selected_action": keys()}, follow=True)
    assert "1 taken in; 1 still cannot be read." in Page(answer).text
    assert listed(desk) == 1


def test_what_is_too_long_to_be_mended_here_says_so(desk: Client) -> None:
    Quarantined.objects.filter(pk=first().pk).update(text="x" * 100_001)
    page = Page(desk.get(address()))
    assert "It is too long to be mended here" in page.text
    assert page.all("textarea") == []


def test_who_may_only_look_changes_nothing(client: Client) -> None:
    looker = world.curator()
    looker.groups.get().permissions.remove(looker.groups.get().permissions.get(codename="change_quarantined"))
    client.force_login(looker)
    page = Page(client.get(address()))
    assert '{"title": ""}' in page.text
    assert page.all("textarea") == []
    before = upkeep.snapshot(*STORED)
    for button in ("_preview", "_take_in", "_dismiss", "_bring_back"):
        answer = client.post(address(), {"text": json.dumps(world.line(9)), "why": "x", button: "yes"})
        assert answer.status_code == 403
    client.post(LIST, {"action": "dismiss", "_selected_action": keys(), "newest": keys()[0], "why": "x"})
    assert upkeep.snapshot(*STORED) == before


def test_a_piece_that_is_not_there_is_said_to_be_gone(desk: Client) -> None:
    assert desk.get(f"{LIST}999999/change/").status_code == 302
    assert desk.get(f"{LIST}x/change/").status_code == 302


def test_what_was_done_with_a_piece_is_told_with_its_undo_and_in_its_history(desk: Client) -> None:
    piece = first()
    sent = {"action": "dismiss", "_selected_action": [str(piece.pk)], "newest": str(piece.pk), "why": "No paper."}
    (told,) = Page(desk.post(LIST, sent, follow=True)).all("li", class_="success")
    assert told.text == "Dismissed one piece. Undo"
    assert "No paper." in Page(desk.get(f"{LIST}{piece.pk}/history/")).text
    desk.post(f"/admin/papers/change/{Change.objects.get().pk}/undo/")
    assert listed(desk) == 2
