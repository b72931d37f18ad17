"""A mark put on any number of papers, by one statement."""

from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from .mark import Mark
from .paper import FIRST_VERSION
from .papers import PaperQuerySet
from .reader_state import ReaderState
from .said import BEFORE, UNMARKED

if TYPE_CHECKING:
    from .marking import Marking


def upsert(marking: "Marking", mark: Mark, papers: PaperQuerySet) -> int:
    """Sets the mark on all the papers, whose states keep how they were before; returns on how many."""
    column, value = mark.change
    seen = {"version": Coalesce("arxiv_version", FIRST_VERSION)} if mark.is_of_who_has_seen else {}
    values: dict[str, Combinable] = {
        "reader_id": Value(marking.reader_id),
        "paper_id": F("pk"),
        "marking_id": Value(marking.pk),
        "changed_at": Value(timezone.now()),
        **{name: Value(each) for name, each in (UNMARKED | {column: value}).items()},
        **seen,
        **{f"{name}{BEFORE}": Value(each) for name, each in UNMARKED.items()},
        "note": Value(""),
    }
    table = ReaderState._meta.db_table
    connection = connections[router.db_for_write(ReaderState)]
    rows = papers.order_by().values_list(*values.values())
    try:
        select, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    given = (column, *seen, "marking_id", "changed_at")
    now = {name: _now(table, name, marking.reader.unsettled) for name in UNMARKED}
    assigned = {
        **{f"{name}{BEFORE}": each for name, each in now.items()},
        **(now if marking.reader.unsettled else {}),
        **{name: f"excluded.{name}" for name in given},
    }
    with connection.cursor() as cursor:
        cursor.execute(  # without a WHERE, SQLite would take ON CONFLICT for the beginning of a join
            f"INSERT INTO {table} ({', '.join(values)}) SELECT * FROM ({select}) AS found WHERE true "
            "ON CONFLICT (reader_id, paper_id) DO UPDATE SET "
            + ", ".join(f"{name} = {each}" for name, each in assigned.items()),
            parameters,
        )
        return int(cursor.rowcount)


def _now(table: str, name: str, unsettled: list[int]) -> str:
    """What a state says in a column, though what was taken back may not be settled yet."""
    if not unsettled:
        return f"{table}.{name}"
    taken_back = ", ".join(map(str, unsettled))
    return f"CASE WHEN {table}.marking_id IN ({taken_back}) THEN {table}.{name}{BEFORE} ELSE {table}.{name} END"
