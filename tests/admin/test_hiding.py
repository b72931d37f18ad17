"""Papers hidden and shown again on the desk."""

import pytest
from django.test import Client

from papers.admin import bounded
from papers.models import Change, Paper
from tests import upkeep, world
from tests.page import Page

LIST = "/admin/papers/paper/"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines([world.line(n, title=f"<b>Riddle</b> {'even' if n % 2 == 0 else 'odd'} {n}") for n in range(4)])


def ids() -> list[str]:
    return [str(pk) for pk in Paper.objects.order_by("pk").values_list("pk", flat=True)]


def hide(desk: Client, papers: list[str]) -> None:
    desk.post(f"{LIST}hiding/", {"papers": ",".join(papers), "why": "Spam."})


def listed(client: Client, question: str) -> list[str]:
    return sorted(each.text[-1] for each in Page(client.get(LIST + question)).all("th", class_="field-title"))


def test_what_is_selected_is_hidden_with_one_reason_after_one_was_asked(desk: Client) -> None:
    asked = desk.post(LIST, {"action": "hide", "_selected_action": ids()[:2]})
    page = Page(asked)
    assert "<b>Riddle" not in asked.text
    assert set(page.one("input", name="papers")["value"].split(",")) == set(ids()[:2])
    assert not Paper.objects.hidden().exists()
    form = page.all("form", method="post", action=f"{LIST}hiding/")
    assert len(form) == 1
    answer = desk.post(f"{LIST}hiding/", {"papers": ",".join(ids()[:2]), "why": "Spam."}, follow=True)
    assert "Hid 2 papers from readers." in answer.text
    change = Change.objects.get()
    assert (change.why, str(change.by), change.said) == ("Spam.", "Carol", "Hid 2 papers from readers")
    upkeep.assert_in_step()


def test_no_reason_hides_nothing(desk: Client) -> None:
    answer = desk.post(f"{LIST}hiding/", {"papers": ids()[0], "why": "  "})
    assert "This field is required." in answer.text
    assert not Paper.objects.hidden().exists()


@pytest.mark.parametrize("papers", ["", "x", "1,x", "999999", "9" * 30, ",".join(map(str, range(2_000)))])
def test_what_is_no_paper_leads_back_to_the_list(papers: str, desk: Client) -> None:
    for answer in (
        desk.get(f"{LIST}hiding/", {"papers": papers}, follow=True),
        desk.post(f"{LIST}hiding/", {"papers": papers, "why": "Spam."}, follow=True),
    ):
        assert "no such paper was found" in answer.text
    assert not Paper.objects.hidden().exists()


def test_hidden_papers_are_found_by_the_filter_and_by_the_search(desk: Client) -> None:
    hide(desk, ids()[:2])
    assert listed(desk, "?only=hidden") == ["0", "1"]
    assert listed(desk, "?only=hidden&q=even") == ["0"]
    assert listed(desk, "?q=riddle") == ["0", "1", "2", "3"]
    assert listed(desk, "?q=riddle+even") == ["0", "2"]
    assert listed(desk, "?q=2503.00001") == ["1"]
    assert listed(desk, "?q=zebra") == []


def test_one_is_hidden_and_shown_again_from_its_own_page(desk: Client) -> None:
    address = f"{LIST}{ids()[0]}/change/"
    assert "Riddle" in desk.get(Page(desk.get(address)).link("Hide from readers")).text
    hide(desk, ids()[:1])
    page = Page(desk.get(address))
    assert "by Carol: Spam." in page.text
    asked = Page(desk.get(page.link("Show to readers again")))
    assert asked.one("input", name="papers")["value"] == ids()[0]
    answer = desk.post(f"{LIST}showing/", {"papers": ids()[0]}, follow=True)
    assert "Showed it to readers again." in answer.text
    assert not Paper.objects.hidden().exists()
    upkeep.assert_in_step()


def test_no_more_is_hidden_than_a_page_counted(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST", 2)
    asked = Page(desk.post(LIST, {"action": "hide", "_selected_action": ids()[:1], "select_across": "1"}))
    assert len(asked.one("input", name="papers")["value"].split(",")) == 2
