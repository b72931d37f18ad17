"""PostgreSQL: a weighted tsvector beside each paper, folded and stemmed as SQLite does it."""

from unicodedata import normalize

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..language import AllOf, AnyOf, Filter, Node, Not, Place, Token, Words

_WEIGHTS = {Place.TITLE: "A", Place.AUTHOR: "B", Place.ABSTRACT: "C"}

# PostgreSQL's own parser would make one token of a hyphenated word, a path or a number with a dot; whatever is not a
# letter or digit divides words here, as it does in FTS5. With few words in its statistics the planner would take a
# rare word for one of hundreds of papers, and look for them through all of the library.
_INSTALL = """
CREATE EXTENSION IF NOT EXISTS unaccent;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'papers_search') THEN
        CREATE TEXT SEARCH DICTIONARY papers_porter (TEMPLATE = snowball, Language = porter);
        CREATE TEXT SEARCH CONFIGURATION papers_search (COPY = simple);
        ALTER TEXT SEARCH CONFIGURATION papers_search
            ALTER MAPPING FOR asciiword, word, numword, int, uint, float, sfloat, version WITH papers_porter;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION papers_folded(found text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT regexp_replace(lower(unaccent(found)), '[^[:alnum:]]+', ' ', 'g') $$;
CREATE OR REPLACE FUNCTION papers_tsquery(phrase text, suffix text, last_suffix text) RETURNS tsquery
    LANGUAGE sql STABLE AS
    $$ SELECT coalesce(to_tsquery('papers_search', replace(nullif(btrim(papers_folded(phrase)), ''), ' ',
           suffix || ' <-> ') || last_suffix), '') $$;
CREATE OR REPLACE FUNCTION papers_tsvector(paper papers_paper) RETURNS tsvector LANGUAGE sql STABLE AS
    $$ SELECT setweight(to_tsvector('papers_search', papers_folded(paper.title)), 'A')
           || setweight(to_tsvector('papers_search', papers_folded(paper.authors)), 'B')
           || setweight(to_tsvector('papers_search', papers_folded(paper.abstract)), 'C')
           || array_to_tsvector(string_to_array(paper.facets, ' ')) $$;
CREATE OR REPLACE FUNCTION papers_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'TRUNCATE' THEN TRUNCATE papers_search; RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN DELETE FROM papers_search WHERE rowid = OLD.position; END IF;
    IF TG_OP <> 'DELETE' THEN INSERT INTO papers_search VALUES (NEW.position, papers_tsvector(NEW)); END IF;
    RETURN NULL;
END $$;
CREATE TABLE IF NOT EXISTS papers_search (rowid bigint PRIMARY KEY, papers_search tsvector NOT NULL);
ALTER TABLE papers_search ALTER papers_search SET STATISTICS 1000;
CREATE INDEX IF NOT EXISTS papers_search_words ON papers_search USING gin (papers_search);
CREATE OR REPLACE TRIGGER papers_search_keep
    AFTER INSERT OR DELETE OR UPDATE OF position, title, abstract, authors, facets ON papers_paper
    FOR EACH ROW EXECUTE FUNCTION papers_search_keep();
CREATE OR REPLACE TRIGGER papers_search_empty AFTER TRUNCATE
    ON papers_paper FOR EACH STATEMENT EXECUTE FUNCTION papers_search_keep();
"""
_MISSING = """
SELECT to_regclass('papers_search') IS NULL OR 2 > (
    SELECT count(*) FROM pg_trigger WHERE tgname IN ('papers_search_keep', 'papers_search_empty')
)
"""


def install(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_MISSING)
        missing = cursor.fetchone()[0]
        cursor.execute(_INSTALL)
        if missing:
            rebuild(connection)


def rebuild(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_search")
        cursor.execute("INSERT INTO papers_search SELECT position, papers_tsvector(paper) FROM papers_paper AS paper")
        cursor.execute("ANALYZE papers_search")


def condition(node: Node) -> tuple[str, list[str]]:
    parameters: list[str] = []
    return f"@@ {_tsquery(node, parameters)}", parameters


def _tsquery(node: Node, parameters: list[str]) -> str:
    """Readers' words are never query syntax: only what is left of them when they are folded gets into it."""
    match node:
        case Words(text, place, is_prefix):
            weight = _WEIGHTS[place] if place else ""
            suffix = f":{weight}" if weight else ""
            parameters += (normalize("NFC", text), suffix, f":*{weight}" if is_prefix else suffix)
            return "papers_tsquery(%s, %s, %s)"
        case Token(text):
            parameters.append(f"'{text}'")
            return "%s::tsquery"
        case AnyOf(nodes):
            return f"({' || '.join(_tsquery(each, parameters) for each in nodes)})"
        case AllOf(nodes):
            return f"({' && '.join(_tsquery(each, parameters) for each in nodes)})"
        case Not(inner):
            return f"(!! {_tsquery(inner, parameters)})"
        case Filter():
            raise TypeError("a filter is not for an index")
