"""What is true of every library, whatever was done to it: what is derived is in step with what it is derived from."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import TextField
from django.test.utils import CaptureQueriesContext

from papers import position
from papers.exchange.fields import columns, facets, resolved
from papers.exchange.recognise import clues_of, recognise
from papers.exchange.works import Member, verdicts_on, works_of
from papers.ids import key_hash, slug
from papers.models import Author, Digest, Entry, Errand, FormerKey, Identifier, Paper, PaperTag, Rule, Tag, Word
from papers.models.vocabulary import words
from papers.query import PaperQuery
from papers.search import TITLE, borne, engine
from papers.text import block_html


def assert_in_step() -> None:
    """Entries are tied as all of them together say; papers, digests, tags and the index are what entries make them."""
    entries = list(Entry.objects.select_related("digest").order_by("pk"))
    _assert_tied(entries)
    _assert_listed(entries)
    _assert_filled()
    _assert_tagged()
    _assert_counted()
    assert_indexed()
    for entry in entries:
        assert entry.note_html == block_html(entry.found.note)
        assert entry.title_key == key_hash(clues_of(entry.found).title)
    assert not set(FormerKey.objects.values_list("key", flat=True)) & set(Paper.objects.values_list("key", flat=True))


def _assert_tied(entries: list[Entry]) -> None:
    works = recognise([clues_of(entry.found) for entry in entries], verdicts_on(list(map(Member.of, entries))))
    expected = {frozenset(entries[tie.record].pk for tie in ties) for ties in works}
    for tie in chain.from_iterable(work for work in works if len(work) > 1):
        assert entries[tie.record].evidence == tie.evidence
    by_paper: dict[int, set[int]] = {paper: set() for paper in Paper.objects.values_list("pk", flat=True)}
    for entry in entries:
        by_paper[entry.paper_id].add(entry.pk)
    assert set(map(frozenset, by_paper.values())) == expected


def _assert_listed(entries: list[Entry]) -> None:
    sizes: Counter[int] = Counter()
    met: set[tuple[int, int]] = set()
    hidden = set(Paper.objects.hidden().values_list("pk", flat=True))
    for entry in sorted(entries, key=lambda entry: (entry.place, bytes(entry.fingerprint))):
        assert entry.listed is ((entry.digest_id, entry.paper_id) not in met and entry.paper_id not in hidden)
        met.add((entry.digest_id, entry.paper_id))
        sizes[entry.digest_id] += entry.listed
    assert dict(Digest.objects.values_list("pk", "size")) == sizes


def _assert_filled() -> None:
    papers = Paper.objects.values_list("pk", flat=True)
    for work in works_of(papers):
        paper, fields = work.paper, resolved(work)
        expected = columns(fields)
        assert {name: getattr(paper, name) for name in expected} == expected
        assert position.day_of(paper.position) == fields.day
        identifiers = Identifier.objects.filter(paper=paper).values_list("scheme", "value")
        assert set(identifiers) == set(fields.identifiers)
        ties = PaperTag.objects.filter(paper=paper).select_related("tag__alias_of")
        assert {tie.tag.slug for tie in ties if tie.origin == "ingest"} == set(map(slug, fields.tags))
        digests = {member.entry.digest for member in work.members}
        assert paper.facets == facets(fields.title, {tag.pk for tag in ties.tags()}, digests)


def _assert_tagged() -> None:
    """Aliases name tags and not each other; each rule's tag is on just the papers that its question finds."""
    assert not Errand.objects.exists()
    assert not Tag.objects.aliases().filter(alias_of__alias_of__isnull=False).exists()
    assert not Tag.objects.filter(parent__parent__isnull=False, alias_of=None).exists()
    assert not Tag.objects.aliases().exclude(size=0).exists()
    wanted = {
        (paper.pk, rule.tag_id)
        for rule in Rule.objects.standing()
        for paper in PaperQuery.from_text(rule.question).ask(Paper.objects.all())
    }
    assert set(PaperTag.objects.filter(origin="rule").values_list("paper", "tag")) == wanted


def _assert_counted() -> None:
    papers = list(Paper.objects.shown())
    tokens = Counter(chain.from_iterable(paper.facets.split() for paper in papers))
    assert dict(Tag.objects.exclude(size=0).values_list("pk", "size")) == borne("tag", tokens)
    found = Counter(chain.from_iterable(words(paper.title) for paper in papers))
    assert dict(Word.objects.values_list("text", "size")) == found
    assert all(word.backwards == word.text[::-1] for word in Word.objects.all())
    assert dict(Author.objects.values_list("name", "size")) == Counter(
        chain.from_iterable(set(p.authors) for p in papers)
    )


def assert_indexed() -> None:
    """The search index, and what facets are counted by, is what building it anew from the papers would make it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, paper_id, named_on, authors, tokens FROM papers_search_facets ORDER BY position"
        )
        counted = cursor.fetchall()
        cursor.execute(
            "SELECT position, id, named_on, authors, facets FROM papers_paper WHERE NOT hidden ORDER BY position"
        )
        assert [(*rest, tokens.split()) for *rest, tokens in counted] == [
            (*rest, [token for token in facets.split() if not token.startswith(TITLE)])
            for *rest, facets in cursor.fetchall()
        ]
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO papers_search(papers_search) VALUES ('integrity-check')")
            kept = _indexed(cursor)
            engine(connection).rebuild(connection)
            assert kept == _indexed(cursor)
        else:
            cursor.execute(
                "SELECT count(*) FROM papers_paper AS paper FULL JOIN papers_search AS row ON rowid = position "
                "WHERE papers_search IS DISTINCT FROM CASE WHEN NOT hidden THEN papers_tsvector(paper) END"
            )
            assert cursor.fetchone() == (0,)


def _indexed(cursor: Any) -> list[Any]:
    """Every word in SQLite's index, and where it stands."""
    cursor.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, papers_search, instance)")
    cursor.execute("SELECT * FROM words ORDER BY term, doc, col, offset")
    words = list(cursor.fetchall())
    cursor.execute("DROP TABLE words")
    return words


def snapshot(*models: Any) -> str:
    """Every row of these tables, to compare before and after."""
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return json.dumps(rows, default=repr, sort_keys=True)


def queries(act: Callable[[], object]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@contextmanager
def rebuilt_table() -> Iterator[None]:
    """With the papers' table altered, which SQLite does by making it anew, and migrated after that."""
    venue = Paper._meta.get_field("venue")
    altered = TextField(default="nowhere")
    altered.set_attributes_from_name("venue")
    try:
        _alter(venue, altered)
        yield
    finally:
        _alter(altered, venue)


def _alter(old: Any, new: Any) -> None:
    with connection.schema_editor() as editor:
        editor.alter_field(Paper, old, new)
    call_command("migrate", verbosity=0)
