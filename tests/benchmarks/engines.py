"""The databases that libraries are kept in: made, looked into and filled without the product."""

import re
import shutil
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.sql import SQL, Identifier

from papers.search.sqlite import folded_for_fts5
from tests.installation import Installation

type Tables = Mapping[str, Any]
"""What stands in the papers' tables, as the engine that read it takes it back."""


class Engine(Protocol):
    """A kind of database; it keeps a library in `Installation.data` or under that folder's name."""

    name: str

    @property
    def version(self) -> str: ...

    def place(self, data: Path) -> Installation:
        """Where a library of this folder is kept, whether it exists or not."""

    def make(self, place: Installation, template: Installation | None = None) -> None:
        """Makes the database, empty or as a copy."""

    def drop(self, place: Installation) -> None:
        """Removes the database, if there is one."""

    def schema(self, place: Installation) -> str:
        """Changes with the tables, indexes and triggers; empty where there is no such database."""

    def tables(self, place: Installation) -> Tables:
        """All that an ingest filled, but for the search index."""

    def insert(self, place: Installation, tables: Tables) -> float:
        """Inserts it again as fast as the database takes it; how many seconds that took."""


class SQLite:
    name = "sqlite"
    version = f"SQLite {sqlite3.sqlite_version}"

    def place(self, data: Path) -> Installation:
        return Installation(data)

    def make(self, place: Installation, template: Installation | None = None) -> None:
        if template:
            shutil.copy(_file(template), place.data)

    def drop(self, place: Installation) -> None:
        for path in place.data.glob("lectern.sqlite3*"):
            path.unlink()

    def schema(self, place: Installation) -> str:
        if not _file(place).exists():
            return ""
        with closing(sqlite3.connect(_file(place))) as database:
            return _hash(
                database.execute("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name").fetchall()
            )

    def tables(self, place: Installation) -> Tables:
        with closing(sqlite3.connect(_file(place))) as database:
            names = database.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
            tables = {name: _rows(database, name) for name in _filled(names.fetchall())}
            return {name: rows for name, rows in tables.items() if rows}

    def insert(self, place: Installation, tables: Tables) -> float:
        with closing(sqlite3.connect(_file(place))) as database:
            database.create_function("papers_folded", 1, folded_for_fts5, deterministic=True)
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute("PRAGMA foreign_keys=ON")
            started = time.perf_counter()
            with database:
                for name, rows in tables.items():
                    if not database.execute(f"SELECT EXISTS (SELECT * FROM {name})").fetchone()[0]:
                        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            return time.perf_counter() - started


class PostgreSQL:
    """Databases on the server of a DATABASE_URL, each named for that one and its folder: `lectern_bench_1000`."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self._server, _, name = url.rpartition("/")
        self._prefix = re.sub(r"\W.*", "", name) + "_bench_"

    @property
    def version(self) -> str:
        with self._owner() as owner:
            return f"PostgreSQL {owner.info.server_version // 10_000}"

    def place(self, data: Path) -> Installation:
        return Installation(data, f"{self._server}/{self._prefix}{data.name}")

    def make(self, place: Installation, template: Installation | None = None) -> None:
        names = (Identifier(_name(place)), Identifier(_name(template) if template else "template1"))
        with self._owner() as owner:
            owner.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))

    def drop(self, place: Installation) -> None:
        with self._owner() as owner:
            owner.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(_name(place))))

    def schema(self, place: Installation) -> str:
        try:
            with psycopg.connect(place.database) as database:
                return _hash(database.execute(_SCHEMA).fetchall())
        except psycopg.OperationalError:
            return ""

    def tables(self, place: Installation) -> Tables:
        with psycopg.connect(place.database) as database, database.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = {}
            for name in _filled(cursor.fetchall()):
                with cursor.copy(SQL("COPY {} TO STDOUT (FORMAT binary)").format(Identifier(name))) as copy:
                    blocks = [bytes(block) for block in copy]
                if cursor.rowcount:
                    tables[name] = blocks
            return tables

    def insert(self, place: Installation, tables: Tables) -> float:
        with psycopg.connect(place.database) as database, database.cursor() as cursor:
            started = time.perf_counter()
            for name, blocks in tables.items():
                table = Identifier(name)
                cursor.execute(SQL("SELECT * FROM {} LIMIT 1").format(table))
                if not cursor.fetchone():
                    with cursor.copy(SQL("COPY {} FROM STDIN (FORMAT binary)").format(table)) as copy:
                        for block in blocks:
                            copy.write(block)
            database.commit()
            return time.perf_counter() - started

    def _owner(self) -> psycopg.Connection[Any]:
        return psycopg.connect(f"{self._server}/postgres", autocommit=True)


_SCHEMA = """
SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable) AS line
    FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'papers\\_%'
ORDER BY line
"""


def _rows(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Without the columns that the database makes itself."""
    named = "SELECT group_concat(printf('\"%w\"', name)) FROM pragma_table_info(?)"  # one is called order
    columns = database.execute(named, [table]).fetchone()[0]
    return database.execute(f"SELECT {columns} FROM {table}").fetchall()


def _file(place: Installation) -> Path:
    return place.data / "lectern.sqlite3"


def _name(place: Installation) -> str:
    return place.database.rpartition("/")[2]


def _filled(names: Sequence[tuple[str]]) -> list[str]:
    """The library's own tables, papers first: what their triggers fill need not be filled after them."""
    ours = [name for (name,) in names if name.startswith("papers_") and not name.startswith("papers_search")]
    return sorted(ours, key=lambda name: (name != "papers_paper", name))


def _hash(rows: Sequence[tuple[Any, ...]]) -> str:
    return sha256("\n".join(str(row[0]) for row in rows).encode()).hexdigest()[:16]
