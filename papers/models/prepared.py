"""Questions that every page asks: put into SQL only once, which takes longer than to ask them."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from .user import User

#: Nobody's number, and a moment long ago: in their places comes what is asked about.
_SOMEBODY = -1
_ONCE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Prepared:
    """Rows of values that are found for a reader, since a moment if that matters; by a queryset that is made of any two
    of these alike, and looks nothing up while it is made, as that would be kept as well."""

    def __init__(self, rows: Callable[[User, dt.datetime], QuerySet[Any, Any]]) -> None:
        self._rows = rows

    def of(self, reader: User, since: dt.datetime = _ONCE) -> list[tuple[Any, ...]]:
        sql, params = self._sql
        given = {_SOMEBODY: reader.pk, _sent(_ONCE): _sent(since)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(each, each) for each in params])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self._rows(User(pk=_SOMEBODY), _ONCE).query.sql_with_params()


def _sent(moment: dt.datetime) -> Any:
    """As the database gets it."""
    return connection.ops.adapt_datetimefield_value(moment)
