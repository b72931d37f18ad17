"""How a database goes about the questions that are asked most: by their indexes, and in date order without sorting."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from papers.language import State, Words
from papers.models import Author, Digest, Entry, ListEntry, Paper, ReaderState, User, Word
from papers.models.best import steps
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "words": "q=problem",
    "a phrase": "q=%22nature+of%22",
    "the beginning of a word": "q=prob*",
    "a word in a field": "q=title:problem",
    "words and an excluded one": "q=problem+-simple",
    "only an excluded one": "q=-zebra",
    "a choice": "q=zebra+or+problem",
    "a tag": "tag=problems",
    "a tag and words": "tag=problems&q=nature",
    "a source": "source=daily-list",
    "a month's digests": "q=in:2025-03",
    "an author": "author=Ben+Bystander",
    "words since a day": "q=problem&since=2025-03-02",
}


def plan(rows: QuerySet[Any]) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a few papers are read through sooner than looked up
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows[:26].explain()


def asked(address: str, reader: User | None = None) -> QuerySet[Paper]:
    return PaperQuery.from_text(address).ask(Paper.objects.shown(), reader)


def assert_through_the_index_in_order(how: str) -> None:
    if connection.vendor == "sqlite":
        assert re.search(r"SCAN papers_search VIRTUAL TABLE INDEX \d+:.*M", how), how
        assert "SEARCH papers_paper USING INDEX" in how, how
        assert "TEMP B-TREE" not in how, how
    else:
        assert re.search(r"papers_search_(words|pkey)", how), how
        assert "Seq Scan" not in how, how


@pytest.mark.parametrize("address", QUESTIONS.values(), ids=QUESTIONS)
def test_the_index_answers_in_date_order(address: str) -> None:
    world.library(30)
    assert_through_the_index_in_order(plan(asked(address)))
    assert_through_the_index_in_order(plan(asked(f"{address}&sort=oldest")))


@pytest.mark.database("sqlite")
def test_of_few_papers_each_is_looked_up_in_the_index(alice: User) -> None:
    world.library(30)
    paper = Paper.objects.earliest("pk")
    ReaderState.objects.create(reader=alice, paper=paper, starred=True)
    found = Paper.objects.all().answering(Words("problem")).found_in(Paper.objects.all().among([paper.pk]))
    for rows in (found, asked("q=problem+is:starred", alice)):
        assert re.search(r"papers_search VIRTUAL TABLE INDEX \d+:=M", plan(rows))
        assert list(rows) == [paper]


@pytest.mark.parametrize("text", ["nature", "nature problem", "nature or zebra", "nature -simple tag:problems"])
def test_each_step_of_the_best_matches_goes_through_the_index_in_order(text: str) -> None:
    world.library(30)
    node = PaperQuery(text=text).node
    assert node
    for step in steps(node):
        assert_through_the_index_in_order(plan(Paper.objects.shown().answering(step).in_date_order()))


@pytest.mark.parametrize("address", ["", "year=2025", "since=2025-03-02&until=2025-03", "is=unread"])
def test_what_asks_for_no_words_walks_in_date_order(address: str, alice: User) -> None:
    world.library(30)
    how = plan(asked(address or "sort=newest", alice))
    assert re.search("papers_in_date_order|papers_paper_position_key|sqlite_autoindex_papers_paper", how), how
    assert "TEMP B-TREE" not in how
    assert "Seq Scan on papers_paper" not in how
    assert "papers_search" not in how


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("state", State)
def test_few_of_one_s_own_marks_are_not_looked_for_in_all_of_the_library(state: State, alice: User) -> None:
    world.library(30)
    alice.caught_up_to = Digest.objects.get().date
    alice.visited_before, alice.last_paper_before = timezone.now(), 28
    Paper.objects.update(arxiv_version=2)
    for paper in Paper.objects.all()[:2] if state is not State.NEW else ():
        marks: dict[str, Any] = {state: True} if state in ("starred", "dismissed") else {"status": state}
        others: dict[State, dict[str, Any]] = {
            State.REVISED: {"status": "read", "version": 1},
            State.NOTED: {"note": "Hm."},
            State.RATED: {"rating": 3},
        }
        marks = others.get(state, marks)
        ReaderState.objects.create(reader=alice, paper=paper, **marks)
    how = plan(asked(f"is={state}", alice))
    assert re.search(r"SEARCH papers_paper USING INDEX \S+ \(position=\?", how), how
    assert "SCAN papers_paper" not in how


@pytest.mark.database("sqlite")
def test_what_is_left_of_many_new_papers_is_not_looked_for_in_all_of_the_library(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.library(30)
    alice.caught_up_to = Digest.objects.get().date - dt.timedelta(days=1)
    ReaderState.objects.bulk_create(
        ReaderState(reader=alice, paper=paper, status="read") for paper in Paper.objects.all()[2:]
    )
    monkeypatch.setattr("papers.models.papers.FEW", 2)
    how = plan(asked("is=unread", alice))
    assert re.search(r"SEARCH papers_paper USING INDEX \S+ \(position=\?", how), how


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("address", ["list=thursday-readers", "q=list:thursday-readers+or+is:starred"])
def test_the_papers_of_a_list_are_not_looked_for_in_all_of_the_library(address: str, alice: User) -> None:
    world.library(30)
    ListEntry.objects.add(world.reading_list(alice), list(Paper.objects.all()[:2]), by=alice)
    how = plan(asked(address, alice))
    assert re.search(r"SEARCH papers_paper USING INDEX \S+ \(position=\?", how), how
    assert "SCAN papers_paper" not in how


@pytest.mark.parametrize("text", ["list:thursday-readers problem", "-list:thursday-readers problem"])
def test_a_list_s_papers_among_words_are_gone_through_in_order(text: str, alice: User) -> None:
    world.library(300)
    ListEntry.objects.add(world.reading_list(alice), list(Paper.objects.all()[:150]), by=alice)
    assert_through_the_index_in_order(plan(asked(text, alice)))


def test_one_s_own_marks_among_words_are_gone_through_in_order(alice: User) -> None:
    world.library(30)
    ReaderState.objects.create(reader=alice, paper=Paper.objects.all()[0], starred=True)
    how = plan(asked("is=starred&q=problem", alice))
    assert re.search(
        r"one_state_per_reader|states_by_starred|papers_readerstate_paper_id|autoindex_papers_readerstate", how
    ), how
    assert_through_the_index_in_order(how)


@pytest.mark.database("sqlite")
def test_a_digest_s_entries_come_in_their_order() -> None:
    world.library(30)
    how = plan(Entry.objects.filter(digest=1).order_by("place", "id"))
    assert "entries_in_order" in how
    assert "TEMP B-TREE" not in how


@pytest.mark.parametrize(
    ("terms", "indexes"),
    [
        (Word.objects.beginning("pro"), ("common_words", "papers_word_pkey")),
        (Word.objects.near("probelm"), ("common_words_backwards", "words_backwards")),
        (Author.objects.beginning("byst"), ("common_authors_by_last_word", "authors_by_last_word")),
        (Author.objects.beginning("ben b"), ("common_authors_by_first_word", "authors_by_first_word")),
    ],
    ids=["words", "words near one", "authors by last word", "authors by first word"],
)
def test_beginnings_are_found_by_index(terms: QuerySet[Any], indexes: tuple[str, str]) -> None:
    for model, spelled in ((Word, "word{}"), (Author, "Ada{} Author{}")):
        model.objects.grow({spelled.format(n, n): 1 + n % 60 for n in range(2_000)})
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    for is_common, index in zip([True, False], indexes, strict=True):
        how = plan(terms.filter(is_common=is_common))
        assert index.replace("papers_word_pkey", "autoindex_papers_word") in how or index in how, how
        assert "Seq Scan" not in how
        assert "SCAN" not in how


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_is_searched_as_before() -> None:
    with upkeep.rebuilt_table():
        world.library(30)
        how = asked("q=problem")[:26].explain()
        assert "papers_search" in how
        if connection.vendor == "sqlite":
            assert_through_the_index_in_order(how)
