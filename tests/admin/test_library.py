"""Ingests, digests, sources and tags on the desk."""

import pytest
from django.test import Client

from papers.exchange.recompute import recompute
from papers.models import Edition, Ingest, Tag
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db
LINES = [world.line(1), {"title": ""}, {"title": "  ", "abstract": "<script>alert(1)</script>"}]
COUNTS = ("found", "created", "updated", "unchanged", "quarantined")


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines(LINES)


def test_an_ingest_says_what_came_of_it_and_leads_to_its_quarantine(desk: Client) -> None:
    world.ingest_lines([{"title": ""}, {"title": "", "venue": "x"}], name="another.jsonl")
    page = Page(desk.get("/admin/papers/ingest/?q=another"))
    counts = [page.one("td", class_=f"field-{name}").text for name in COUNTS]
    assert (page.one("td", class_="field-state").text, counts) == ("finished", ["2", "0", "0", "0", "2"])
    another = Ingest.objects.latest("pk")
    page = Page(desk.get(f"/admin/papers/ingest/{another.pk}/change/"))
    quarantine = Page(desk.get(page.link("Its quarantine")))
    assert len(quarantine.all("input", class_="action-select")) == 2


def test_one_that_was_cut_off_says_so(desk: Client) -> None:
    Ingest.objects.update(finished_at=None)
    assert "cut off, or still running" in Page(desk.get("/admin/papers/ingest/")).all("tr")[1].text


def test_one_that_failed_says_why(desk: Client) -> None:
    report = world.ingest_text("Nothing of the kind.", "letter.txt")
    page = Page(desk.get("/admin/papers/ingest/?only=failed"))
    assert page.one("td", class_="field-state").text == report.error


def test_a_tag_that_is_called_otherwise_stays_so(desk: Client) -> None:
    tag, edition = Tag.objects.get(slug="problems"), Edition.objects.current()
    desk.post(f"/admin/papers/tag/{tag.pk}/change/", {"name": "Riddles", "description": "What is hard."})
    world.ingest_lines([world.line(2)])
    recompute()
    renamed = Tag.objects.get(slug="riddles")
    assert (renamed.name, renamed.description, renamed.size) == ("Riddles", "What is hard.", 2)
    assert Edition.objects.current() > edition
    upkeep.assert_in_step()


def test_tags_are_found_however_they_are_spelled(desk: Client) -> None:
    names = [each.text for each in Page(desk.get("/admin/papers/tag/?q=TOPIC--1")).all("th", class_="field-name")]
    assert names == ["topic 1"]
