"""All that a question finds, marked by one statement and given back as it was."""

import datetime as dt
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange.keep import sole_writer
from papers.language import State
from papers.models import Digest, Mark, Marking, Paper, ReaderState, Status, User
from papers.query import PaperQuery
from tests import upkeep, world
from tests.examples import examples

pytestmark = pytest.mark.django_db

SIZE = 9
FIRST = dt.date(2025, 3, 1)


class Marks(NamedTuple):
    """What a reader's state of a paper says."""

    status: str = ""
    starred: bool = False
    dismissed: bool = False
    version: int = 1


UNMARKED = Marks()
QUESTIONS = [
    *("sort=oldest", "q=problem", "q=even", "tag=topic-1", "q=even+or+tag:topic-1", "q=zebra", "since=2025-03-04"),
    *(f"is={state}" for state in State),
    *("q=even&is=unread", "q=-is:read", "q=is:starred+or+is:reading", "q=is:unread", "q=even+is:dismissed"),
]


def library() -> None:
    """Papers of a day each, every second with a word of its own, in their second versions."""
    world.ingest_lines(
        world.line(
            n,
            arxiv_id=f"2503.{n:05}v2",
            abstract="Odd." if n % 2 else "Even.",
            digest_date=str(FIRST + dt.timedelta(days=n)),
        )
        for n in range(SIZE)
    )


def query(question: str) -> PaperQuery:
    understood = PaperQuery.from_text(question)
    assert not understood.ignored
    return understood


def make(reader: User, mark: Mark, question: str) -> Marking | None:
    with sole_writer():
        return Marking.objects.make(reader, mark, query(question))


def states(reader: User) -> dict[int, Marks]:
    """Those of all papers; to have a row without a mark is to have none."""
    rows = ReaderState.objects.filter(reader=reader)
    return dict.fromkeys(Paper.objects.values_list("pk", flat=True), UNMARKED) | {
        row.paper_id: Marks(row.status, row.starred, row.dismissed, row.version) for row in rows
    }


def set_states(reader: User, given: list[Marks | None]) -> None:
    ReaderState.objects.filter(reader=reader).delete()
    for paper, state in zip(Paper.objects.order_by("position"), given, strict=True):
        if state is not None:
            ReaderState.objects.create(reader=reader, paper=paper, **state._asdict())


def found(question: str, reader: User) -> set[int]:
    return set(query(question).ask(Paper.objects.all(), reader).values_list("pk", flat=True))


def expected(state: Marks, mark: Mark) -> Marks:
    """What a paper that was found looks like when it is marked."""
    match mark:
        case Mark.READ | Mark.UNREAD:
            return state if state.dismissed else state._replace(status=mark.value)
        case Mark.STARRED | Mark.UNSTARRED:
            return state._replace(starred=mark is Mark.STARRED)
        case Mark.DISMISSED | Mark.RESTORED:
            return state._replace(dismissed=mark is Mark.DISMISSED)
        case _:
            raise ValueError(mark)


def shown(reader: User, states: dict[int, Marks]) -> dict[int, Marks]:
    """States as they look in lists: what is neither marked nor dismissed is read by those who are caught up with it."""
    reader.refresh_from_db()
    days = dict(Paper.objects.values_list("pk", "named_on"))
    known = {pk for pk, day in days.items() if reader.caught_up_to and day <= reader.caught_up_to}
    return {
        pk: state if state.status or state.dismissed else state._replace(status="read" if pk in known else "unread")
        for pk, state in ((pk, state._replace(version=1)) for pk, state in states.items())
    }


STATUSES = st.sampled_from([each.value for each in Status])
STATES = st.builds(Marks, STATUSES, st.booleans(), st.booleans(), st.integers(1, 3))
MARKS = st.sampled_from(Mark.of_many())
LEFT = st.lists(st.one_of(st.none(), STATES), min_size=SIZE, max_size=SIZE)
CAUGHT_UP = st.one_of(st.none(), st.integers(-1, SIZE + 1).map(lambda days: FIRST + dt.timedelta(days=days)))


@examples(120)
@given(left=LEFT, caught_up_to=CAUGHT_UP, mark=MARKS, question=st.sampled_from(QUESTIONS))
def test_what_was_found_is_marked_and_the_undo_gives_everything_back(
    left: list[Marks | None], caught_up_to: dt.date | None, mark: Mark, question: str
) -> None:
    if not Digest.objects.exists():
        library()
    alice, bob = (User.objects.filter(username=name).first() or world.member(name) for name in ("alice", "bob"))
    for reader in (alice, bob):
        set_states(reader, left)
        reader.caught_up_to = caught_up_to
        reader.save()
    before, asked = states(alice), found(question, alice)
    target = shown(alice, {pk: expected(state, mark) if pk in asked else state for pk, state in before.items()})
    looked = shown(alice, before)

    marking = make(alice, mark, question)
    assert shown(alice, states(alice)) == target
    if marking is None:
        assert target == looked
        assert states(alice) == before
        assert not Marking.objects.exists()
        return
    assert marking.count <= len(asked)
    assert marking.take_back()
    assert states(alice) == before
    alice.refresh_from_db()
    assert alice.caught_up_to == caught_up_to
    assert states(bob) == before
    marking.delete()


STEPS = st.lists(st.tuples(MARKS, st.sampled_from(QUESTIONS)), min_size=2, max_size=4)


@examples(40)
@given(left=LEFT, caught_up_to=CAUGHT_UP, steps=STEPS)
def test_an_older_marking_leaves_alone_what_a_later_one_changed(
    left: list[Marks | None], caught_up_to: dt.date | None, steps: list[tuple[Mark, str]]
) -> None:
    if not Digest.objects.exists():
        library()
    alice = User.objects.filter(username="alice").first() or world.member("alice")
    set_states(alice, left)
    alice.caught_up_to = caught_up_to
    alice.save()
    before = states(alice)
    older, *later = [(states(alice), make(alice, mark, question), states(alice)) for mark, question in steps]
    if older[1] is None:
        return
    now = states(alice)
    touched = {pk for was, _, became in later for pk in was if was[pk] != became[pk]}
    is_all = older[1].take_back()
    assert states(alice) == {pk: now[pk] if pk in touched else before[pk] for pk in before}
    if is_all:
        assert not {pk for pk in touched if before[pk] != older[2][pk]}
        alice.refresh_from_db()
        assert older[1].caught_up_to is None or alice.caught_up_to == older[1].caught_up_from


# What it costs --------------------------------------------------------------------------------------------------


def written(captured: CaptureQueriesContext) -> list[str]:
    """How states were changed: the first word of each statement that did."""
    about = [query["sql"].split()[0] for query in captured if "papers_readerstate" in query["sql"]]
    return [verb for verb in about if "SELECT" not in verb]


def asked(captured: CaptureQueriesContext) -> int:
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("size", [3, 60])
def test_one_statement_marks_and_two_give_back(size: int, alice: User) -> None:
    world.library(size)
    for mark, question in ((Mark.READ, "q=problem"), (Mark.STARRED, "sort=oldest"), (Mark.DISMISSED, "is=unread")):
        with CaptureQueriesContext(connection) as marked:
            marking = make(alice, mark, question)
        assert marking
        with CaptureQueriesContext(connection) as undone:
            marking.take_back()
        assert (written(marked), written(undone)) == (["INSERT"], ["DELETE", "UPDATE"])
        assert (asked(marked) <= 11, asked(undone) <= 10) == (True, True)


def test_among_words_nothing_is_looked_up_in_the_index_one_by_one(alice: User) -> None:
    library()
    alice.caught_up_to = FIRST + dt.timedelta(days=2)
    alice.save()
    with CaptureQueriesContext(connection) as marked:
        assert make(alice, Mark.READ, "q=even")
    (statement,) = (query["sql"] for query in marked if query["sql"].startswith("INSERT INTO papers_readerstate"))
    assert "papers_search" in statement
    assert '"position" IN (' not in statement


@pytest.mark.parametrize("question", ["sort=oldest", "is=unread", "q=is:unread"])
def test_to_mark_everything_as_read_is_to_be_caught_up_and_makes_no_rows(question: str, alice: User) -> None:
    library()
    kept, begun, *_ = Paper.objects.order_by("position")
    ReaderState.objects.create(reader=alice, paper=kept, status=Status.UNREAD)
    ReaderState.objects.create(reader=alice, paper=begun, status=Status.READING)
    marking = make(alice, Mark.READ, question)
    assert marking
    alice.refresh_from_db()
    assert alice.caught_up_to == marking.caught_up_to == FIRST + dt.timedelta(days=SIZE - 1)
    assert found("is=unread", alice) == set()
    assert {row.paper_id for row in ReaderState.objects.all()} == {kept.pk, begun.pk}
    assert marking.count == (1 if "unread" in question else 2), "what is begun is not unread"


def test_a_member_of_long_standing_gets_rows_only_for_what_is_left(alice: User) -> None:
    library()
    alice.caught_up_to = FIRST + dt.timedelta(days=SIZE - 3)
    alice.save()
    marking = make(alice, Mark.READ, "q=problem")
    assert marking
    assert (marking.count, ReaderState.objects.count()) == (2, 2)


def test_a_digest_that_is_dated_ahead_by_mistake_catches_nobody_up_with_it(alice: User) -> None:
    library()
    ahead = timezone.localdate() + dt.timedelta(days=400)
    world.ingest_lines([world.line(100, digest_date=str(ahead))])
    marking = make(alice, Mark.READ, "sort=newest")
    assert marking
    assert (marking.caught_up_to, marking.count) == (FIRST + dt.timedelta(days=SIZE - 1), 1)
    assert found("is=unread", alice) == set()


# What happens in between ----------------------------------------------------------------------------------------


def test_what_the_reader_changed_since_stays(alice: User) -> None:
    library()
    marking = make(alice, Mark.READ, "q=even")
    assert marking
    one = Paper.objects.get(pk=min(found("q=even", alice)))
    Marking.objects.mark(alice, one, starred=True)
    assert marking.take_back() is False
    assert {pk: state for pk, state in states(alice).items() if state != UNMARKED} == {
        one.pk: Marks("read", True, version=2)
    }


def test_to_take_back_twice_is_to_take_back_once(alice: User) -> None:
    library()
    marking = make(alice, Mark.READ, "sort=oldest")
    assert marking
    assert marking.take_back()
    make(alice, Mark.READ, "sort=oldest")
    before = (states(alice), User.objects.get().caught_up_to)
    assert Marking.objects.get(pk=marking.pk).take_back()
    assert (states(alice), User.objects.get().caught_up_to) == before


def test_a_paper_that_was_merged_since_is_given_back_where_it_went(alice: User) -> None:
    world.ingest_lines([world.line(1, arxiv_id=None, doi="10.1000/one"), world.line(2)])
    marking = make(alice, Mark.READ, "q=problem")
    assert marking
    world.ingest_lines([world.line(2, doi="10.1000/one", digest_date="2025-03-12")])
    upkeep.assert_in_step()
    assert Paper.objects.count() == 1
    assert marking.take_back() is False, "both were marked, and one is left"
    assert ReaderState.objects.get().status == Status.READ


def test_the_day_moves_back_only_from_where_it_was_moved_to(alice: User) -> None:
    library()
    older = make(alice, Mark.READ, "sort=oldest")
    later_day = FIRST + dt.timedelta(days=SIZE)
    world.ingest_lines([world.line(100, digest_date=str(later_day))])
    newer = make(alice, Mark.READ, "sort=oldest")
    assert older
    assert newer
    assert older.take_back() is False
    assert User.objects.get().caught_up_to == later_day
    assert newer.take_back()
    assert User.objects.get().caught_up_to == older.caught_up_to


def test_markings_are_forgotten_after_a_while_without_a_look_at_their_states(alice: User) -> None:
    library()
    old = make(alice, Mark.STARRED, "q=even")
    assert old
    Marking.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    with CaptureQueriesContext(connection) as captured:
        make(alice, Mark.READ, "q=even")
    assert not Marking.objects.filter(pk=old.pk).exists()
    assert written(captured) == ["INSERT"]
    assert found("is=starred", alice) == found("q=even", alice)
