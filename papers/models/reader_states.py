"""What readers did with papers, as it is asked: every way to narrow their states."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from ..access import Reader
from ..language import State
from .paper import FIRST_VERSION, Paper
from .said import (
    BEFORE,
    FARTHEST,
    NOTHING_BEFORE,
    UNMARKED,
    Says,
    Status,
    is_marked,
    looks_otherwise,
    now,
    says,
    unless,
)
from .user import User

if TYPE_CHECKING:
    from .reader_state import ReaderState


class ReaderStateQuerySet(models.QuerySet["ReaderState"]):
    """Only here it is decided what a state says: after a marking of very many papers was taken back, not all of their
    states say so themselves yet (see `Marking.settle`)."""

    def attach(self, reader: Reader, papers: Iterable[Paper]) -> None:
        """Gives each paper the reader's own state as `mine`; a paper without a mark gets an empty one, unsaved."""
        if not isinstance(reader, User):
            return
        papers = list(papers)
        marked = {state.paper_id: state for state in self.filter(reader=reader, paper__in=papers)}
        for paper in papers:
            paper.mine = marked.get(paper.pk) or self.model()
            paper.mine.reader, paper.mine.paper = reader, paper
            paper.mine.settle(reader.unsettled)

    def of_paper(self, reader: User, paper: Paper) -> "ReaderState":
        """The reader's own; an empty one, unsaved, where there is none."""
        self.attach(reader, [paper])
        assert paper.mine
        return paper.mine

    def in_state(self, reader: User, state: str) -> Self:
        """Of which this word of `is:` is true; where nothing is marked, none is."""
        return self._of(reader, partial(says, state))

    def looking_otherwise(self, reader: User, state: str) -> Self:
        """On papers that the reader marked so that they do not look unread, or read."""
        return self._of(reader, partial(looks_otherwise, state))

    def read_by(self, people: Iterable[User], papers: Iterable[int]) -> Self:
        """Those by which these people have marked these papers as read; the papers by their ids."""
        read = now(partial(says, State.READ), self._markings().unsettled())
        return self.filter(read, reader__in=people, paper__in=papers)

    def read(self) -> Self:
        """Anybody's that say that a paper is read, whenever it is asked: what is taken back is looked up by then."""
        is_taken_back = Q(marking__in=self._markings().waiting())
        return self.filter(unless(is_taken_back, partial(says, State.READ)))

    def with_something_said(self) -> Self:
        """Anybody's that say anything."""
        says_more = Q(note__gt="") | Q(rating__isnull=False)
        return self.filter(now(is_marked, self._markings().unsettled()) | says_more)

    def places_in_state(self, reader: User, state: str) -> "list[models.QuerySet[ReaderState, tuple[int]]]":
        """The positions of the papers of which this word of `is:` is true, from one stretch of the index after the
        other, so that none of those is gone through whose marking was taken back."""
        mine, place = self.filter(reader=reader), "paper__position"
        present, before, taken_back = says(state), says(state, BEFORE), sorted(reader.unsettled)
        if not taken_back or present == before:
            return [mine.filter(present).values_list(place)]
        between = [Q(marking__gt=low, marking__lt=high) for low, high in pairwise(taken_back)]
        ends = [Q(marking=None), Q(marking__lt=taken_back[0]), Q(marking__gt=taken_back[-1])]
        parts = [*(present & part for part in (*ends, *between)), *(before & Q(marking=pk) for pk in taken_back)]
        return [mine.filter(part).values_list(place) for part in parts]

    def said_by(self, reader: User) -> "models.QuerySet[ReaderState, str]":
        """What each of the reader's says, in the words of `is:`."""
        words = [
            Case(When(now(partial(says, word), reader.unsettled), then=Value(f" {word}")), default=Value(""))
            for word in State
        ]
        return self.filter(reader=reader).values_list(Concat(*words), flat=True)

    def that_got(self, column: str, value: str | bool) -> Self:
        """In which a marking of many papers set this, by the index of what it put there or took away."""
        word = value if isinstance(value, str) else column
        return self.filter(says(word, "" if value else BEFORE))

    def put_back(self, marks: Mapping[str, Any]) -> None:
        """Makes them say this again; to say nothing is not to be there."""
        if marks:
            self.update(**marks, marking=None, changed_at=timezone.now())
        else:
            self.delete()

    def give_back(self) -> int:
        """Makes them as they were before their markings; on how many papers."""
        nothing_else = {"note": "", "rating": None}
        were_unmarked = self.filter(**NOTHING_BEFORE, **nothing_else)
        before = {name: F(f"{name}{BEFORE}") for name in UNMARKED}
        return were_unmarked.delete()[0] + self.update(
            **before, **NOTHING_BEFORE, marking=None, changed_at=timezone.now()
        )

    def settle_on(self, *papers: Paper) -> None:
        """Lets everybody's states on these papers say themselves what was taken back."""
        self.filter(paper__in=papers, marking__in=self._markings().unsettled()).give_back()

    def move(self, gone: Paper, kept: Paper) -> None:
        """Gives `kept` the marks of a paper that was merged into it; where a reader has marked both, the farther, both
        notes, the higher rating, and the older of the versions that they saw."""
        held = {state.reader_id: state for state in self.filter(paper=kept)}
        for state in self.filter(paper=gone):
            if mine := held.get(state.reader_id):
                self.filter(pk=mine.pk).update(**_joined(mine, state))
            else:
                self.filter(pk=state.pk).update(paper=kept)

    def _of(self, reader: User, holds: Says) -> Self:
        return self.filter(now(holds, reader.unsettled), reader=reader)

    def _markings(self) -> Any:
        return self.model._meta.get_field("marking").related_model._default_manager


def _joined(mine: "ReaderState", other: "ReaderState") -> dict[str, Any]:
    """What a reader's state says that is made of two."""
    seen = [each.version for each in (mine, other) if each.has_seen]
    return {
        "status": max(mine.status, other.status, key=lambda status: FARTHEST.index(Status(status))),
        "starred": mine.starred | other.starred,
        "dismissed": mine.dismissed & other.dismissed,
        "version": min(seen, default=FIRST_VERSION),
        "note": "\n\n".join(dict.fromkeys(note for note in (mine.note, other.note) if note)),
        "rating": max(filter(None, (mine.rating, other.rating)), default=None),
        "marking": None,
        **NOTHING_BEFORE,
        "changed_at": max(mine.changed_at, other.changed_at),
    }
