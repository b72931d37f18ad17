"""Rows written in bulk: an ingest makes so many that a model for each, and an expression for each value, would take a
sixth of its time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Saves new rows of a model, given the values of these attributes, which are all but its id: texts, numbers and
    bytes only, which every database takes as they are."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    listed = ", ".join(f'"{columns[name]}"' for name in names)
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({listed}) VALUES ({places})', list(rows))


def rewrite(model: type[Model], name: str, values: Iterable[tuple[Any, int]]) -> None:
    """Sets one attribute of many rows, each given by its value and id; Django's own way would try each value for each
    row."""
    column = model._meta.get_field(name).column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE id = %s', list(values))
