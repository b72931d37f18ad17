"""Hugging Face's daily papers as its API gives them in JSON, and archives of them.

Each item is a paper on a day's list, with the paper in it as `paper`; or that paper alone. They stand in a list, on a
line each, alone, or in an object that knows lists by their days.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..dates import PartialDate
from ..ids import title_key
from .document import Document
from .parts.json_items import Item, items
from .record import LONGEST_PIECE, DigestRecord, Link, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Hugging Face daily papers JSON"

SOURCE = "Hugging Face daily papers"
#: How its objects begin, whose authors may fill a head; and names that no others have together.
_BEGINNING = re.compile(r'"paper"\s*:\s*\{\s*"(?:id|authors|title)"\s*:|"authors"\s*:\s*\[\s*\{\s*"_id"\s*:')
_NAMES = re.compile(
    r'"(?:submittedOnDailyAt|submittedOnDailyBy|discussionId|ai_keywords|ai_summary|upvotes|hidden)"\s*:'
)
_PUBLISHED = re.compile(r'"publishedAt"\s*:')
_LINKS = (("code", "githubRepo"), ("project", "projectPage"))
_NAME = re.compile(r'"(?:[^"\\]|\\.)*"\s*:\s*')
_NAMES_OF_DAY = {"date", "day"}
#: Where a time such as `2025-03-11T17:58:59.000Z` has its minutes.
_MINUTES = 13
_DEEPEST = 4

type Dated = tuple[Item | Unreadable, PartialDate | None]


def recognise(document: Document) -> int:
    head = document.head
    if head.lstrip()[:1] not in ("[", "{"):
        return 0
    return 95 if _BEGINNING.search(head) or (_NAMES.search(head) and _PUBLISHED.search(head)) else 0


def read(document: Document) -> Reading:
    return entries(_items(document), document.first_place)


def entries(found: Iterable[Dated], first_place: int, page_day: PartialDate | None = None) -> Reading:
    """What the papers say, each on its day's list; all on the day of the page they are on, where it says one."""
    for place, (item, day) in enumerate(found, first_place):
        value = item.value if isinstance(item, Item) and isinstance(item.value, dict) else {}
        digest = DigestRecord(SOURCE, page_day or _day(value) or day)
        if isinstance(item, Unreadable):
            yield item._replace(place=place, digest=digest)
        elif reason := _flaw(item.value):
            yield Unreadable(item.text[:LONGEST_PIECE], item.line, reason, place=place, digest=digest)
        else:
            yield entry(_record(item.value), place, item.line, digest, item.text[:LONGEST_PIECE])


def _items(document: Document) -> Iterator[Dated]:
    """The papers, each with the day of the list that it is on, as far as that is known by it."""
    first = next((line.text for line in document.lines() if line.text.strip()), "")
    if first.lstrip().startswith("{") and first.rstrip().endswith("}"):
        for line in document.lines():
            yield from within(f"[{line.text}]", first_line=line.number)
    else:
        text = document.text()
        yield from within(text if text.lstrip().startswith("[") else f"[{text}]")


def within(text: str, day: PartialDate | None = None, first_line: int = 1, depth: int = 0) -> Iterator[Dated]:
    """The papers in a list or object, and in the lists within it."""
    for found in items(text):
        item = found._replace(line=found.line + first_line - 1)
        if isinstance(item, Unreadable):
            yield item, day
        elif depth < _DEEPEST and _holds_papers(item.value):
            begin = _NAME.match(item.text)
            inner = item.text[begin.end() :] if begin else item.text
            before = item.text[: len(item.text) - len(inner)].count("\n")
            yield from within(inner, _date(item.name) or day, item.line + before, depth + 1)
        elif not item.name:
            yield item, day
        elif item.name.lower() in _NAMES_OF_DAY:
            day = _date(item.value) or day


def _holds_papers(value: Any) -> bool:
    if isinstance(value, dict):
        return not {"paper", "title", "id"} & value.keys() and any(isinstance(each, list) for each in value.values())
    return isinstance(value, list)


def _flaw(value: Any) -> str:
    if not isinstance(value, dict):
        return "not an object with a paper in it"
    return "" if _title(value) else "a paper without a title"


def _title(value: dict[str, Any]) -> str:
    return _text(_paper(value), "title") or _text(value, "title")


def _record(value: dict[str, Any]) -> PaperRecord:
    paper = _paper(value)
    title, outer = _title(value), _text(value, "title")
    return PaperRecord(
        title=title,
        other_titles=(outer,) if outer and title_key(outer) != title_key(title) else (),
        abstract=_text(paper, "summary") or _text(value, "summary"),
        note=_text(paper, "ai_summary"),
        authors=tuple(_authors(paper.get("authors"))),
        published=_date(paper.get("publishedAt")),
        tags=_texts(paper.get("ai_keywords")),
        links=tuple(Link(what, url) for what, name in _LINKS if (url := _text(paper, name))),
        **identified(_text(paper, "id") or _text(paper, "arxiv_id")),
    )


def _paper(value: dict[str, Any]) -> dict[str, Any]:
    paper = value.get("paper")
    return paper if isinstance(paper, dict) else value


def _authors(authors: Any) -> Iterator[str]:
    """The names that are not hidden; an author's `user` is an account, which may be anybody's."""
    for author in authors if isinstance(authors, list) else []:
        if isinstance(author, dict) and not author.get("hidden"):
            name = _text(author, "name")
        else:
            name = author.strip() if isinstance(author, str) else ""
        if name:
            yield name


def _day(value: dict[str, Any]) -> PartialDate | None:
    """The day on which it was on the list.

    Where `submittedOnDailyAt` says it, the outer `publishedAt` is the inner one in another time zone.
    """
    paper = _paper(value)
    day = _date(paper.get("submittedOnDailyAt")) or _date(value.get("submittedOnDailyAt"))
    outer, inner = _text(value, "publishedAt"), _text(paper, "publishedAt")
    return day or (None if outer[_MINUTES:] == inner[_MINUTES:] else _date(outer))


def _date(value: Any) -> PartialDate | None:
    return PartialDate.parse(value) if isinstance(value, str) else None


def _text(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    return text.strip() if isinstance(text, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    texts = (text.strip() for text in value if isinstance(text, str)) if isinstance(value, list) else ()
    return tuple(dict.fromkeys(filter(None, texts)))
