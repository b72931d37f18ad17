"""SQLite: FTS5 over the papers' own columns, folded, its rows in date order."""

from hashlib import blake2b

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..language import AllOf, AnyOf, Filter, Node, Not, Place, Token, Words
from ..words import folded
from . import EVERY, TITLE

FINDS_IN_ORDER = True
_COLUMNS = ("title", "abstract", "authors", "facets")
_PLACES = {Place.TITLE: "title", Place.AUTHOR: "authors", Place.ABSTRACT: "abstract"}
_LIST = ", ".join(_COLUMNS)
_NEW, _OLD, _EACH = (
    f"{row}position, papers_folded({row}title), papers_folded({row}abstract), papers_folded({row}authors), {row}facets"
    for row in ("new.", "old.", "")
)
_NEW_FACETS, _EACH_FACETS = (
    f"{row}position, {row}id, {row}named_on, {row}authors, "
    f"substr({row}facets, 1, instr({row}facets || ' {TITLE}', ' {TITLE}') - 1)"
    for row in ("new.", "")
)
_ADD = f"""
INSERT INTO papers_search(rowid, {_LIST}) SELECT {_NEW} WHERE NOT new.hidden;
INSERT INTO papers_search_facets SELECT {_NEW_FACETS} WHERE NOT new.hidden;
"""
_REMOVE = f"""
INSERT INTO papers_search(papers_search, rowid, {_LIST}) SELECT 'delete', {_OLD} WHERE NOT old.hidden;
DELETE FROM papers_search_facets WHERE position = old.position;
"""
# FTS5's own tables of Unicode know nothing younger than 2012, and keep ł, ø and ß apart from what people type for them.
_TABLES = {
    "papers_search": f"CREATE VIRTUAL TABLE papers_search USING fts5({_LIST}, content='', tokenize='porter ascii')",
    "papers_search_facets": """CREATE TABLE papers_search_facets (
        position integer PRIMARY KEY, paper_id integer NOT NULL, named_on date NOT NULL,
        authors text NOT NULL, tokens text NOT NULL
    )""",
}
_KEPT = f"position, named_on, hidden, {_LIST}"
_TRIGGERS = {
    "papers_search_insert": f"AFTER INSERT ON papers_paper BEGIN {_ADD} END",
    "papers_search_delete": f"AFTER DELETE ON papers_paper BEGIN {_REMOVE} END",
    "papers_search_update": f"AFTER UPDATE OF {_KEPT} ON papers_paper BEGIN {_REMOVE} {_ADD} END",
}


def prepare(connection: BaseDatabaseWrapper) -> None:
    connection.connection.create_function("papers_folded", 1, folded_for_fts5, deterministic=True)


def folded_for_fts5(text: str) -> str:
    """FTS5 folds and divides ASCII just so itself."""
    return text if text.isascii() else folded(text)


def install(connection: BaseDatabaseWrapper) -> None:
    wanted = _TABLES | {name: f"CREATE TRIGGER {name} /* {_folding()} */ {body}" for name, body in _TRIGGERS.items()}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'papers_search%'")
        if wanted.items() <= dict(cursor.fetchall()).items():
            return
        for name in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        for name in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in wanted.values():
            cursor.execute(statement)
    rebuild(connection)


def rebuild(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO papers_search(papers_search) VALUES ('delete-all')")
        cursor.execute(f"INSERT INTO papers_search(rowid, {_LIST}) SELECT {_EACH} FROM papers_paper WHERE NOT hidden")
        cursor.execute("DELETE FROM papers_search_facets")
        shown = "FROM papers_paper WHERE NOT hidden ORDER BY position"
        cursor.execute(f"INSERT INTO papers_search_facets SELECT {_EACH_FACETS} {shown}")


def _folding() -> str:
    """A fingerprint of how letters are folded: where that changes, the index is of another making."""
    letters = "".join(map(chr, range(0xD800)))
    return blake2b(folded(letters).encode(), digest_size=8).hexdigest()


def condition(column: str, node: Node) -> tuple[str, list[str]]:
    return f"{column} MATCH %s", [_fts5(node)]


def _fts5(node: Node) -> str:
    """Readers' words are never FTS5 syntax: they are quoted, and their tokens must stand in a row."""
    match node:
        case Words(text, place, is_prefix):
            quoted = f'"{folded(text)}"{"*" * is_prefix}'
            return f"{_PLACES[place]} : {quoted}" if place else quoted
        case Token(text):
            return f'"{text}"'
        case AnyOf(nodes):
            return f"({' OR '.join(map(_fts5, nodes))})"
        case AllOf(nodes):
            wanted = [each for each in nodes if not isinstance(each, Not)] or [EVERY]
            excluded = [each.node for each in nodes if isinstance(each, Not)]
            all_of = " AND ".join(map(_fts5, wanted))
            return f"(({all_of}) NOT ({' OR '.join(map(_fts5, excluded))}))" if excluded else f"({all_of})"
        case Not():
            return _fts5(AllOf((node,)))
        case Filter():
            raise TypeError("a filter is not for an index")
