"""Ingests, digests, sources and tags on the desk."""

import pytest
from django.test import Client

from papers.exchange.recompute import recompute
from papers.models import Digest, Edition, Ingest, Paper, Source, Tag
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


def test_a_digest_shows_on_what_its_date_is_based_and_takes_a_title(desk: Client) -> None:
    digest = Digest.objects.get()
    address = f"/admin/papers/digest/{digest.pk}/change/"
    assert "written in the file" in Page(desk.get(address)).text
    desk.post(address, {"title": "The Daily", "date": "2020-01-01", "size": "9"})
    renamed = Digest.objects.get()
    assert (renamed.title, renamed.date, renamed.size) == ("The Daily", digest.date, digest.size)
    world.ingest_lines(LINES)
    assert Digest.objects.get().title == "The Daily"


def test_a_tag_that_is_called_otherwise_stays_so(desk: Client) -> None:
    tag, edition = Tag.objects.get(slug="problems"), Edition.objects.current()
    desk.post(f"/admin/papers/tag/{tag.pk}/change/", {"name": "Riddles", "description": "What is hard."})
    world.ingest_lines([world.line(2)])
    recompute()
    renamed = Tag.objects.get(slug="riddles")
    assert (renamed.name, renamed.description, renamed.size) == ("Riddles", "What is hard.", 2)
    assert Edition.objects.current() > edition
    upkeep.assert_in_step()


def test_a_source_that_is_called_otherwise_stays_so_and_its_trust_reaches_the_papers(desk: Client) -> None:
    world.ingest_lines([world.line(1, title="On Problem 1", source="Weekly")])
    weekly = Source.objects.get(slug="weekly")
    sent = {"name": "Zeitung", "trust": "90"}
    answer = desk.post(f"/admin/papers/source/{weekly.pk}/change/", sent, follow=True)
    assert "python manage.py recompute" in Page(answer).text
    world.ingest_lines([world.line(3, source="Weekly")])
    recompute()
    assert Source.objects.get(slug="weekly").name == "Zeitung"
    assert "On Problem 1" in Paper.objects.values_list("title", flat=True)


def test_tags_are_found_however_they_are_spelled(desk: Client) -> None:
    names = [each.text for each in Page(desk.get("/admin/papers/tag/?q=TOPIC--1")).all("th", class_="field-name")]
    assert names == ["topic 1"]
