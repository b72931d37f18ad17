"""Whatever curators did, taken back step by step, gives the library as it was at each step."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange import undo
from papers.exchange.curate import curate
from papers.exchange.keep import keep
from papers.exchange.refusal import Refused
from papers.exchange.rulings import keep_apart, merge, split
from papers.exchange.taking_back import take_back
from papers.exchange.works import works_of
from papers.models import (
    Change,
    Ingest,
    ListEntry,
    Marking,
    Paper,
    PaperTag,
    ReaderState,
    Recommendation,
    Remark,
    Tag,
    User,
)
from tests import upkeep, world
from tests.examples import examples
from tests.exchange.test_orders import File, a_library_of_its_own, at_odds, files

#: What a curator may do, each of whom it picks by number.
type Deed = tuple[str, int, int]


def deeds() -> st.SearchStrategy[list[Deed]]:
    kinds = st.sampled_from([_merge, _split, _keep_apart, _undo, _correct])
    number = st.integers(0, 5)
    return st.lists(st.tuples(kinds.map(lambda kind: kind.__name__), number, number), min_size=1, max_size=5)


#: Of an entry, all but its numbers.
ENTRY = [
    field.attname
    for field in ListEntry._meta.concrete_fields
    if field.attname not in ("id", "paper_id", "reading_list_id")
]
MARK = ("status", "starred", "dismissed", "note", "rating", "changed_at")


def everything() -> list[Any]:
    """The library as it is exported, and what people did with it."""
    return [
        world.export(),
        sorted(ReaderState.objects.values_list("reader", "paper__title", *MARK), key=repr),
        sorted(PaperTag.objects.by_people().values_list("paper__title", "tag__name")),
        sorted((paper.title, sorted(paper.curated.items())) for paper in Paper.objects.all()),
        *on_lists(),
    ]


def on_lists() -> list[Any]:
    """What stands on reading lists, and what was said of papers."""
    return [
        sorted(ListEntry.objects.values_list("reading_list__name", "paper__title", *ENTRY), key=repr),
        sorted(Remark.objects.values_list("pk", "reading_list__name", "paper__title", "text"), key=repr),
        sorted(Recommendation.objects.values_list("paper__title", "reading_list__name", "by", "said_at"), key=repr),
    ]


def led_to(keys: Iterable[str]) -> list[str]:
    """The titles of the papers to which these keys lead."""
    found = [Paper.objects.at(key) for key in keys]
    return [paper.title for paper in found if paper]


def papers() -> list[Paper]:
    """In an order that does not depend on how they came about."""
    return sorted(
        Paper.objects.all(), key=lambda paper: (paper.title, sorted(map(str, paper.identifiers.all())), paper.pk)
    )


def _pair(first: int, second: int) -> list[Paper]:
    all_papers = papers()
    if not all_papers:
        raise Refused("There is no paper.")
    return [all_papers[number] for number in sorted({first % len(all_papers), second % len(all_papers)})]


def _merge(curator: User, first: int, second: int) -> Change:
    return merge(_pair(first, second), by=curator)


def _keep_apart(curator: User, first: int, second: int) -> Change:
    return keep_apart(_pair(first, second), by=curator)


def _split(curator: User, first: int, second: int) -> Change:
    (paper, *_) = _pair(first, first)
    entries = list(paper.entries.order_by("fingerprint"))
    return split(paper, entries[: second % len(entries)], by=curator)


def _undo(curator: User, first: int, second: int) -> Change:
    runs = list(Ingest.objects.order_by("pk"))
    return undo.undo(runs[first % len(runs)], by=curator)


def _correct(curator: User, first: int, second: int) -> Change:
    (paper, *_) = _pair(first, first)
    curate(paper, {"venue": f"Venue {second}"}, by=curator)
    return Change.objects.latest("pk")


def _mark(reader: User, marks: Sequence[tuple[int, str]]) -> None:
    tag = Tag.objects.create(name="must read")
    for number, status in marks:
        (paper, *_) = _pair(number, number)
        Marking.objects.mark(reader, paper, status=status, starred=number % 2 == 0)
        Marking.objects.mark(reader, paper, note=f"Note {number}." * (number % 3), rating=number or None)
        if status == "read":
            PaperTag.objects.get_or_create(paper=paper, tag=tag, origin="person")
            keep(works_of([paper.pk]))


def put_on_lists(people: Sequence[User], deeds: Sequence[tuple[int, int, int]]) -> None:
    """On two lists of the first, by all of them in turn: some papers come off again, are claimed, set aside, talked
    about and recommended."""
    owner, *others = people
    lists = [world.reading_list(owner, name, editor=others) for name in ("Thursday", "Friday")]
    for number, (first, second, how) in enumerate(deeds):
        (paper, *_) = _pair(first, first)
        shared, by = lists[second % 2], people[number % len(people)]
        ListEntry.objects.add(shared, [paper], by=by, reason=f"Reason {number}." * (how % 2))
        entries = shared.entries.filter(paper=paper)
        if how == 0:
            entries.update(removed_at=timezone.now(), removed_by=by)
        elif how in (1, 2):
            entries.update(claimed_by=by, claimed_at=timezone.now(), due_on=f"2025-04-{number + 1:02}")
        elif how == 3:
            entries.update(set_aside_at=timezone.now(), set_aside_by=by, set_aside_why="Not for us.")
        else:
            Remark.objects.create(reading_list=shared if how == 4 else None, paper=paper, by=by, text=f"Hm {number}.")
            Recommendation.objects.get_or_create(reading_list=shared if how == 4 else None, paper=paper, by=by)


LISTED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 5)), max_size=6)
MARKS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["read", "reading", "unread"])), max_size=3)


@pytest.mark.django_db
@examples(40)
@given(given_files=files(at_odds()), given_deeds=deeds(), marks=MARKS, listed=LISTED)
def test_deeds_are_taken_back_one_by_one(
    given_files: list[File], given_deeds: list[Deed], marks: Any, listed: Any
) -> None:
    with a_library_of_its_own():
        curator, alice = world.curator(), world.member("alice")
        for name, lines in given_files:
            assert world.ingest_lines(lines, name).error is None
        _mark(alice, marks)
        put_on_lists([alice, world.member("bob")], listed)
        done: list[tuple[Change, list[Any], dict[str, str]]] = []
        for name, first, second in given_deeds:
            deed: Callable[[User, int, int], Change] = globals()[name]
            before, keys = everything(), dict(Paper.objects.values_list("key", "title"))
            try:
                done.append((deed(curator, first, second), before, keys))
            except Refused:
                assert everything() == before
            upkeep.assert_in_step()
        for change, before, keys in reversed(done):
            take_back(change, curator)
            assert everything() == before, change.said
            assert led_to(keys) == list(keys.values())
            upkeep.assert_in_step()


@pytest.mark.django_db
@examples(15)
@given(given_files=files(at_odds()), given_deeds=deeds(), marks=MARKS, listed=LISTED)
def test_files_taken_in_again_change_nothing_that_was_ruled(
    given_files: list[File], given_deeds: list[Deed], marks: Any, listed: Any
) -> None:
    with a_library_of_its_own():
        curator, alice = world.curator(), world.member("alice")
        for name, lines in given_files:
            world.ingest_lines(lines, name)
        _mark(alice, marks)
        put_on_lists([alice, world.member("bob")], listed)
        for name, first, second in given_deeds:
            if name != "_undo":
                try:
                    globals()[name](curator, first, second)
                except Refused:
                    continue
        before = everything()
        for name, lines in reversed(given_files):
            world.ingest_lines(lines, name)
        assert everything() == before
