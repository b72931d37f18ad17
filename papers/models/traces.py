"""Traces: the rows that deeds left, found by when that was, and the place of each among all others."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from .keyset import behind

if TYPE_CHECKING:
    from .deed import Deed, Kind

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Place(NamedTuple):
    """When a deed was done, of which kind it is, and the number of its row."""

    at: dt.datetime
    kind: int
    pk: int

    @property
    def cursor(self) -> str:
        """As an address has it."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}_{self.kind:d}_{self.pk}"

    def newest_first(self) -> tuple[dt.timedelta, int, int]:
        """What it is sorted by: of one moment, by the kinds."""
        return _EPOCH - self.at, self.kind, -self.pk


def place_of(cursor: str) -> Place | None:
    """The place that a cursor names; None where it is none."""
    try:
        at, kind, pk = map(int, cursor[:60].split("_"))
        return Place(_EPOCH + at * _MICROSECOND, kind, pk)
    except (ValueError, OverflowError):
        return None


class Traces(NamedTuple):
    """Rows of which each tells a deed, by the column that says when."""

    kind: "Kind"
    at: str
    rows: QuerySet[Any]
    told: "Callable[[Iterable[Any]], list[Deed]]"
    is_by_number: bool = False
    """Whether rows are numbered as time goes: the newest are found soonest by number where no index has their time."""

    def newest(self, size: int, start: Place | None, since: dt.datetime | None) -> list[Place]:
        """The places of the newest, or of those that follow on a place; none from before a moment."""
        rows = self.rows.order_by(*(() if self.is_by_number else (f"-{self.at}",)), "-pk")
        if start:
            if start.kind == self.kind:
                rows = behind(rows, (start.pk,) if self.is_by_number else (start.at, start.pk))
            else:
                rows = rows.filter(**{f"{self.at}__{'lt' if self.kind < start.kind else 'lte'}": start.at})
        if since:
            rows = rows.filter(**{f"{self.at}__gte": since})
        found = rows.prefetch_related(None).values_list(self.at, "pk")
        return [Place(at, self.kind, pk) for at, pk in found[:size]]

    def deeds(self, places: Iterable[Place]) -> "list[Deed]":
        """As they are told, as far as these places are theirs."""
        numbers = [place.pk for place in places if place.kind == self.kind]
        return self.told(self.rows.filter(pk__in=numbers)) if numbers else []

    def since(self, moment: dt.datetime) -> QuerySet[Any]:
        return self.rows.filter(**{f"{self.at}__gt": moment}).order_by().values_list("pk")
