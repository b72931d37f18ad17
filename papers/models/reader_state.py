"""What one reader did with one paper. Nobody else ever sees it."""

from collections.abc import Collection
from hashlib import blake2b
from typing import Any

from django.db import models
from django.db.models import Q

from ..language import State
from ..text import markdown_html
from .paper import FIRST_VERSION, Paper
from .reader_states import ReaderStateQuerySet
from .said import BEFORE, BEGUN, NOTHING_BEFORE, UNMARKED, Status, shown_status
from .user import User


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
