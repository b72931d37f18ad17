"""Deeds: what somebody did in a reading list, told from the row that it left there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.contrib.auth.models import Group
from django.db.models import IntegerChoices
from django.urls import reverse

from ..text import line_html
from .list_entry import ListEntry
from .membership import Membership
from .paper import Paper
from .reading_list import ReadingList
from .remark import Remark
from .traces import Place
from .user import User

#: Deeds of one person that lie no farther apart are told together.
_TOGETHER = dt.timedelta(hours=1)


class Kind(IntegerChoices):
    """Of deeds; of those of one moment the first come first."""

    SAID = 1, "said"
    ADDED = 2, "added"
    CLAIMED = 3, "claimed"
    SET_ASIDE = 4, "set aside"
    FINISHED = 5, "finished"
    JOINED = 6, "joined"
    SHARED = 7, "shared"


@dataclass
class Deed:
    """Who did what, where and when; and what they did together with it."""

    kind: Kind
    pk: int
    at: dt.datetime
    by: User | None
    reading_list: ReadingList | None
    paper: Paper | None = None
    words: str = ""
    """Why they did it."""
    html: str = ""
    """The beginning of what they said."""
    whom: User | Group | None = None
    """Whom they asked to read it; or the team to which they opened the list."""
    due_on: dt.date | None = None
    is_to_reader: bool = False
    """Whether it mentions who looks at it."""
    address: str = ""
    others: "list[Deed]" = field(default_factory=list)

    @classmethod
    def of_entry(cls, kind: Kind, at: dt.datetime, by: User | None, entry: ListEntry, pk: int = 0) -> Self:
        address = reverse("list_entry", args=[entry.reading_list.key, entry.paper.key])
        return cls(kind, pk or entry.pk, at, by, entry.reading_list, entry.paper, address=address)

    @classmethod
    def adding(cls, entry: ListEntry) -> Self:
        deed = cls.of_entry(Kind.ADDED, entry.suggested_at, entry.suggested_by, entry)
        deed.words = entry.reason
        return deed

    @classmethod
    def claiming(cls, entry: ListEntry) -> Self:
        assert entry.claimed_at
        deed = cls.of_entry(Kind.CLAIMED, entry.claimed_at, entry.assigned_by or entry.claimed_by, entry)
        deed.whom, deed.due_on = entry.claimed_by if entry.assigned_by else None, entry.due_on
        return deed

    @classmethod
    def setting_aside(cls, entry: ListEntry) -> Self:
        assert entry.set_aside_at
        deed = cls.of_entry(Kind.SET_ASIDE, entry.set_aside_at, entry.set_aside_by, entry)
        deed.words = entry.set_aside_why
        return deed

    @classmethod
    def joining(cls, membership: Membership) -> Self:
        assert membership.joined_at
        shared = membership.reading_list
        return cls(
            Kind.JOINED,
            membership.pk,
            membership.joined_at,
            membership.person,
            shared,
            address=shared.get_absolute_url(),
        )

    @classmethod
    def sharing(cls, membership: Membership) -> Self:
        shared, at, by = membership.reading_list, membership.offered_at, membership.offered_by
        return cls(Kind.SHARED, membership.pk, at, by, shared, whom=membership.team, address=shared.get_absolute_url())

    @classmethod
    def saying(cls, remark: Remark, is_to_reader: bool) -> Self:
        return cls(
            Kind.SAID,
            remark.pk,
            remark.written_at,
            remark.by,
            remark.reading_list,
            remark.paper,
            html=remark.beginning_html,
            is_to_reader=is_to_reader,
            address=remark.get_absolute_url(),
        )

    @property
    def words_html(self) -> str:
        return line_html(self.words)

    @property
    def place(self) -> Place:
        return Place(self.at, self.kind, self.pk)

    @property
    def together(self) -> "list[Deed]":
        return [self, *self.others]

    def goes_with(self, other: "Deed") -> bool:
        """Whether it is told in one with another."""
        alike = all(getattr(self, name) == getattr(other, name) for name in ("kind", "by", "reading_list", "whom"))
        return alike and self.kind != Kind.SAID and self.by is not None and abs(self.at - other.at) <= _TOGETHER


def told(deeds: Iterable[Deed]) -> list[Deed]:
    """What one person did in one go is one deed, with the others in it."""
    lines: list[Deed] = []
    for deed in deeds:
        if lines and lines[-1].goes_with(deed):
            lines[-1].others.append(deed)
        else:
            lines.append(deed)
    return lines
