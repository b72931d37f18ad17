"""Marks: what papers can be marked as."""

from functools import partial
from typing import Any

from django.db import models
from django.db.models import Q

from ..language import State
from .papers import PaperQuerySet
from .user import User


class Mark(models.TextChoices):
    """What papers can be marked as. What is not for the reader is left out of what is read and unread."""

    READ = "read", "read"
    UNREAD = "unread", "unread"
    STARRED = "starred", "starred"
    UNSTARRED = "unstarred", "not starred"
    DISMISSED = "dismissed", "not for me"
    RESTORED = "restored", "for me after all"

    # What only one paper can be marked as.
    READING = "reading", "begun"
    UNMARKED = "unmarked", "neither read nor unread"
    NOTED = "noted", "noted"
    RATED = "rated", "rated"

    @classmethod
    def of_many(cls) -> "list[Mark]":
        """What many papers can be marked as at once."""
        return [cls.READ, cls.UNREAD, cls.STARRED, cls.UNSTARRED, cls.DISMISSED, cls.RESTORED]

    @classmethod
    def that_sets(cls, column: str, value: Any) -> "Mark":
        """By the column of a state that one sets, and to what."""
        match column:
            case "status":
                return cls(value or cls.UNMARKED)
            case "starred":
                return cls.STARRED if value else cls.UNSTARRED
            case "dismissed":
                return cls.DISMISSED if value else cls.RESTORED
            case _:
                return cls.NOTED if column == "note" else cls.RATED

    @classmethod
    def offered(cls, state: State | None) -> "list[Mark]":
        """Those that change something about papers in a state, if they are all in one."""
        match state:
            case State.STARRED:
                return [cls.READ, cls.UNREAD, cls.UNSTARRED, cls.DISMISSED]
            case State.DISMISSED:
                return [cls.RESTORED]
            case _:
                return [mark for mark in (cls.READ, cls.UNREAD, cls.STARRED, cls.DISMISSED) if mark.value != state]

    @property
    def is_of_who_has_seen(self) -> bool:
        """Whether who sets it has seen the paper, in the version that there is."""
        return self in (Mark.READ, Mark.READING, Mark.STARRED)

    @property
    def change(self) -> tuple[str, str | bool]:
        """The one column of a state that it sets on many papers, and to what."""
        match self:
            case Mark.READ | Mark.UNREAD:
                return "status", self.value
            case Mark.STARRED | Mark.UNSTARRED:
                return "starred", self is Mark.STARRED
            case Mark.DISMISSED | Mark.RESTORED:
                return "dismissed", self is Mark.DISMISSED
            case _:
                raise ValueError(f"not many at once are marked as {self.label}")

    def changes(self, papers: PaperQuerySet, reader: User) -> Q:
        """What is true of the papers that it changes."""
        marked = partial(papers.marked, reader=reader, among_found=papers.is_matched)
        match self:
            case Mark.READ:
                begun = marked(State.READING) & ~marked(State.DISMISSED)
                return marked(State.UNREAD) | begun | marked(State.REVISED)
            case Mark.UNREAD:
                return ~(marked(State.UNREAD) | marked(State.DISMISSED))
            case Mark.STARRED | Mark.DISMISSED:
                return ~marked(self.value)
            case Mark.UNSTARRED:
                return marked(State.STARRED)
            case Mark.RESTORED:
                return marked(State.DISMISSED)
            case _:
                raise ValueError(f"not many at once are marked as {self.label}")
