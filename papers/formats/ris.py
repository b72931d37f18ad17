"""RIS, which nearly every bibliographic database and reference manager writes.

Tags are used in more ways than they are defined: a title is in `TI`, `T1`, `CT` or `BT`, an abstract in `AB` or `N2`, a
DOI wherever there was room.
"""

import re

from .document import Document
from .parts.bibliography import addresses, arxiv_mentions, keywords, links, people, published, text
from .parts.tagged_lines import TaggedRecord, entries, records
from .record import Identified, PaperRecord, Reading, identified

TITLE = "RIS"

_TAGGED = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])(?:  |[ ]?\t)-(?!-)[ \t]?(.*)", re.DOTALL)
#: As some write it by hand: with one space, or none.
_LOOSELY_TAGGED = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{0,4}-(?!-)[ \t]?(.*)", re.DOTALL)
_TYPE = re.compile(r"^\W{0,3}(TY[ \t]{0,4}-)[ \t]*[A-Z]*", re.MULTILINE)
_OTHERS = re.compile(r"^[ \t]{0,3}(?:T[I1]|A[U1]|ER|PY|Y1|JO|JF|T2|UR|DO|ID|N1)[ \t]{0,4}-", re.MULTILINE)
_END = re.compile(r"^[ \t]{0,3}ER  -", re.MULTILINE)
_DOI = re.compile(r"\s*(?:doi\b|10\.\d{4,9}/\S+\s*$)", re.IGNORECASE)
#: What Ovid writes behind the end of a record: the journal's short name.
_BEHIND_END = {"NL"}


def recognise(document: Document) -> int:
    head = document.head
    if _TYPE.search(head):
        return 95 if _OTHERS.search(head) else 60
    return 60 if _END.search(head) and _OTHERS.search(head) else 0


def read(document: Document) -> Reading:
    first = _TYPE.search(document.head)
    tagged = _TAGGED if not first or _TAGGED.match(first[1]) else _LOOSELY_TAGGED
    found = (record for record in records(document, tagged, _begins, last="ER") if record.tags != _BEHIND_END)
    return entries(found, document.first_place, "TI, T1, CT or BT", _record)


def _begins(record: TaggedRecord, tag: str, is_below_blank: bool) -> bool:
    """A type begins a record, whether the last one has ended or not; of several in a row the last holds."""
    return tag == "TY" and record.tags != {"TY"}


def _title(record: TaggedRecord) -> str:
    return text(record.first("TI", "T1", "CT", "BT"))


def _record(record: TaggedRecord) -> PaperRecord:
    urls = addresses(*record.all("UR", "LK"))
    pdfs = addresses(*record.all("L1"))
    title = _title(record)
    venues = ("JF", "T2", "JO", "BT", "JA", "J2", *(["PB"] if record.first("TY") == "THES" else []))
    return PaperRecord(
        title=title,
        abstract=text(record.first("AB", "N2")),
        authors=people(*record.all("AU", "A1")),
        published=published(*record.all("PY"), *record.all("Y1"), *record.all("DA")),
        venue=next((venue for tag in venues if (venue := text(record.first(tag))) and venue != title), ""),
        tags=keywords(*record.all("KW")),
        links=(*links("page", urls), *links("pdf", pdfs)),
        **_identified(record, [*urls, *pdfs, *addresses(*record.all("L2"))]),
    )


def _identified(record: TaggedRecord, urls: list[str]) -> Identified:
    said = [value for value in record.all("M3", "L3", "N1", "C7", "ID") if _DOI.match(value)]
    is_of_pubmed = re.search("pubmed|medline|nlm", " ".join(record.all("DB", "DP")), re.IGNORECASE)
    pmids = [f"pmid:{value}" for value in record.all("AN") if is_of_pubmed and value.isdecimal()]
    mentioned = arxiv_mentions(*record.all("JO", "JF", "T2", "N1", "M1", "M3", "AN", "PB", "VL"))
    return identified(*record.all("DO", "DI"), *said, *pmids, *mentioned, *urls)
