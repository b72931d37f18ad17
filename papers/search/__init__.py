"""Full text: one engine per database, named for its vendor, behind one question."""

from importlib import import_module
from typing import Literal, NamedTuple, Protocol, cast

from django.db.backends.base.base import BaseDatabaseWrapper


class Words(NamedTuple):
    """Phrases that must all stand in a paper, or in one field of it; accents, case and endings do not matter."""

    phrases: tuple[str, ...]
    field: Literal["title", "abstract", "authors"] | None = None


class Engine(Protocol):
    """What a module of this folder offers.

    The index is a table `papers_search` beside the papers, kept in step by the database's own triggers: its `rowid`
    is a paper's position, and its column of the table's own name is what is matched.
    """

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Puts the index in place and fills it where it is missing or lost its triggers; does nothing otherwise."""

    def rebuild(self, connection: BaseDatabaseWrapper) -> None:
        """Fills the index anew from the papers."""

    def condition(self, words: Words) -> tuple[str, list[str]]:
        """The SQL, and its parameters, that stands behind that column where the words must be found."""


def engine(connection: BaseDatabaseWrapper) -> Engine:
    """The engine for a database connection."""
    return cast(Engine, import_module(f"{__name__}.{connection.vendor}"))
