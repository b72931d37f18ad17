"""JSON with papers in it, as crawlers of arXiv and other programs write it: a list of objects, or objects around lists.

The papers may stand under dates and categories, by their ids, or one a line. Fields are known by many names.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ..dates import dated
from .document import Document
from .parts.json_records import JsonRecord, is_lines, records_of
from .parts.paper_fields import folded, has_title, record_of
from .record import LONGEST_PIECE, LONGEST_TAG, DigestRecord, Found, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "JSON list of papers"

_TITLE = re.compile(r'"(?:[\w -]{0,12}title|display_name)"\s*:', re.IGNORECASE)
_OTHERS = re.compile(r'"(?:abstract|summary|authors?|arxiv_?id|pdf_?url|entry_id|doi|published\w*)"\s*:', re.IGNORECASE)
#: How objects around papers call the day of the list.
_DATES = ("digest_date", "date", "reportDate", "report_date", "day")
#: By these an object is a paper, though there is a list of titled things in it.
_OF_A_PAPER = {"abstract", "summary", "authors", "author", "doi", "arxivid", "pdfurl", "entryid"}


def recognise(document: Document) -> int:
    head = document.head.strip()
    if head == "[]":  # what an API answers on a day without papers
        return 45
    if head[:1] not in ("{", "[") or not _TITLE.search(head):
        return 0
    if is_lines(head):
        return 60
    return 50 if _OTHERS.search(head) else 45


def read(document: Document) -> Reading:
    for place, item in enumerate(records_of(document, _is_record), document.first_place):
        yield _read(item, place)


def _is_record(values: Mapping[str, Any]) -> bool:
    if not has_title(values):
        return False
    lists = [value for value in values.values() if isinstance(value, list)]
    holds_others = any(isinstance(each, dict) and has_title(each) for each in (item for one in lists for item in one))
    return not holds_others or any(folded(name) in _OF_A_PAPER for name in values)


def _read(item: JsonRecord, place: int) -> Found | Unreadable:
    piece, digest, flaw = item.text[:LONGEST_PIECE], _digest(item), item.flaw
    try:
        if not flaw and isinstance(item.value, dict):
            return entry(_placed(record_of(_flat(item.value)), item), place, item.line, digest, piece)
    except RecursionError:
        flaw = "nested too deeply"
    return Unreadable(piece, item.line, flaw or "no object with the fields of a paper", place=place, digest=digest)


def _flat(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A paper's fields, with those that it keeps apart as its details."""
    inner = next((value for name, value in values.items() if folded(name) == "details"), None)
    return {**inner, **values} if isinstance(inner, dict) else values


def _placed(record: PaperRecord, item: JsonRecord) -> PaperRecord:
    """The paper with the topic that it stands under, and with what the name says that an object knows it by."""
    is_named = bool(item.path) and item.text.startswith('"')
    by_id = identified(item.path[-1]) if is_named else identified()
    topic = item.around.get("topic") or (item.path[0] if by_id["identifiers"] and len(item.path) > 1 else "")
    if isinstance(topic, str) and 0 < len(topic) <= LONGEST_TAG and not (record.tags or dated(topic)):
        record = msgspec.structs.replace(record, tags=(topic,))
    return msgspec.structs.replace(record, **by_id) if is_named and not record.identifiers else record


def _digest(item: JsonRecord) -> DigestRecord:
    """What the objects around a paper say of its digest."""
    own = item.value.get("scraped_date") if isinstance(item.value, dict) else ""
    said = (str(own or ""), *reversed(item.path), *(str(item.around.get(name) or "") for name in _DATES))
    title = item.around.get("title")
    return DigestRecord(
        date=next(filter(None, map(dated, said)), None),
        title=title if isinstance(title, str) else "",
    )
