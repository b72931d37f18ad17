"""JSON Lines, one paper a line: Lectern's own interchange form, which it writes and reads back.

A line is an object with the keys of `PaperValues`; only `title` must be there, and unknown keys are passed over.
Identifiers are taken in any spelling, dates as `2025-03-11`, `2025-03` or `2025`. `digests` lists the digests that
named the paper; for a single one its keys may stand beside the paper's (`source`, `digest_date`, `place`).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from typing import Any

import msgspec

from ..dates import PartialDate, written_date
from ..ids import Identifier
from ..text import storable
from .document import LONGEST_LINE, Document, Line
from .parts.json_records import is_lines
from .parts.paper_fields import is_known
from .parts.paper_values import AuthorValues, DigestValues, PaperValues
from .record import (
    LONGEST_PIECE,
    DigestRecord,
    Found,
    Identified,
    LibraryPaper,
    Link,
    Listing,
    PaperRecord,
    Reading,
    Unreadable,
    flaw,
    identified,
    names,
)

TITLE = "JSON Lines"

_FIELDS = PaperValues.__struct_fields__


def recognise(document: Document) -> int:
    head = document.head
    lines = list(filter(str.strip, head.split("\n")))
    if not lines or not lines[0].lstrip().startswith("{"):
        return 0
    if len(lines) == 1:
        return max(30, _surety(lines[0]))  # it may be broken, or longer than a head
    surety = max(map(_surety, lines[:20]))
    return surety if is_lines(head) else min(surety, 40)


def _surety(line: str) -> int:
    try:
        names = msgspec.json.decode(line, type=dict)
    except (msgspec.DecodeError, RecursionError):
        return 0
    others = [name for name in names if name not in _FIELDS]
    if any(map(is_known, others)) or any(_are_papers(names[name]) for name in others):
        return 40  # of another program, which says more than is read here
    return 90 if "title" in names else 40


def _are_papers(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) and "title" in each for each in value)


def read(document: Document) -> Reading:
    place = document.first_place - 1
    for line in document.lines():
        if not line.text.strip():
            continue
        place += 1
        try:
            yield from _entries(line, place)
        except _Misread as error:
            yield Unreadable(line.text[:LONGEST_PIECE], line.number, str(error), place=place)


def write(papers: Iterable[LibraryPaper]) -> Iterator[str]:
    for paper in papers:
        yield msgspec.json.encode(_line(paper)).decode() + "\n"


class _Misread(Exception):
    """Why a line is not a paper."""


def _entries(line: Line, place: int) -> list[Found]:
    if not line.whole:
        raise _Misread(f"the line is longer than {LONGEST_LINE:,} characters")
    try:
        values = msgspec.json.decode(line.text, type=PaperValues)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _Misread(str(error)) from None
    if not values.title.strip():
        raise _Misread("the title is empty")
    record = _record(values)
    alone = DigestValues(values.source, values.digest_date, values.digest_title, values.place, values.note)
    found = [
        Found(
            msgspec.structs.replace(record, note=digest.note) if digest.note else record,
            digest.place if digest.place and 0 < digest.place < 2**31 else place,
            line.number,
            DigestRecord(digest.source or "", _date(digest.date), digest.title or ""),
        )
        for digest in values.digests or [alone]
    ]
    if reason := next(filter(None, (flaw(each.record) for each in found)), ""):
        raise _Misread(reason)
    return found


def _record(values: PaperValues) -> PaperRecord:
    authors = names(values.authors) if isinstance(values.authors, str) else values.authors or ()
    categories = values.categories.split() if isinstance(values.categories, str) else values.categories or ()
    return PaperRecord(
        title=values.title,
        other_titles=tuple(values.other_titles or ()),
        abstract=values.abstract or "",
        snippet=values.snippet or "",
        authors=tuple(author.name if isinstance(author, AuthorValues) else author for author in authors),
        published=_date(values.published or values.date or str(values.year or "")),
        venue=values.venue or "",
        tags=tuple(dict.fromkeys((*(values.tags or ()), *categories))),
        links=tuple(starmap(Link, _pairs(values.links))),
        **_identified(values),
    )


def _identified(values: PaperValues) -> Identified:
    named = [("arxiv", values.arxiv_id or ""), ("doi", values.doi or ""), *_pairs(values.identifiers)]
    formed = [str(values.id or ""), values.url or ""]
    others = []
    for scheme, text in ((storable(scheme).strip().lower(), text.strip()) for scheme, text in named):
        if not scheme or not text:
            continue
        found = identified(storable(text))["identifiers"]
        if scheme in ("arxiv", "doi"):
            if not found:
                raise _Misread(f"“{text[:40]}” is no {scheme} identifier")
            formed.append(text)
        else:
            others.append(next((each for each in found if each.scheme == scheme), Identifier(scheme, text)))
    by_form = identified(*formed)
    return {**by_form, "identifiers": tuple(sorted({*by_form["identifiers"], *others}))}


def _pairs(named: Mapping[str, str | list[str]] | None) -> Iterator[tuple[str, str]]:
    """The pairs of an object whose values may be lists."""
    for name, values in (named or {}).items():
        yield from ((name, value) for value in (values if isinstance(values, list) else [values]))


def _date(text: str | None) -> PartialDate | None:
    if not text or not text.strip():
        return None
    if not isinstance(date := written_date(text), PartialDate):
        raise _Misread(f"“{text[:40]}” is not a date such as 2025-03-11")
    return date


def _line(paper: LibraryPaper) -> PaperValues:
    record = paper.record
    by_scheme = _by_name(record.identifiers)
    arxiv_id, doi = (by_scheme.get(scheme, [""]).pop(0) for scheme in ("arxiv", "doi"))
    return PaperValues(
        key=paper.key,
        title=record.title,
        other_titles=list(record.other_titles) or None,
        abstract=record.abstract or None,
        snippet=record.snippet or None,
        authors=list(record.authors) or None,
        arxiv_id=f"{arxiv_id}v{record.arxiv_version}" if record.arxiv_version else arxiv_id or None,
        doi=doi or None,
        identifiers={scheme: values for scheme, values in by_scheme.items() if values} or None,
        published=str(record.published) if record.published else None,
        venue=record.venue or None,
        tags=list(record.tags) or None,
        links={what: urls[0] if len(urls) == 1 else urls for what, urls in _by_name(record.links).items()} or None,
        digests=[_digest(listing) for listing in paper.listings] or None,
    )


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(value)
    return by_name


def _digest(listing: Listing) -> DigestValues:
    digest = listing.digest
    return DigestValues(
        digest.source or None,
        str(digest.date) if digest.date else None,
        digest.title or None,
        listing.place,
        listing.note or None,
    )
