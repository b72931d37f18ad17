"""A page of rows by keyset: found through the index at any depth, and steady while new rows arrive."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Model, Q, QuerySet

type Key = tuple[Any, ...]


class KeysetPage[M: Model](NamedTuple):
    """Some rows of an ordered queryset, and the cursors of the pages on either side (empty where there is none)."""

    rows: list[M]
    before: str
    after: str


type Beyond[M: Model] = Callable[[str, int, bool], list[M] | None]
"""So many rows behind a cursor, or before it, nearest first; from the start for none; None for what is no cursor."""


def keyset_page[M: Model](
    ordered: QuerySet[M], key: Callable[[M], Key], *, size: int, after: str = "", before: str = ""
) -> KeysetPage[M]:
    """The page after, or before, a cursor; the first page for a cursor that is none.

    The queryset is ordered by as many columns, all in one direction, as `key` gives values of a row; together they
    are unique.
    """

    def beyond(cursor: str, size: int, backwards: bool) -> list[M] | None:
        rows = ordered.reverse() if backwards else ordered
        try:
            return list((behind(rows, _key(cursor)) if cursor else rows)[:size])
        except (TypeError, ValueError, ValidationError):
            return None

    return page_of(beyond, lambda row: cursor_of(key(row)), size=size, after=after, before=before)


def page_of[M: Model](
    beyond: Beyond[M], cursor: Callable[[M], str], *, size: int, after: str, before: str
) -> KeysetPage[M]:
    """The same of whatever has an order and can be gone through from the cursor of a row."""
    earlier = beyond(before, size + 1, True) if before else None
    if earlier and len(earlier) > size:
        rows = earlier[size - 1 :: -1]
        return KeysetPage(rows, cursor(rows[0]), cursor(rows[-1]))
    later = beyond(after, size + 1, False) if after and not before else None
    rows = (beyond("", size + 1, False) or []) if later is None else later
    more = len(rows) > size
    rows = rows[:size]
    return KeysetPage(
        rows,
        cursor(rows[0]) if later is not None and rows else "",
        cursor(rows[-1]) if more else "",
    )


def neighbours[M: Model](ordered: QuerySet[M], key: Key) -> tuple[M | None, M | None]:
    """The rows directly before and behind a key."""
    return behind(ordered.reverse(), key).first(), behind(ordered, key).first()


def behind[M: Model](ordered: QuerySet[M], start: Key) -> QuerySet[M]:
    """The rows behind a key, in the queryset's order."""
    names = [str(name) for name in ordered.query.order_by]
    side = "lt" if names[0].startswith("-") is ordered.query.standard_ordering else "gt"
    *firsts, (last, value) = zip((name.lstrip("-") for name in names), start, strict=True)
    beyond = Q(**{f"{last}__{side}": value})
    for name, value in reversed(firsts):
        beyond = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | beyond)
    return ordered.filter(beyond)


def cursor_of(key: Key) -> str:
    """The place behind a key, as an address has it."""
    return "_".join(map(str, key))


def _key(cursor: str) -> Key:
    """The numbers and days in a cursor. Raises ValueError where it is none."""
    key = tuple(dt.date.fromisoformat(part) if "-" in part else int(part) for part in cursor[:80].split("_"))
    if any(isinstance(part, int) and abs(part) > BigIntegerField.MAX_BIGINT for part in key):
        raise ValueError("a number that no database holds")
    return key
