"""A reader's acts, undone in any order and settled whenever that comes, beside a simple model of them."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange.keep import sole_writer
from papers.language import State
from papers.models import Digest, Entry, Mark, Marking, Paper, ReaderState, User, marking
from papers.query import PaperQuery
from tests import world
from tests.examples import examples
from tests.search import reference

pytestmark = pytest.mark.django_db

SIZE, VERSION = 7, 2
FIRST = dt.date(2025, 3, 1)


@dataclass(frozen=True)
class Says:
    """What a state says."""

    status: str = ""
    starred: bool = False
    dismissed: bool = False
    version: int = 1
    note: str = ""
    rating: int | None = None


@dataclass
class Model:
    """The reader's papers by number, each with the act that was the last to change it, and what it said before."""

    papers: list[Says] = field(default_factory=lambda: [Says()] * SIZE)
    acts: list[Any] = field(default_factory=lambda: [None] * SIZE)
    before: list[Says] = field(default_factory=lambda: [Says()] * SIZE)
    caught_up: int = -1
    """The last paper that a digest named up to which the reader is caught up."""

    def is_(self, n: int, state: State) -> bool:
        says = self.papers[n]
        marks: Any = {name: value for name, value in asdict(says).items() if name != "version"}
        mark = reference.Mark(**marks, outdated=says.version < VERSION, caught_up=n <= self.caught_up)
        return mark.is_(state)

    def set(self, n: int, act: int, **marks: Any) -> None:
        self.before[n], self.acts[n] = self.papers[n], act
        self.papers[n] = Says(**{**asdict(self.papers[n]), **marks})

    def mark(self, n: int, act: int, **marks: Any) -> bool:
        if marks.get("starred") or marks.get("status") in ("reading", "read"):
            marks["version"] = VERSION
        if Says(**{**asdict(self.papers[n]), **marks}) == self.papers[n]:
            return False
        self.set(n, act, **marks)
        return True

    def mark_many(self, numbers: list[int], act: int, mark: Mark) -> bool:
        column, value = mark.change
        seen = {"version": VERSION} if mark in (Mark.READ, Mark.STARRED) else {}
        changed = [n for n in numbers if self._changes(n, mark)]
        for n in changed:
            self.set(n, act, **{column: value}, **seen)
        return bool(changed)

    def _changes(self, n: int, mark: Mark) -> bool:
        is_ = {state: self.is_(n, state) for state in State}
        match mark:
            case Mark.READ:
                begun = is_[State.READING] and not is_[State.DISMISSED]
                return is_[State.UNREAD] or begun or is_[State.REVISED]
            case Mark.UNREAD:
                return not (is_[State.UNREAD] or is_[State.DISMISSED])
            case Mark.STARRED | Mark.UNSTARRED:
                return is_[State.STARRED] is (mark is Mark.UNSTARRED)
            case _:
                return is_[State.DISMISSED] is (mark is Mark.RESTORED)

    def undo(self, act: int) -> None:
        for n in range(SIZE):
            if self.acts[n] == act:
                self.papers[n], self.acts[n] = self.before[n], None


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "BATCH", 2)


def papers() -> list[Paper]:
    if not Digest.objects.exists():
        world.ingest_lines(
            world.line(
                n,
                arxiv_id=f"2503.{n:05}v{VERSION}",
                abstract="Odd." if n % 2 else "Even.",
                digest_date=str(FIRST + dt.timedelta(days=n)),
            )
            for n in range(SIZE)
        )
    return list(Paper.objects.order_by("named_on"))


ONE = st.sampled_from(
    [
        *({"status": "read"}, {"status": "reading"}, {"status": "unread"}, {"starred": True}, {"starred": False}),
        *(
            {"dismissed": True},
            {"dismissed": False},
            {"note": "A thought."},
            {"note": ""},
            {"rating": 4},
            {"rating": None},
        ),
    ]
)
QUESTIONS = st.sampled_from(["q=problem", "q=even", "q=-is:read", *(f"is={state}" for state in State)])
NUMBER = st.integers(0, SIZE - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), NUMBER, ONE),
        st.tuples(st.just("mark many"), QUESTIONS, st.sampled_from(Mark.of_many())),
        st.tuples(st.just("mark some"), st.sets(NUMBER), st.sampled_from(Mark.of_many())),
        st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
        st.tuples(st.just("undo"), st.integers(0, 1), st.none()),
        st.tuples(st.just("settle"), st.none(), st.none()),
    ),
    min_size=2,
    max_size=9,
)


def asked(question: str, reader: User) -> set[int]:
    return set(PaperQuery.from_text(question).ask(Paper.objects.all(), reader).values_list("pk", flat=True))


def expected(question: str, model: Model) -> list[int]:
    name, _, value = question.partition("=")
    if name == "is":
        return [n for n in range(SIZE) if model.is_(n, State(value))]
    if value == "-is:read":
        return [n for n in range(SIZE) if not model.is_(n, State.READ)]
    return [n for n in range(SIZE) if value == "problem" or n % 2 == 0]


def assert_alike(reader: User, model: Model) -> None:
    """Wherever it shows what a reader's states say, it is what the model says."""
    reader = User.objects.get(pk=reader.pk)
    library = papers()
    ReaderState.objects.attach(reader, library)
    mine = [paper.mine for paper in library]
    assert [Says(**{name: getattr(each, name) for name in asdict(Says())}) for each in mine] == model.papers
    for state in State:
        assert asked(f"is={state}", reader) == {library[n].pk for n in expected(f"is={state}", model)}, state
    number, by_day = {paper.pk: n for n, paper in enumerate(library)}, {State.UNREAD, State.READ}
    states = ReaderState.objects.filter(reader=reader).order_by("pk")
    for pk, said in zip(states.values_list("paper", flat=True), states.said_by(reader), strict=True):
        said_now = {each for each in State if model.is_(number[pk], each)}
        assert set(said.split()) - by_day == said_now - by_day
    left = Entry.objects.left_for(reader).values_list("paper", flat=True)
    assert {library[n].pk for n in expected("is=unread", model)} == set(left)
    marked = ReaderState.objects.with_something_said().values_list("paper", flat=True)
    unmarked = Says()
    assert set(marked) == {
        library[n].pk for n, says in enumerate(model.papers) if Says(**{**asdict(says), "version": 1}) != unmarked
    }


@examples(40)
@given(steps=STEPS, caught_up=st.integers(-1, SIZE))
def test_whatever_is_done_undone_and_settled_is_as_if_it_were_done_at_once(steps: list[Any], caught_up: int) -> None:
    library = papers()
    alice = User.objects.filter(username="alice").first() or world.member("alice")
    ReaderState.objects.all().delete()
    Marking.objects.all().delete()
    User.objects.update(caught_up_to=FIRST + dt.timedelta(days=caught_up) if caught_up >= 0 else None)
    model, done = Model(caught_up=caught_up), list[Marking]()
    for verb, what, how in steps:
        reader = User.objects.get(pk=alice.pk)
        marking: Marking | None = None
        match verb:
            case "mark":
                marking = Marking.objects.mark(reader, library[what], **how)
                assert model.mark(what, marking.pk if marking else 0, **how) is bool(marking)
            case "mark many" if how is Mark.READ and what == "is=unread":
                continue  # which moves a day: see test_marking
            case "mark many":
                numbers = expected(what, model)
                with sole_writer():
                    marking = Marking.objects.make(reader, how, PaperQuery.from_text(what))
                assert model.mark_many(numbers, marking.pk if marking else 0, how) is bool(marking)
            case "mark some":
                with sole_writer():
                    marking = Marking.objects.make_among(
                        reader, how, Paper.objects.among([library[n].pk for n in what])
                    )
                assert model.mark_many(sorted(what), marking.pk if marking else 0, how) is bool(marking)
            case "undo" if what < len(done):
                undone = Marking.objects.get(pk=done[-1 - what].pk)
                is_all = undone.is_taken_back or model.acts.count(undone.pk) == undone.count
                assert undone.take_back() is is_all
                model.undo(undone.pk)
            case "settle":
                Marking.objects.settle(0, reader)
        if marking:
            done.append(marking)
        assert_alike(alice, model)
    assert Marking.objects.settle(60)
    assert_alike(alice, model)
    assert not Marking.objects.unsettled()
