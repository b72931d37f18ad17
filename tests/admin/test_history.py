"""The history: what people did, who, when and why, with a button that undoes it."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from papers.exchange.curate import curate, curate_all
from papers.exchange.naming import call
from papers.models import Change, Digest, Paper, Source, User
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db
HISTORY = "/admin/papers/change/"


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.library(6)


def paper() -> Paper:
    return Paper.objects.get(identifiers__value="2503.00001")


def told(answer: Any) -> list[str]:
    return [row.text for row in Page(answer).all("tr")[1:]]


def test_it_tells_the_newest_first_of_what_and_by_whom_and_why(desk: Client, curator: User) -> None:
    curate(paper(), {"venue": "ICML"}, by=curator, why="It was there.")
    call(Digest.objects.get(), "The Daily", by=None)
    newest, oldest = told(desk.get(HISTORY))
    assert "Set the title to “The Daily” Daily list, 2025-03-11" in newest
    assert "Carol Set venue On the Nature of Problem 000001 It was there. Undo" in oldest
    page = Page(desk.get(HISTORY))
    assert page.link("On the Nature of Problem 000001") == f"/admin/papers/paper/{paper().pk}/change/"
    assert told(desk.get(page.link("Set venue")))[0] == oldest


def test_it_is_narrowed_by_kind_and_person_and_searched_by_words(desk: Client, curator: User) -> None:
    curate(paper(), {"venue": "ICML"}, by=curator, why="It was there.")
    call(Digest.objects.get(), "The Daily", by=world.superuser())
    assert len(told(desk.get(HISTORY, {"kind__exact": "corrected"}))) == 1
    assert len(told(desk.get(HISTORY, {"by": curator.pk}))) == 1
    assert len(told(desk.get(HISTORY, {"q": "was there"}))) == 1
    assert "Nothing of the kind was done." in desk.get(HISTORY, {"only": "taken_back"}).text
    people = [each.text for each in Page(desk.get(HISTORY)).all("a") if each["href"].startswith("?by=")]
    assert people == ["Carol", "Root"]


def test_of_many_things_it_names_the_first(desk: Client, curator: User) -> None:
    curate_all(Paper.objects.values_list("pk", flat=True), {"venue": "ICML"}, by=curator)
    assert "and more" in told(desk.get(HISTORY))[0]
    assert "and more" not in told(desk.get(f"{HISTORY}{Change.objects.get().pk}/change/"))[0]


def test_what_is_no_more_is_told_all_the_same(desk: Client, curator: User) -> None:
    change = call(Digest.objects.get(), "The Daily", by=curator)
    change.subjects.update(name="digest:4711")
    assert "a digest that is no more" in told(desk.get(HISTORY))[0]


def test_each_thing_has_its_own_history_and_django_s_log_stays_empty(desk: Client) -> None:
    address = f"/admin/papers/source/{Source.objects.get().pk}/"
    assert "Nobody has changed it yet." in desk.get(f"{address}history/").text
    desk.post(f"{address}change/", {"name": "The Daily", "trust": "50", "why": "So it is called."})
    assert "So it is called. Undo" in told(desk.get(f"{address}history/"))[0]
    assert not LogEntry.objects.exists()


def test_undo_stands_beside_what_was_saved_and_leads_back(desk: Client) -> None:
    address = f"/admin/papers/source/{Source.objects.get().pk}/change/"
    answer = desk.post(address, {"name": "The Daily", "trust": "50", "_continue": "1"}, follow=True)
    page = Page(answer)
    assert "Set the name to “The Daily”." in page.text
    (undo,) = (form["action"] for form in page.all("form") if form.attributes.get("action", "").endswith("/undo/"))
    assert page.one("button", name="next")["value"] == address
    answer = desk.post(undo, {"next": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "Undone: Set the name to “The Daily”." in Page(answer).text
    assert Source.objects.get().name == "Daily list"
    assert "undone by Carol" in told(desk.get(HISTORY))[0]


def test_what_cannot_be_undone_says_why_and_changes_nothing(desk: Client, curator: User) -> None:
    first = curate(paper(), {"venue": "ICML"}, by=curator)
    curate(paper(), {"venue": "Nature"}, by=curator)
    assert first
    answer = desk.post(f"{HISTORY}{first.pk}/undo/", follow=True)
    assert "was corrected again since; undo that first." in Page(answer).text
    assert paper().venue == "Nature"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_undo_never_leads_off_the_site(elsewhere: str, desk: Client, curator: User) -> None:
    change = call(Source.objects.get(), "The Daily", by=curator)
    answer = desk.post(f"{HISTORY}{change.pk}/undo/", {"next": elsewhere})
    assert answer["Location"] == f"{HISTORY}{change.pk}/change/"


def test_who_may_only_look_undoes_nothing_and_sees_no_links_to_what_is_not_theirs(client: Client) -> None:
    change = call(Source.objects.get(), "<b>The Daily</b>", by=None)
    looker = world.staff()
    looker.user_permissions.add(Permission.objects.get(codename="view_change"))
    client.force_login(looker)
    answer = client.get(HISTORY)
    assert "stands" in told(answer)[0]
    assert "<b>The" not in answer.text
    assert not [each for each in Page(answer).all("a") if "/source/" in each["href"]]
    assert client.post(f"{HISTORY}{change.pk}/undo/").status_code == 403
    assert Change.objects.standing().exists()


def test_the_first_page_tells_what_was_done_lately(desk: Client, curator: User) -> None:
    change = call(Source.objects.get(), "The Daily", by=curator)
    page = Page(desk.get("/admin/"))
    assert page.link("Set the name to “The Daily”") == f"{HISTORY}{change.pk}/change/"
    assert page.link("All of the history") == HISTORY
