"""CSL-JSON, what reference managers and Crossref give: a list of items for citation styles."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..dates import PartialDate, dated
from .document import Document
from .parts.bibliography import keywords
from .parts.json_records import JsonRecord, records_of
from .parts.markup import html_tree, text_of
from .record import (
    LONGEST_PIECE,
    DigestRecord,
    Found,
    Identified,
    Link,
    PaperRecord,
    Reading,
    Unreadable,
    entry,
    identified,
)

TITLE = "CSL-JSON"

_MARK = re.compile(r'"(?:date-parts|container-title|citation-key|non-dropping-particle|publisher-place)"\s*:')
_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article-journal|article-newspaper|article-magazine|paper-conference|proceedings-article'
    r'|journal-article|posted-content|chapter|book-chapter|manuscript|speech|entry-encyclopedia|webpage)"'
)
_OF_A_PAPER = ("issued", "author", "DOI", "container-title")
_DATES = ("issued", "published", "published-print", "published-online", "submitted", "event-date")
_MARKUP = re.compile(r"</?(?:jats:\w+|p|i|b|em|strong|sub|sup|sc|span|italic|bold|sec|br)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^(?:abstract|summary)\s*[:.]?\s*\n", re.IGNORECASE)
#: A line of a note that is a field of its own: `Citation Key: author2025`.
_FIELD = re.compile(r"[\w .-]{1,40}:")
_ID_FIELD = re.compile(r"(?:tex\.)?(?:arxiv|doi|pmid|eprint|url)\s*:\s*", re.IGNORECASE)


def recognise(document: Document) -> int:
    head = document.head.lstrip()
    if head[:1] not in ("{", "["):
        return 0
    if _MARK.search(head) and '"title"' in head:
        return 92
    return 88 if _TYPE.search(head) and '"title"' in head else 0


def read(document: Document) -> Reading:
    for place, item in enumerate(records_of(document, _is_record), document.first_place):
        yield _read(item, place)


def _is_record(values: Mapping[str, Any]) -> bool:
    return "title" in values or ("type" in values and any(name in values for name in _OF_A_PAPER))


def _read(item: JsonRecord, place: int) -> Found | Unreadable:
    piece, flaw = item.text[:LONGEST_PIECE], item.flaw
    try:
        if not flaw and isinstance(item.value, dict):
            return entry(_record(item.value), place, item.line, DigestRecord(), piece)
    except RecursionError:
        flaw = "nested too deeply"
    return Unreadable(piece, item.line, flaw or "no item with its fields", place=place)


def _record(values: Mapping[str, Any]) -> PaperRecord:
    title, *others = [*_texts(values.get("title")), ""]
    subtitle = next(_texts(values.get("subtitle")), "")
    note_lines = [line for text in _texts(values.get("note")) for line in text.split("\n")]
    url = next(_texts(values.get("URL")), "")
    ids = _identified(values, note_lines)
    is_page = url.startswith(("http://", "https://")) and not identified(url)["identifiers"]
    return PaperRecord(
        title=f"{title}: {subtitle}" if subtitle and subtitle not in title else title,
        other_titles=tuple(filter(None, (*others, *_texts(values.get("original-title"))))),
        abstract=_HEADING.sub("", "\n".join(_texts(values.get("abstract")))),
        note="\n".join((*filter(_is_words, note_lines), *_texts(values.get("annote")))).strip(),
        authors=tuple(filter(None, map(_name, _list(values.get("author"))))),
        published=next(filter(None, (_date(values.get(name)) for name in _DATES)), None),
        venue=next((text for name in ("container-title", "event-title") for text in _texts(values.get(name))), ""),
        tags=tuple(dict.fromkeys(_tags(values))),
        links=(Link("page", url),) if is_page else (),
        **ids,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> Iterator[str]:
    """The texts that a field has, one or several, without their markup."""
    for each in _list(value):
        if isinstance(each, str | int) and (text := str(each).strip()):
            yield text_of(html_tree(text)) if _MARKUP.search(text) else text


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return " ".join(_texts(author))
    whole = author.get("literal") or author.get("name")
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = _texts(whole) if whole else (text for part in order for text in _texts(author.get(part)))
    return " ".join(" ".join(parts).split())


def _date(value: Any) -> PartialDate | None:
    """The day, month or year; of a range the first."""
    if isinstance(value, dict):
        numbers = next(iter(_list(value.get("date-parts"))), None)
        written = "-".join(str(part) for part in _list(numbers)[:3] if part not in (None, "", 0, "0"))
        texts = (written, *(str(value.get(name) or "") for name in ("raw", "literal", "date-time", "year")))
    else:
        texts = (str(value or ""),)
    return next(filter(None, map(dated, texts)), None)


def _identified(values: Mapping[str, Any], note_lines: list[str]) -> Identified:
    named = ("DOI", "URL", "archive_location", "number", "eprint", "arxiv", "id", "archive_id")
    plain = [text for name in named for text in _texts(values.get(name))]
    pmids = [f"pmid:{text}" for text in _texts(values.get("PMID"))]
    return identified(*plain, *pmids, *(line.strip() for line in note_lines), *map(_named, note_lines))


def _named(line: str) -> str:
    """An id without what says of what it is one."""
    return _ID_FIELD.sub("", line.strip(), count=1)


def _is_words(line: str) -> bool:
    """Whether a line of a note says something, and is no field of its own."""
    return not _FIELD.match(line.strip()) and not identified(line.strip())["identifiers"]


def _tags(values: Mapping[str, Any]) -> Iterator[str]:
    for name in ("keyword", "keywords", "subject", "categories"):
        for text in _texts(values.get(name)):
            yield from keywords(text) if isinstance(values[name], str) else (text,)
