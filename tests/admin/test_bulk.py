"""Many papers corrected at once on the desk."""

from typing import Any

import pytest
from django.test import Client

from papers.admin import bounded
from papers.models import Change, Paper
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db
LIST, CORRECTION = "/admin/papers/paper/", "/admin/papers/paper/correction/"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.library(12)


def chosen(desk: Client, **sent: Any) -> dict[str, Any]:
    """What the page that asks what to correct would send."""
    rows = [str(pk) for pk in Paper.objects.order_by("-position").values_list("pk", flat=True)]
    page = Page(desk.post(LIST, {"action": "correct", "_selected_action": rows, **sent}))
    assert page.one("form", class_="correction")["action"] == CORRECTION
    return {"papers": page.one("input", name="papers")["value"]}


def venues() -> set[str]:
    return set(Paper.objects.values_list("venue", flat=True))


def test_those_that_are_selected_are_corrected_as_one(desk: Client) -> None:
    sent = chosen(desk, _selected_action=[str(pk) for pk in Paper.objects.values_list("pk", flat=True)[:2]])
    answer = desk.post(
        CORRECTION, {**sent, "field": "venue", "text": " ICML  2025", "why": "All of them."}, follow=True
    )
    assert "Set venue of 2 papers." in Page(answer).text
    assert list(Paper.objects.exclude(venue="").values_list("venue", flat=True)) == ["ICML 2025"] * 2
    assert Change.objects.get().why == "All of them."
    upkeep.assert_in_step()


def test_all_are_given_back(desk: Client) -> None:
    sent = chosen(desk)
    desk.post(CORRECTION, {**sent, "field": "authors", "text": "Zoe  Zebra\r\n\r\nAda"})
    assert [paper.authors for paper in Paper.objects.all()] == [["Zoe Zebra", "Ada"]] * 12
    desk.post(CORRECTION, {**sent, "field": "authors", "back": "on"})
    assert not Paper.objects.exclude(curated={}).exists()
    again = desk.post(CORRECTION, {**sent, "field": "authors", "back": "on"}, follow=True)
    assert "nothing was changed" in Page(again).text
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"field": "published", "text": "2024-02-31"}, "There is no such date."),
        ({"field": "abstract", "text": "a" * 250_001}, "It cannot be kept so: longer than"),
        ({"field": "title", "text": "One title"}, "title is not one of the available choices."),
        ({"field": "venue", "papers": ""}, "This field is required."),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(desk: Client, wrong: dict[str, str], said: str) -> None:
    answer = desk.post(CORRECTION, {**chosen(desk), **wrong})
    assert answer.status_code == 200
    assert said in Page(answer).text
    assert not Change.objects.exists()


def test_no_more_are_corrected_than_the_page_counted(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST", 5)
    sent = chosen(desk, select_across="1")
    assert len(sent["papers"].split()) == 5
    every = " ".join(str(pk) for pk in Paper.objects.values_list("pk", flat=True))
    desk.post(CORRECTION, {"papers": every, "field": "venue", "text": "ICML"})
    assert Paper.objects.exclude(venue="").count() == 5
