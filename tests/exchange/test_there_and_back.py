"""Whatever curators did, taken back step by step, gives the library as it was at each step."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange import undo
from papers.exchange.curate import curate
from papers.exchange.keep import keep
from papers.exchange.refusal import Refused
from papers.exchange.rulings import keep_apart, merge, split
from papers.exchange.taking_back import take_back
from papers.exchange.works import works_of
from papers.models import Change, Ingest, Marking, Paper, PaperTag, ReaderState, Tag, User
from tests import upkeep, world
from tests.examples import examples
from tests.exchange.test_orders import File, a_library_of_its_own, at_odds, files

#: What a curator may do, each of whom it picks by number.
type Deed = tuple[str, int, int]


def deeds() -> st.SearchStrategy[list[Deed]]:
    kinds = st.sampled_from([_merge, _split, _keep_apart, _undo, _correct])
    number = st.integers(0, 5)
    return st.lists(st.tuples(kinds.map(lambda kind: kind.__name__), number, number), min_size=1, max_size=5)


MARK = ("status", "starred", "dismissed", "note", "rating", "changed_at")


def everything() -> list[Any]:
    """The library as it is exported, and what people did with it."""
    return [
        world.export(),
        sorted(ReaderState.objects.values_list("reader", "paper__title", *MARK), key=repr),
        sorted(PaperTag.objects.by_people().values_list("paper__title", "tag__name")),
        sorted((paper.title, sorted(paper.curated.items())) for paper in Paper.objects.all()),
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


MARKS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["read", "reading", "unread"])), max_size=3)


@pytest.mark.django_db
@examples(40)
@given(given_files=files(at_odds()), given_deeds=deeds(), marks=MARKS)
def test_deeds_are_taken_back_one_by_one(given_files: list[File], given_deeds: list[Deed], marks: Any) -> None:
    with a_library_of_its_own():
        curator, alice = world.curator(), world.member("alice")
        for name, lines in given_files:
            assert world.ingest_lines(lines, name).error is None
        _mark(alice, marks)
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
@given(given_files=files(at_odds()), given_deeds=deeds(), marks=MARKS)
def test_files_taken_in_again_change_nothing_that_was_ruled(
    given_files: list[File], given_deeds: list[Deed], marks: Any
) -> None:
    with a_library_of_its_own():
        curator = world.curator()
        for name, lines in given_files:
            world.ingest_lines(lines, name)
        _mark(world.member("alice"), marks)
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
