"""PostgreSQL: a weighted tsvector beside each paper, folded and stemmed as SQLite does it."""

from functools import reduce
from hashlib import blake2b

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..ids import UNDECOMPOSED
from ..language import AllOf, AnyOf, Filter, Node, Not, Place, Token, Words
from ..words import LATER, folded
from . import EVERY, TITLE

FINDS_IN_ORDER = False
_WEIGHTS = {Place.TITLE: "A", Place.AUTHOR: "B", Place.ABSTRACT: "C"}

# As `words.folded` does it. What is a letter is asked of ICU, as the database's own locale may know ASCII's only.
_FOLDED = reduce(
    lambda sql, letter: f"replace({sql}, '{chr(letter)}', '{UNDECOMPOSED[letter]}')",
    UNDECOMPOSED,
    r"""replace(replace(lower(normalize(regexp_replace(
        normalize(found COLLATE "und-x-icu", NFKD), '[\u0300-\u036f]', '', 'g'), NFC)), """
    "'ß', 'ss'), 'ς', 'σ')",
)
_FACETS = f"paper.position, paper.id, paper.named_on, paper.authors, split_part(paper.facets, ' {TITLE}', 1)"
# PostgreSQL's own parser would make one token of a hyphenated word, a path or a number with a dot; whatever is not a
# letter or digit divides words here, as it does in FTS5. Its stemmer lacks a later rule, and stems even two letters
# (`us` to `u`, `gs` to `g`) unless there is a third, of which it may take away an `e`. Between its fields a paper has a
# token, so that no phrase reaches from one into the next. With few words in its statistics the planner would take a
# rare word for one of hundreds of papers, and look for them through all of the library; nor does it know that a
# paper's words are read from elsewhere and unpacked before they match, which is what `papers_unpacked` tells it.
_INSTALL = rf"""
DROP TABLE IF EXISTS papers_search, papers_search_facets;
DROP TEXT SEARCH CONFIGURATION IF EXISTS papers_search;
DROP TEXT SEARCH DICTIONARY IF EXISTS papers_porter;
CREATE TEXT SEARCH DICTIONARY papers_porter (TEMPLATE = snowball, Language = porter);
CREATE TEXT SEARCH CONFIGURATION papers_search (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION papers_search
    ALTER MAPPING FOR asciiword, word, numword, int, uint, float, sfloat, version WITH papers_porter;
CREATE OR REPLACE FUNCTION papers_folded(found text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(found) = length(found) THEN regexp_replace(lower(found), '[^a-z0-9]+', ' ', 'g')
                ELSE regexp_replace({_FOLDED}, '[^[:alnum:]]+', ' ', 'g') END $$;
CREATE OR REPLACE FUNCTION papers_words(found text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(papers_folded(found),
        '{LATER}\M', '\1e', 'g'), '\m([aeiou][sy])\M', '\1e', 'g'), '\m([a-z0-9]s)\M', '\1{EVERY.text}', 'g') $$;
CREATE OR REPLACE FUNCTION papers_tsquery(phrase text, suffix text, last_suffix text) RETURNS tsquery
    LANGUAGE sql STABLE AS
    $$ SELECT coalesce(to_tsquery('papers_search', replace(nullif(btrim(papers_words(phrase)), ''), ' ',
           suffix || ' <-> ') || last_suffix), '') $$;
CREATE OR REPLACE FUNCTION papers_tsvector(paper papers_paper) RETURNS tsvector LANGUAGE sql STABLE AS
    $$ SELECT setweight(to_tsvector('papers_search', papers_words(paper.title)), 'A') || '{EVERY.text}:1'::tsvector
           || setweight(to_tsvector('papers_search', papers_words(paper.authors)), 'B') || '{EVERY.text}:1'::tsvector
           || setweight(to_tsvector('papers_search', papers_words(paper.abstract)), 'C')
           || array_to_tsvector(string_to_array(paper.facets, ' ')) $$;
CREATE OR REPLACE FUNCTION papers_unpacked(words tsvector) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    COST 1000 AS $$ BEGIN RETURN true; END $$;
CREATE OR REPLACE FUNCTION papers_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE papers_search, papers_search_facets;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM papers_search WHERE rowid = OLD.position;
        DELETE FROM papers_search_facets WHERE position = OLD.position;
    END IF;
    IF TG_OP <> 'DELETE' AND NOT NEW.hidden THEN
        INSERT INTO papers_search VALUES (NEW.position, papers_tsvector(NEW));
        INSERT INTO papers_search_facets SELECT {_FACETS.replace("paper.", "NEW.")};
    END IF;
    RETURN NULL;
END $$;
CREATE TABLE papers_search_facets (
    position bigint PRIMARY KEY, paper_id bigint NOT NULL, named_on date NOT NULL,
    authors text NOT NULL, tokens text NOT NULL
);
CREATE TABLE papers_search (rowid bigint PRIMARY KEY, papers_search tsvector NOT NULL);
ALTER TABLE papers_search ALTER papers_search SET STATISTICS 1000;
CREATE INDEX papers_search_words ON papers_search USING gin (papers_search);
CREATE OR REPLACE TRIGGER papers_search_keep
    AFTER INSERT OR DELETE OR UPDATE OF position, named_on, hidden, title, abstract, authors, facets ON papers_paper
    FOR EACH ROW EXECUTE FUNCTION papers_search_keep();
CREATE OR REPLACE TRIGGER papers_search_empty AFTER TRUNCATE
    ON papers_paper FOR EACH STATEMENT EXECUTE FUNCTION papers_search_keep();
"""
_MAKING = f"index {blake2b(_INSTALL.encode(), digest_size=8).hexdigest()}"
_MISSING = """
SELECT obj_description(to_regclass('papers_search'), 'pg_class') IS DISTINCT FROM %s OR 2 > (
    SELECT count(*) FROM pg_trigger WHERE tgname IN ('papers_search_keep', 'papers_search_empty')
)
"""


def prepare(connection: BaseDatabaseWrapper) -> None:
    pass


def install(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_MISSING, [_MAKING])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(f"{_INSTALL}; COMMENT ON TABLE papers_search IS '{_MAKING}'")
        rebuild(connection)


def rebuild(connection: BaseDatabaseWrapper) -> None:
    shown = "FROM papers_paper AS paper WHERE NOT hidden"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_search")
        cursor.execute(f"INSERT INTO papers_search SELECT position, papers_tsvector(paper) {shown}")
        cursor.execute("DELETE FROM papers_search_facets")
        cursor.execute(f"INSERT INTO papers_search_facets SELECT {_FACETS} {shown}")
        cursor.execute("ANALYZE papers_search, papers_search_facets")


def condition(column: str, node: Node) -> tuple[str, list[str]]:
    parameters: list[str] = []
    return f"({column} @@ {_tsquery(node, parameters)} AND papers_unpacked({column}))", parameters


def _tsquery(node: Node, parameters: list[str]) -> str:
    """Readers' words are never query syntax: only what is left of them when they are folded gets into it."""
    match node:
        case Words(text, place, is_prefix):
            weight = _WEIGHTS[place] if place else ""
            if is_prefix and len(word := folded(text)) < 3:
                parameters.append(f"{word}:*{weight}")
                return "to_tsquery('simple', %s)"
            suffix = f":{weight}" if weight else ""
            parameters += (text, suffix, f":*{weight}" if is_prefix else suffix)
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
