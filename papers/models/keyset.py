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


def keyset_page[M: Model](
    ordered: QuerySet[M], key: Callable[[M], Key], *, size: int, after: str = "", before: str = ""
) -> KeysetPage[M]:
    """The page after, or before, a cursor; the first page for a cursor that is none.

    The queryset is ordered by as many columns, all in one direction, as `key` gives values of a row; together they
    are unique.
    """
    earlier = _behind(ordered.reverse(), before)
    if earlier is not None:
        rows = list(earlier[: size + 1])
        if len(rows) > size:
            rows = rows[size - 1 :: -1]
            return KeysetPage(rows, _cursor(key(rows[0])), _cursor(key(rows[-1])))
    later = None if before else _behind(ordered, after)
    rows = list((ordered if later is None else later)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return KeysetPage(
        rows,
        _cursor(key(rows[0])) if later is not None and rows else "",
        _cursor(key(rows[-1])) if more else "",
    )


def neighbours[M: Model](ordered: QuerySet[M], key: Key) -> tuple[M | None, M | None]:
    """The rows directly before and behind a key."""
    return _beyond(ordered.reverse(), key).first(), _beyond(ordered, key).first()


def _behind[M: Model](ordered: QuerySet[M], cursor: str) -> QuerySet[M] | None:
    """The rows behind a cursor; None where it is none of this queryset's."""
    try:
        return _beyond(ordered, _key(cursor)) if cursor else None
    except (TypeError, ValueError, ValidationError):
        return None


def _beyond[M: Model](ordered: QuerySet[M], start: Key) -> QuerySet[M]:
    """The rows behind a key, in the queryset's order."""
    names = [str(name) for name in ordered.query.order_by]
    side = "lt" if names[0].startswith("-") is ordered.query.standard_ordering else "gt"
    *firsts, (last, value) = zip((name.lstrip("-") for name in names), start, strict=True)
    beyond = Q(**{f"{last}__{side}": value})
    for name, value in reversed(firsts):
        beyond = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | beyond)
    return ordered.filter(beyond)


def _cursor(key: Key) -> str:
    return "_".join(map(str, key))


def _key(cursor: str) -> Key:
    """The numbers and days in a cursor. Raises ValueError where it is none."""
    key = tuple(dt.date.fromisoformat(part) if "-" in part else int(part) for part in cursor[:80].split("_"))
    if any(isinstance(part, int) and abs(part) > BigIntegerField.MAX_BIGINT for part in key):
        raise ValueError("a number that no database holds")
    return key
