"""What one reader did with one paper. Nobody else ever sees it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat

from ..access import Reader
from ..language import State
from .paper import FIRST_VERSION, Paper
from .user import User


class Status(models.TextChoices):
    """How far somebody has come with a paper. Unmarked: read if its digest is one they are caught up with."""

    UNMARKED = "", "unmarked"
    UNREAD = "unread", "unread"
    READING = "reading", "reading"
    READ = "read", "read"


_FARTHEST = [Status.UNMARKED, Status.UNREAD, Status.READING, Status.READ]
_BEGUN = (Status.READING, Status.READ)
#: What is true of a state whose reader saw an earlier version; what is not for them is no news to them.
_REVISED = Q(Q(starred=True) | Q(status__in=_BEGUN), dismissed=False, paper__arxiv_version__gt=F("version"))


def shown_status(status: str, named_on: dt.date, reader: User) -> str:
    """How a paper with this mark, first named on that day, looks: without one it is new to a reader unless they are
    caught up with it."""
    is_known = reader.caught_up_to and named_on <= reader.caught_up_to
    return status or (Status.READ if is_known else Status.UNREAD)


class ReaderStateQuerySet(models.QuerySet["ReaderState"]):
    def attach(self, reader: Reader, papers: Iterable[Paper]) -> None:
        """Gives each paper the reader's own state as `mine`; a paper without a mark gets an empty one, unsaved."""
        if not isinstance(reader, User):
            return
        papers = list(papers)
        marked = {state.paper_id: state for state in self.filter(reader=reader, paper__in=papers)}
        for paper in papers:
            paper.mine = marked.get(paper.pk) or ReaderState()
            paper.mine.reader, paper.mine.paper = reader, paper

    def kept_unread(self, reader: User) -> Self:
        """On papers that the reader put back among the unread ones."""
        return self.filter(reader=reader, status=Status.UNREAD, dismissed=False)

    def in_state(self, state: str) -> Self:
        """Of which this word of `is:` is true; where nothing is marked, none is."""
        match state:
            case State.STARRED | State.DISMISSED:
                return self.filter(**{state: True})
            case State.REVISED:
                return self.filter(_REVISED)
            case _:
                return self.filter(status=state)

    def said(self) -> "models.QuerySet[ReaderState, str]":
        """What each says, in the words of `is:`."""
        marks = {State.STARRED: Q(starred=True), State.DISMISSED: Q(dismissed=True), State.REVISED: _REVISED}
        also = (Case(When(holds, then=Value(f" {mark}")), default=Value("")) for mark, holds in marks.items())
        return self.values_list(Concat("status", *also), flat=True)

    def mark(self, reader: User, paper: Paper, **marks: Any) -> "ReaderState":
        """Sets these marks and leaves the others; from now on no marking can take them back. Who begins, reads or stars
        a paper has seen it as it is now."""
        if marks.get("starred") or marks.get("status") in _BEGUN:
            marks["version"] = paper.version
        with transaction.atomic():
            state, _ = self.update_or_create(reader=reader, paper=paper, defaults={**marks, "marking": None})
            reader.next_edition()
        return state

    def move(self, gone: Paper, kept: Paper) -> None:
        """Gives `kept` the marks of a paper that was merged into it; where a reader has marked both, the farther,
        and the older of the versions that they saw."""
        held = {state.reader_id: state for state in self.filter(paper=kept)}
        for state in self.filter(paper=gone):
            if mine := held.get(state.reader_id):
                farther = max(mine.status, state.status, key=lambda status: _FARTHEST.index(Status(status)))
                seen = [each.version for each in (mine, state) if each.has_seen]
                self.filter(pk=mine.pk).update(
                    status=farther,
                    starred=mine.starred | state.starred,
                    dismissed=mine.dismissed & state.dismissed,
                    version=min(seen, default=FIRST_VERSION),
                    marking=None,
                    changed_at=max(mine.changed_at, state.changed_at),
                )
            else:
                self.filter(pk=state.pk).update(paper=kept)


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
        indexes = [
            models.Index(fields=["reader", mark], name=f"states_by_{mark}")
            for mark in ("status", "starred", "dismissed")
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.paper}"

    @property
    def shown_status(self) -> str:
        """How the paper looks to the reader."""
        return shown_status(self.status, self.paper.named_on, self.reader)

    @property
    def is_unread(self) -> bool:
        return self.shown_status == Status.UNREAD and not self.dismissed

    @property
    def is_read(self) -> bool:
        return self.shown_status == Status.READ

    @property
    def has_seen(self) -> bool:
        """Whether the reader has begun, read or starred it."""
        return self.starred or self.status in _BEGUN

    @property
    def is_revised(self) -> bool:
        """Whether there is a newer version than they have seen."""
        return self.has_seen and not self.dismissed and self.paper.version > self.version
