"""What one reader did with one paper. Nobody else ever sees it."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from ..access import Reader
from ..language import State
from ..text import markdown_html
from .paper import FIRST_VERSION, Paper
from .said import (
    BEFORE,
    BEGUN,
    FARTHEST,
    NOTHING_BEFORE,
    UNMARKED,
    Says,
    Status,
    is_marked,
    looks_otherwise,
    now,
    says,
    shown_status,
    unless,
)
from .user import User


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
            paper.mine = marked.get(paper.pk) or ReaderState()
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


class ReaderState(models.Model):
    """One reader's mark on one paper: how far they are, and, apart from that, whether it is starred or not for them."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="states", db_index=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="states")
    status = models.CharField(max_length=7, choices=Status, default=Status.UNMARKED, blank=True)
    starred = models.BooleanField(default=False)
    dismissed = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(null=True, blank=True, help_text="From 1 to 5.")
    note = models.TextField(blank=True, help_text="Their own words about it, as Markdown.")
    version = models.PositiveSmallIntegerField(
        default=FIRST_VERSION, help_text="That of the paper when they last began, read or starred it."
    )
    changed_at = models.DateTimeField(auto_now=True)
    marking = models.ForeignKey(
        "papers.Marking",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="The last to change it, if that was one; it may be forgotten by now.",
    )
    status_before = models.CharField(max_length=7, choices=Status, default=Status.UNMARKED, blank=True)
    starred_before = models.BooleanField(default=False)
    dismissed_before = models.BooleanField(default=False)
    version_before = models.PositiveSmallIntegerField(default=FIRST_VERSION)

    objects = ReaderStateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "paper"], name="one_state_per_reader")]
        indexes = [  # mostly of what says something, so that little is written of many papers that are marked
            models.Index(fields=["reader", "status", "marking"], name="states_by_status"),
            models.Index(
                fields=["reader", "status_before", "marking"],
                condition=Q(status_before__gt=""),
                name="states_by_status_before",
            ),
            *(
                models.Index(
                    fields=["reader", "marking", mark], condition=Q(**{f"{mark}__gt": False}), name=f"states_by_{mark}"
                )
                for mark in ("starred", "dismissed", "starred_before", "dismissed_before")
            ),
            models.Index(fields=["reader"], condition=Q(note__gt=""), name="states_by_note"),
            models.Index(fields=["reader"], condition=Q(rating__isnull=False), name="states_by_rating"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.paper}"

    @property
    def marks(self) -> dict[str, Any]:
        """All that it says; nothing where it says no more than none would."""
        marks = {name: getattr(self, name) for name in (*UNMARKED, "note", "rating")}
        return {} if marks == {**UNMARKED, "note": "", "rating": None} else marks

    def settle(self, unsettled: Collection[int]) -> None:
        """Says how it was before the marking that set it, unsaved, where that is one of these."""
        if self.marking_id in unsettled:
            for name in UNMARKED:
                setattr(self, name, getattr(self, f"{name}{BEFORE}"))

    def set(self, **marks: Any) -> set[str]:
        """Marks it, unsaved; which columns that changed. Who begins, reads or stars a paper has seen it as it is."""
        if marks.get("starred") or marks.get("status") in BEGUN:
            marks["version"] = self.paper.version
        changed = {name for name, value in marks.items() if getattr(self, name) != value}
        for name, value in (marks | NOTHING_BEFORE).items():
            setattr(self, name, value)
        return changed

    @property
    def shown_status(self) -> str:
        """How the paper looks to the reader."""
        return shown_status(self.status, self.paper.named_on, self.reader)

    @property
    def look(self) -> str:
        """The same, unless it is not for them: the one of four words of `is:` that finds it."""
        return State.DISMISSED.value if self.dismissed else self.shown_status

    @property
    def note_html(self) -> str:
        return markdown_html(self.note)

    @property
    def note_stamp(self) -> str:
        """Another one whenever the note says something else."""
        return blake2b(self.note.encode(), digest_size=8).hexdigest()

    @property
    def is_unread(self) -> bool:
        return self.look == State.UNREAD

    @property
    def is_read(self) -> bool:
        return self.look == State.READ

    @property
    def has_seen(self) -> bool:
        """Whether the reader has begun, read or starred it."""
        return self.starred or self.status in BEGUN

    @property
    def is_revised(self) -> bool:
        """Whether there is a newer version than they have seen."""
        return self.has_seen and not self.dismissed and self.paper.version > self.version
