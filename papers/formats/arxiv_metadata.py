"""The metadata of arXiv as it is offered for research: JSON Lines, a paper a line, millions of them."""

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

import msgspec

from ..dates import PartialDate
from ..text import storable
from .document import LONGEST_LINE, Document, Line
from .parts.lost_digits import with_lost_digits
from .record import LONGEST_PIECE, DigestRecord, Found, PaperRecord, Reading, Unreadable, entry, identified, names

TITLE = "arXiv metadata snapshot"

_MARK = re.compile(r'"(?:authors_parsed|update_date|journal-ref|report-no|versions)"\s*:')
_SPACES = re.compile(r"\s+")


class _Version(msgspec.Struct):
    version: str = ""
    created: str = ""


class _Values(msgspec.Struct, rename={"journal_ref": "journal-ref"}):
    """A line of the snapshot, as far as it is read."""

    id: str | int | float | None = None
    title: str | None = None
    abstract: str | None = None
    authors: str | None = None
    authors_parsed: list[list[str | None]] | None = None
    categories: str | list[str] | None = None
    journal_ref: str | None = None
    doi: str | None = None
    versions: list[_Version] | None = None
    update_date: str | None = None


_DECODER = msgspec.json.Decoder(_Values)


def recognise(document: Document) -> int:
    lines = [line for line in document.head.split("\n") if line.strip()][:5]
    if not lines or not lines[0].lstrip().startswith("{"):
        return 0
    return 96 if any(len(set(_MARK.findall(line))) >= 3 for line in lines) else 0


def read(document: Document) -> Reading:
    place = document.first_place - 1
    for line in document.lines():
        if storable(line.text).strip():
            place += 1
            yield _read(line, place)


def _read(line: Line, place: int) -> Found | Unreadable:
    piece = line.text[:LONGEST_PIECE]
    if not line.whole:
        return Unreadable(piece, line.number, f"the line is longer than {LONGEST_LINE:,} characters", place=place)
    try:
        values = _DECODER.decode(line.text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        return Unreadable(piece, line.number, f"no line of arXiv's metadata: {error}", place=place)
    return entry(_record(values), place, line.number, DigestRecord(), piece)


def _record(values: _Values) -> PaperRecord:
    categories = values.categories or ()
    number = with_lost_digits(str(values.id or "").strip())
    identifiers = identified(number, *re.split(r"\s+", values.doi or ""))
    versions = [int(digits) for each in values.versions or () if (digits := each.version.removeprefix("v")).isdecimal()]
    version = max(versions, default=0) or identifiers["arxiv_version"]
    is_of_arxiv = any(identifier.scheme == "arxiv" for identifier in identifiers["identifiers"])
    return PaperRecord(
        title=_SPACES.sub(" ", values.title or "").strip(),
        abstract=(values.abstract or "").strip(),
        authors=_authors(values),
        identifiers=identifiers["identifiers"],
        arxiv_version=version if is_of_arxiv else None,
        published=_published(values),
        venue=_SPACES.sub(" ", values.journal_ref or "").strip(),
        tags=tuple(dict.fromkeys(categories.split() if isinstance(categories, str) else categories)),
    )


def _authors(values: _Values) -> tuple[str, ...]:
    """Their names: parsed ones are surname, given names and what stands behind them, such as `Jr`."""
    parsed = (_name(parts) for parts in values.authors_parsed or ())
    return tuple(filter(None, parsed)) or names(values.authors or "")


def _name(parts: Sequence[str | None]) -> str:
    surname, given, behind = ((part or "").strip() for part in (*parts, "", "", "")[:3])
    return " ".join(filter(None, (given, surname, behind)))


def _published(values: _Values) -> PartialDate | None:
    """The day of the first version."""
    for version in values.versions or ():
        try:
            return PartialDate.of(parsedate_to_datetime(version.created).date())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
