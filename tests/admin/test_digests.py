"""Digests and sources on the desk: dated, titled, joined and believed by curators."""

from typing import Any

import pytest
from django.test import Client

from papers.exchange import following
from papers.exchange.load import Report
from papers.models import Digest, Entry, Paper, Source
from tests import upkeep, world
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_lines([world.line(1), world.line(2)])


def save(desk: Client, digest: Digest, **written: str) -> Any:
    values = {"date": str(digest.written_date), "title": digest.title, "why": ""}
    return desk.post(f"/admin/papers/digest/{digest.pk}/change/", {**values, **written}, follow=True)


def another(date: str = "2025-03-12") -> Report:
    return world.ingest_lines([world.line(2, digest_date=date), world.line(3, digest_date=date)], "another.jsonl")


def test_a_digest_shows_on_what_its_date_is_based_and_is_dated(desk: Client) -> None:
    digest = Digest.objects.get()
    assert "written in the file" in Page(desk.get(f"/admin/papers/digest/{digest.pk}/change/")).text
    assert "Dated it 2024 instead of 11 March 2025." in Page(save(desk, digest, date="2024")).text
    dated = Digest.objects.get()
    assert (str(dated.written_date), dated.date_basis) == ("2024", "curator")
    assert "set by a curator" in Page(desk.get(f"/admin/papers/digest/{digest.pk}/change/")).text
    upkeep.assert_in_step()


def test_a_guess_is_confirmed(desk: Client) -> None:
    Digest.objects.update(date_basis="today")
    save(desk, Digest.objects.get(), is_right="on")
    assert not Digest.objects.guessed().exists()


def test_what_is_no_date_is_said(desk: Client) -> None:
    assert "There is no such date." in Page(save(desk, Digest.objects.get(), date="2024-02-31")).text
    assert "This field is required." in Page(save(desk, Digest.objects.get(), date="")).text


def test_what_was_not_changed_is_not_set(desk: Client) -> None:
    before = upkeep.snapshot(Digest)
    save(desk, Digest.objects.get())
    assert upkeep.snapshot(Digest) == before


def test_a_title_is_set_and_given_back(desk: Client) -> None:
    save(desk, Digest.objects.get(), title="The Daily", size="9", source="7")
    world.ingest_lines([world.line(1, digest_title="A title")])
    digest = Digest.objects.get()
    assert (digest.title, digest.size) == ("The Daily", 2)
    save(desk, digest, title_back="on")
    assert Digest.objects.get().title == "A title"


def test_a_date_that_is_taken_leads_to_where_the_two_are_joined(desk: Client) -> None:
    another()
    digest, other = Digest.objects.order_by("date")
    page = Page(save(desk, digest, date="2025-03-12"))
    assert "There is a digest of that date already: Daily list, 2025-03-12." in page.text
    joining = page.link("join the two")
    assert Page(desk.get(joining)).one("button", name="kept", value=str(other.pk)).text == "Join under 12 March 2025"
    answer = desk.post(joining, {"kept": str(other.pk), "why": "Two halves."}, follow=True)
    assert "Joined Daily list, 2025-03-11 to 12 March 2025." in Page(answer).text
    joined = Digest.objects.get()
    assert (joined.pk, joined.size, Entry.objects.count()) == (other.pk, 3, 3)
    upkeep.assert_in_step()


def test_two_are_joined_from_the_list(desk: Client) -> None:
    another()
    rows = [str(pk) for pk in Digest.objects.values_list("pk", flat=True)]
    answer = desk.post("/admin/papers/digest/", {"action": "join_two", "_selected_action": rows}, follow=True)
    assert len(Page(answer).all("button", name="kept")) == 2


@pytest.mark.parametrize("asked", ["", "?digest=1", "?digest=x&digest=-1", f"?digest={'9' * 40}", "?digest=1&digest=1"])
def test_what_cannot_be_joined_is_said(desk: Client, asked: str) -> None:
    answer = desk.get(f"/admin/papers/digest/joining/{asked}", follow=True)
    assert "Choose two digests of one source." in Page(answer).text


def test_digests_of_two_sources_are_not_joined(desk: Client) -> None:
    world.ingest_lines([world.line(4, source="Weekly")])
    asked = "&".join(f"digest={pk}" for pk in Digest.objects.values_list("pk", flat=True))
    desk.post(f"/admin/papers/digest/joining/?{asked}", {"kept": str(Digest.objects.all()[0].pk)})
    assert Digest.objects.count() == 2


def test_trust_reaches_the_papers_at_once(desk: Client) -> None:
    world.ingest_lines([world.line(1, title="On Problem 1", source="Weekly")])
    weekly = Source.objects.get(slug="weekly")
    sent = {"name": "Zeitung", "trust": "90"}
    answer = desk.post(f"/admin/papers/source/{weekly.pk}/change/", sent, follow=True)
    assert "Set its trust to 90 instead of 50." in Page(answer).text
    assert Paper.objects.filter(title="On Problem 1").exists()
    world.ingest_lines([world.line(3, source="Weekly")])
    assert Source.objects.get(slug="weekly").name == "Zeitung"
    desk.post(f"/admin/papers/source/{weekly.pk}/change/", {"name": "x", "trust": "90", "name_back": "on"})
    assert Source.objects.get(slug="weekly").name == "Weekly"
    upkeep.assert_in_step()


@pytest.mark.parametrize("trust", ["-1", "101", "x", ""])
def test_trust_is_a_number_up_to_a_hundred(desk: Client, trust: str) -> None:
    source = Source.objects.get()
    desk.post(f"/admin/papers/source/{source.pk}/change/", {"name": source.name, "trust": trust})
    assert Source.objects.get().trust == 50


def test_where_papers_are_many_the_desk_says_what_is_left_and_goes_on(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 0)
    source = Source.objects.get()
    answer = desk.post(f"/admin/papers/source/{source.pk}/change/", {"name": source.name, "trust": "9"}, follow=True)
    assert "Papers of 1 digest have yet to follow what was changed. Go on" in Page(answer).text
    assert "1 of the digests were changed" in Page(desk.get("/admin/")).text
    page = Page(desk.get("/admin/papers/digest/?only=behind"))
    (go_on,) = (form["action"] for form in page.all("form") if form.attributes.get("action", "").endswith("following/"))
    monkeypatch.setattr(following, "AT_ONCE", 1)
    assert "All papers follow." in Page(desk.post(go_on, follow=True)).text
    upkeep.assert_in_step()
