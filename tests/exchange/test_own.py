"""All that is a reader's own is exported, by them alone, and nothing that is not theirs."""

import datetime as dt
import json
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.exchange import pasting
from papers.exchange.hide import hide
from papers.exchange.own import own_lines
from papers.exchange.tagging import put
from papers.models import (
    ListEntry,
    Mark,
    Marking,
    Paper,
    ReaderState,
    ReadingList,
    Recommendation,
    Remark,
    Status,
    User,
)
from tests import world

type Thing = dict[str, Any]


def exported(reader: User) -> list[Thing]:
    return [json.loads(line) for line in own_lines(User.objects.get(pk=reader.pk))]


def of_kind(reader: User, kind: str) -> list[Thing]:
    return [thing for thing in exported(reader) if thing.pop("kind") == kind]


def test_a_state_says_what_was_done_with_which_paper(alice: User) -> None:
    world.ingest_lines([world.line(1, doi="10.1000/one")])
    paper = Paper.objects.get()
    marks = {"status": Status.READ, "starred": True, "rating": 4, "note": "Not $\\frac{1}{2}$ bad.\n—\u2028"}
    Marking.objects.mark(alice, paper, **marks)
    state = ReaderState.objects.get()
    (thing,) = of_kind(alice, "state")
    assert dt.datetime.fromisoformat(thing.pop("changed_at")) == state.changed_at
    assert thing == {
        "key": paper.key,
        "title": "On the Nature of Problem 000001",
        "identifiers": {"arxiv": ["2503.00001"], "doi": ["10.1000/one"]},
        **marks,
        "dismissed": False,
    }


@pytest.mark.parametrize(("day", "status"), [(None, "unread"), ("2025-03-11", "read")])
def test_its_status_is_what_the_reader_sees(day: str | None, status: str, alice: User) -> None:
    world.library(1)
    Marking.objects.mark(alice, Paper.objects.get(), starred=True)
    User.objects.update(caught_up_to=day)
    assert [thing["status"] for thing in of_kind(alice, "state")] == [status]


def test_who_they_are_and_how_they_read_comes_first(alice: User) -> None:
    User.objects.update(time_zone="Asia/Tokyo", page_size=50, keys=False, caught_up_to="2025-03-01")
    person, preferences = exported(alice)
    assert dt.datetime.fromisoformat(person.pop("joined_at")) == alice.date_joined
    assert person == {
        "kind": "person",
        "username": "alice",
        "name": "Alice",
        "addresses": ["alice@example.org"],
        "caught_up_to": "2025-03-01",
    }
    assert preferences == {
        "kind": "preferences",
        "time_zone": "Asia/Tokyo",
        "page_size": 50,
        "text_size": "",
        "keys": False,
        "opening_reads": False,
        "offers_by_mail": True,
    }


def test_tags_pastes_and_markings_are_told(alice: User) -> None:
    world.library(2)
    paper = Paper.objects.earliest("pk")
    put(paper, "Slow reading", by=alice)
    pasting.paste('{"title": "Pasted"}\n{"title": "Too"}', by=alice)
    Marking.objects.create(reader=alice, mark=Mark.STARRED, question="q=problem", count=2)
    assert [(tag["tag"], tag["key"], tag["title"]) for tag in of_kind(alice, "tag")] == [
        ("Slow reading", paper.key, paper.title)
    ]
    (pasted,) = of_kind(alice, "paste")
    assert (pasted["name"], pasted["taken_back_at"]) == ("pasted by alice", None)
    assert pasted["pasted_at"].startswith(f"{timezone.now():%Y-%m-%d}")
    (marking,) = of_kind(alice, "marking")
    assert (marking["mark"], marking["question"], marking["papers"]) == ("starred", "q=problem", 2)


def test_lists_are_told_with_what_stands_on_them(alice: User, bob: User) -> None:
    world.library(2)
    paper = Paper.objects.earliest("pk")
    mine = world.reading_list(alice, "Mine", editor=bob)
    ReadingList.objects.update(description="Of *mine*.")
    ListEntry.objects.add(mine, [paper], by=bob, reason="Read it.")
    mine.entries.update(claimed_by=alice, due_on="2025-04-01")
    ListEntry.objects.add(mine, [Paper.objects.latest("pk")], by=alice)
    mine.entries.filter(suggested_by=alice).update(removed_at=timezone.now())
    (told,) = of_kind(alice, "list")
    assert (told["list"], told["name"], told["description"], told["visibility"]) == (
        *(mine.key, "Mine", "Of *mine*."),
        "private",
    )
    (entry,) = of_kind(alice, "entry")
    assert (entry["list"], entry["key"], entry["title"]) == (mine.key, paper.key, paper.title)
    assert (entry["suggested_by"], entry["reason"]) == ("Bob", "Read it.")
    assert (entry["claimed_by"], entry["due_on"]) == ("Alice", "2025-04-01")


def test_what_they_take_part_in_and_said_there_is_told(alice: User, bob: User) -> None:
    world.library(1)
    paper = Paper.objects.get()
    shared = world.reading_list(bob, "Thursday", contributor=alice)
    ListEntry.objects.add(shared, [paper], by=alice, reason="Mine to say.")
    Remark.objects.create(reading_list=shared, paper=paper, by=alice, text="Hm.")
    Remark.objects.create(reading_list=shared, by=bob, text="Not hers.")
    Recommendation.objects.create(paper=paper, by=alice)
    (membership,), (suggestion,) = of_kind(alice, "membership"), of_kind(alice, "suggestion")
    assert (membership["list_name"], membership["role"]) == ("Thursday", "contributor")
    assert (suggestion["list_name"], suggestion["reason"]) == ("Thursday", "Mine to say.")
    (remark,), (said,) = of_kind(alice, "remark"), of_kind(alice, "recommendation")
    assert (remark["list_name"], remark["text"], remark["key"]) == ("Thursday", "Hm.", paper.key)
    assert "list" not in said
    assert said["key"] == paper.key


def test_of_a_list_that_they_see_no_more_their_words_are_told_and_not_its_name(alice: User, bob: User) -> None:
    world.library(1)
    shared = world.reading_list(bob, "Quagga", contributor=alice)
    ListEntry.objects.add(shared, [Paper.objects.get()], by=alice)
    Remark.objects.create(reading_list=shared, paper=Paper.objects.get(), by=alice, text="Hm.")
    Recommendation.objects.create(reading_list=shared, paper=Paper.objects.get(), by=alice)
    shared.memberships.all().delete()
    world.reading_list(bob, "Quagga too", pending=alice)
    assert [remark["text"] for remark in of_kind(alice, "remark")] == ["Hm."]
    assert "Quagga" not in "".join(own_lines(alice))
    assert shared.key not in "".join(own_lines(alice))


def test_nothing_of_anybody_else_is_in_it(alice: User, bob: User) -> None:
    world.library(3)
    for paper in Paper.objects.all():
        Marking.objects.mark(bob, paper, note="Bob’s secret")
        put(paper, "Bob’s tag", by=bob)
    Marking.objects.create(reader=bob, mark=Mark.READ, question="q=bob")
    pasting.paste('{"title": "Bob’s paste"}\n{"title": "Too"}', by=bob)
    assert [thing["kind"] for thing in exported(alice)] == ["person", "preferences"]
    assert "bob" not in "".join(own_lines(alice)).lower()


def test_of_a_hidden_paper_the_mark_is_theirs_and_the_words_are_not(alice: User, curator: User) -> None:
    world.library(1)
    paper = Paper.objects.get()
    Marking.objects.mark(alice, paper, note="Mine")
    put(paper, "Slow", by=alice)
    hide([paper.pk], by=curator, why="Spam.")
    (state,), (tag,) = of_kind(alice, "state"), of_kind(alice, "tag")
    assert (state["key"], state["note"]) == (paper.key, "Mine")
    assert tag == {"tag": "Slow", "key": paper.key}
    assert "title" not in state


def fill(reader: User, count: int) -> None:
    """So many papers that they marked."""
    there = Paper.objects.count()
    numbers = range(there + 1, there + count + 1)
    papers = [Paper(position=n, title=f"Paper {n}", title_html=f"Paper {n}", named_on="2025-03-11") for n in numbers]
    Paper.objects.bulk_create(papers)
    ReaderState.objects.bulk_create(ReaderState(reader=reader, paper=paper, starred=True) for paper in papers)


def test_however_many_there_are_each_comes_once_and_few_are_asked_for_at_a_time(alice: User, bob: User) -> None:
    costs = []
    for count in (500, 1_000):
        fill(bob, 10)
        fill(alice, count)
        with CaptureQueriesContext(connection) as asked:
            keys = Counter(thing["key"] for thing in of_kind(alice, "state"))
        assert set(keys.values()) == {1}
        costs.append(len(asked))
    assert len(keys) == 1_500
    assert costs[1] - costs[0] == 2 * (1_000 // 500), "two questions for each 500"


def test_it_comes_line_by_line_as_a_file_with_the_date(client: Client, alice: User) -> None:
    client.force_login(alice)
    fill(alice, 3)
    response = client.get("/account/export.jsonl")
    assert response.streaming
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="lectern-{timezone.localdate()}.jsonl"'
    assert "no-store" in response["Cache-Control"]
    lines = response.getvalue().decode().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["person", "preferences", *["state"] * 3]
