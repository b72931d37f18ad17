"""What a reader's state says, in the words of `is:`: now, or as it was before a marking of many papers."""

import datetime as dt
from collections.abc import Callable, Collection

from django.db import models
from django.db.models import F, Q

from ..language import State
from .paper import FIRST_VERSION
from .user import User


class Status(models.TextChoices):
    """How far somebody has come with a paper. Unmarked: read if its digest is one they are caught up with."""

    UNMARKED = "", "unmarked"
    UNREAD = "unread", "unread"
    READING = "reading", "reading"
    READ = "read", "read"


FARTHEST = [Status.UNMARKED, Status.UNREAD, Status.READING, Status.READ]
BEGUN = (Status.READING, Status.READ)
#: What many papers can be marked with at once, and how that is without a mark.
UNMARKED: dict[str, str | bool | int] = {
    "status": Status.UNMARKED.value,
    "starred": False,
    "dismissed": False,
    "version": FIRST_VERSION,
}
#: The columns in which a state keeps how it was before a marking of many papers, and how they are without one.
BEFORE = "_before"
NOTHING_BEFORE = {f"{name}{BEFORE}": value for name, value in UNMARKED.items()}

type Says = Callable[[str], Q]
"""What is true of a state that says something: now, or with `BEFORE` as it was."""


def shown_status(status: str, named_on: dt.date, reader: User) -> str:
    """How a paper with this mark, first named on that day, looks: without one it is new to a reader unless they are
    caught up with it."""
    is_known = reader.caught_up_to and named_on <= reader.caught_up_to
    return status or (Status.READ if is_known else Status.UNREAD)


def says(state: str, of: str = "") -> Q:
    """Of which this word of `is:` is true. What is empty or false is in no index; it is asked
    for in the words of the index, else SQLite does not see that it is the one."""
    match state:
        case State.STARRED | State.DISMISSED:
            return Q(**{f"{state}{of}__gt": False})
        case State.REVISED:
            seen = Q(**{f"starred{of}": True}) | Q(**{f"status{of}__in": BEGUN})
            return Q(seen, **{f"dismissed{of}": False}, paper__arxiv_version__gt=F(f"version{of}"))
        case State.NOTED:
            return Q(note__gt="")
        case State.RATED:
            return Q(rating__isnull=False)
        case _:
            of_status = {f"status{of}": state, **({f"status{of}__gt": ""} if of else {})}
            return Q(**of_status, **{f"dismissed{of}": False})


def looks_otherwise(state: str, of: str = "") -> Q:
    """Of which nothing is true that looks like this status."""
    others = [status for status in FARTHEST if status not in (Status.UNMARKED, state)]
    return Q(**{f"status{of}__in": others}) | Q(**{f"dismissed{of}": True})


def is_marked(of: str = "") -> Q:
    return ~Q(**{f"{name}{of}": UNMARKED[name] for name in ("status", "starred", "dismissed")})


def now(holds: Says, unsettled: Collection[int]) -> Q:
    """What is true of the states that say so now: where their marking is taken back, they are as they were before."""
    return unless(Q(marking__in=unsettled), holds) if unsettled else holds("")


def unless(is_taken_back: Q, holds: Says) -> Q:
    """The same, whatever tells that a marking is taken back."""
    return (holds("") & ~is_taken_back) | (holds(BEFORE) & is_taken_back)
