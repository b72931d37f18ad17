"""SQLite: FTS5 over the papers' own columns, its rows in date order."""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import Words

_COLUMNS = ("title", "abstract", "authors")
_LIST = ", ".join(_COLUMNS)
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in ("position", *_COLUMNS)) for row in ("new", "old"))
_ADD = f"INSERT INTO papers_search(rowid, {_LIST}) VALUES ({_NEW});"
_REMOVE = f"INSERT INTO papers_search(papers_search, rowid, {_LIST}) VALUES ('delete', {_OLD});"
_TRIGGERS = {
    "papers_search_insert": f"AFTER INSERT ON papers_paper BEGIN {_ADD} END",
    "papers_search_delete": f"AFTER DELETE ON papers_paper BEGIN {_REMOVE} END",
    "papers_search_update": f"AFTER UPDATE OF position, {_LIST} ON papers_paper BEGIN {_REMOVE} {_ADD} END",
}


def install(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'papers_search%'")
        present = {name for (name,) in cursor.fetchall()}
        if present >= {"papers_search", *_TRIGGERS}:
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS papers_search USING fts5({_LIST}, "
            "content='papers_paper', content_rowid='position', tokenize='porter unicode61 remove_diacritics 2')"
        )
        for name, body in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
    rebuild(connection)


def rebuild(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO papers_search(papers_search) VALUES ('rebuild')")


def condition(words: Words) -> tuple[str, list[str]]:
    """Readers' words are never FTS5 syntax: each phrase is quoted, and its tokens must stand in a row."""
    phrases = " ".join('"' + phrase.replace('"', " ") + '"' for phrase in words.phrases)
    return "MATCH %s", [f"{words.field} : ({phrases})" if words.field else phrases]
