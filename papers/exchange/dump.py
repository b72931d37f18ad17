"""Papers on their way out of the library, in the shape that formats write."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet

from ..formats.record import DigestRecord, LibraryPaper, Link, Listing, PaperRecord
from ..ids import Identifier as Name
from ..models import Digest, Entry, Identifier, Paper, PaperTag

_AT_ONCE = 500


def dump(papers: QuerySet[Paper]) -> Iterator[LibraryPaper]:
    """The papers in their order, so many in memory at a time."""
    digest_first = ("digest__date", "digest__source__slug", "digest__date_precision", "place", "fingerprint")
    detailed = papers.prefetch_related(
        Prefetch("entries", Entry.objects.select_related("digest__source").order_by(*digest_first)),
        Prefetch("paper_tags", PaperTag.objects.select_related("tag__alias_of")),
        Prefetch("identifiers", Identifier.objects.order_by("scheme", "value")),
    )
    return map(_library_paper, detailed.iterator(_AT_ONCE))


def _library_paper(paper: Paper) -> LibraryPaper:
    of_kind: Any = {paper.abstract_kind: paper.abstract} if paper.abstract_kind in ("abstract", "snippet") else {}
    record = PaperRecord(
        title=paper.title,
        other_titles=tuple(paper.other_titles),
        authors=tuple(paper.authors),
        identifiers=tuple(Name(row.scheme, row.value) for row in paper.identifiers.all()),
        arxiv_version=paper.arxiv_version,
        published=paper.published_on,
        venue=paper.venue,
        tags=tuple(tag.name for tag in paper.paper_tags.all().tags()),
        links=tuple(Link(*link) for link in paper.links),
        **of_kind,
    )
    by_digest = groupby(paper.entries.all(), attrgetter("digest"))
    return LibraryPaper(paper.key, record, [_listing(digest, list(entries)) for digest, entries in by_digest])


def _listing(digest: Digest, entries: Sequence[Entry]) -> Listing:
    """What a digest says of a paper: at the first of the places where it names it, and with the first of its notes."""
    note = next((entry.found.note for entry in entries if entry.note_html), "")
    return Listing(DigestRecord(digest.source.name, digest.written_date, digest.title), entries[0].place, note)
