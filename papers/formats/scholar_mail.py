"""A mail of Google Scholar alerts: new papers on a question, by somebody, or that cite somebody."""

import re

from ..dates import PartialDate
from .document import Document, UnreadableFile
from .parts.scholar_pieces import Piece, is_marked, leads_through_scholar, pieces
from .record import LONGEST_PIECE, DigestRecord, Link, PaperRecord, Reading, entry, identified, names

TITLE = "Google Scholar alert mail"

_SOURCE = "Google Scholar alerts"
_SENDER = re.compile(r"scholar(?:alerts|citations)-noreply@google\.com", re.IGNORECASE)
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|转发|回复)\s*[:\N{FULLWIDTH COLON}]\s*)+", re.IGNORECASE)
#: Before a title, what kind of file its address leads to.
_LABELS = re.compile(r"^(?:\[(?:PDF|HTML|B|C|BOOK|CITATION|DOC|PS|TXT)\]\s*)+", re.IGNORECASE)
_ARXIV = re.compile(r"\barXiv:(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\b(?!\s*…)", re.IGNORECASE)
_YEAR = re.compile(r"(?:^|,)\s*((?:1[5-9]|20)\d\d)$")
_CUT = re.compile(r"…|\.\.\.")


def recognise(document: Document) -> int:
    marked, known = is_marked(document.head), leads_through_scholar(document.head)
    if document.mail and _SENDER.search(document.mail.sender):
        return 97 if marked else 80 if known else 60
    return 95 if marked else (60 if document.mail else 30) if known else 0


def read(document: Document) -> Reading:
    found = pieces(document.text())
    if not found:
        raise UnreadableFile("a mail of Google Scholar without papers in it, such as one that confirms an alert")
    digest = _digest(document)
    for place, piece in enumerate(found, document.first_place):
        yield entry(_record(piece), place, piece.line, digest, piece.text[:LONGEST_PIECE])


def _digest(document: Document) -> DigestRecord:
    if not document.mail:
        return DigestRecord(_SOURCE)
    _, subject, date = document.mail
    return DigestRecord(_SOURCE, PartialDate.of(date) if date else None, _FORWARDED.sub("", subject))


def _record(piece: Piece) -> PaperRecord:
    authors, venue, year = _byline(piece.byline)
    found = identified(piece.url, *_ARXIV.findall(venue))
    what = "pdf" if piece.url.lower().endswith(".pdf") else "page"
    return PaperRecord(
        title=_LABELS.sub("", piece.title),
        snippet=piece.snippet,
        authors=names(_CUT.sub(",", authors)),
        published=PartialDate.parse(year),
        venue=venue,
        links=(Link(what, piece.url),) if piece.url and not identified(piece.url)["identifiers"] else (),
        **found,
    )


def _byline(byline: str) -> tuple[str, str, str]:
    """The authors, the venue and the year in a byline, of which any may be missing; a publisher behind is left out."""
    authors, dash, where = byline.partition(" - ")
    if not dash and _YEAR.search(byline):
        authors, where = "", byline
    parts = where.split(" - ")
    of_year = next((place for place, part in enumerate(parts, 1) if _YEAR.search(part)), len(parts))
    where = " - ".join(parts[:of_year])
    year = _YEAR.search(where)
    return authors, where[: year.start()].strip() if year else where, year[1] if year else ""
