"""arXiv's page of a paper, copied as text: its fields under their names, or in their order where these were not copied.

What stands around them, the searches and links of the page, says nothing. Several pages may follow each other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..dates import PartialDate, dated
from .document import Document
from .parts.brackets import without_brackets
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry, identified, names

TITLE = "arXiv abstract page, copied as text"

#: What a line may begin with where the page was clipped as Markdown.
_MARKS = r"[ \t#*>]*"
_SUBMITTED = re.compile(rf"{_MARKS}\[Submitted on (.*)", re.IGNORECASE)
_CITE_AS = re.compile(rf"{_MARKS}cite as\s*:\W*arXiv:", re.IGNORECASE)
#: What stands right above the day of a paper: its field, its id.
_ABOVE = re.compile(rf"{_MARKS}(?:[A-Z][\w ,-]+ > [\w ,-]+|arXiv:\S+ \([\w.-]+\))\s*")
_MARKUP = re.compile(r"<(?:!doctype|html|head|meta|body|div|span)\b", re.IGNORECASE)
_FIELD = re.compile(
    rf"{_MARKS}(?:View PDF\s*(?:HTML \(experimental\)\s*)?|HTML \(experimental\)\s*)?"
    r"(?P<name>title|author|abstract|comment|subject|cite as|journal reference|related doi|report number"
    r"|acm classe|msc classe)s?\s*:[\s*]*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
#: Lines between the fields, which are of none …
_BETWEEN = re.compile(
    rf"{_MARKS}\[?(?:view (?:a )?pdf|html \(experimental\)|tex source|other formats|focus to learn more)", re.IGNORECASE
)
#: … and behind them.
_BEHIND = re.compile(rf"{_MARKS}(?:submission history|from: .*view email|\[v\d+\] )", re.IGNORECASE)
_ID = re.compile(r"arXiv:[^\s()\[\]]+", re.IGNORECASE)
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_FAR_ABOVE = 6


class _Page(NamedTuple):
    """The lines of one paper's page."""

    line: int
    lines: Sequence[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def recognise(document: Document) -> int:
    lines = document.head.split("\n")
    if not any(_SUBMITTED.match(line) or _CITE_AS.match(line) for line in lines) or _MARKUP.search(document.head):
        return 0
    return 92 if any(map(_FIELD.match, lines)) else 60


def read(document: Document) -> Reading:
    for place, page in enumerate(_pages(document.text()), document.first_place):
        record = _record(page.lines)
        if reason := _flaw(record):
            yield Unreadable(page.text, page.line, reason, place=place)
        else:
            yield entry(record, place, page.line, DigestRecord(), page.text)


def _flaw(record: PaperRecord) -> str:
    advice = "copy the page from its title down to “Cite as”"
    if not record.title.strip():
        return f"no title in it: {advice}"
    return (
        "" if record.abstract.strip() or record.identifiers else f"neither an abstract nor an arXiv id in it: {advice}"
    )


def _pages(text: str) -> Iterator[_Page]:
    """Each begins with its day and what stands right above that; without days with its title; else it is all one."""
    lines = text.split("\n")
    starts = [_above(lines, number) for number, line in enumerate(lines) if _SUBMITTED.match(line)]
    if not starts:
        starts = [number for number, line in enumerate(lines) if _name(line) == "title"]
    if not starts:
        starts = [number for number, line in enumerate(lines) if line.strip()][:1]
    for start, end in pairwise([*starts, len(lines)]):
        yield _Page(start + 1, lines[start:end])


def _above(lines: Sequence[str], number: int) -> int:
    """Where a page begins whose day stands in this line."""
    start = number
    for above in range(number - 1, max(number - _FAR_ABOVE, -1), -1):
        if _ABOVE.fullmatch(lines[above]):
            start = above
        elif lines[above].strip():
            break
    return start


def _name(line: str) -> str:
    """Of the field that begins in a line, if one does."""
    field = _FIELD.match(line)
    return field["name"].lower() if field else ""


def _record(lines: Sequence[str]) -> PaperRecord:
    fields = _fields(lines)
    ids = _ID.findall("\n".join([*filter(_ABOVE.fullmatch, lines[:_FAR_ABOVE]), fields.get("cite as", "")]))
    return PaperRecord(
        title=fields.get("title", ""),
        abstract=fields.get("abstract", ""),
        authors=names(without_brackets(fields.get("author", ""))),
        published=_submitted(lines),
        venue=fields.get("journal reference", ""),
        tags=tuple(dict.fromkeys(_SUBJECT.findall(fields.get("subject", "")))),
        **identified(*ids, fields.get("related doi", "")),
    )


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """What stands under each name. Title, authors and abstract without their names stand in this order."""
    found: dict[str, list[str]] = {}
    nameless: list[str] = []
    current = nameless
    for line in lines:
        if field := _FIELD.match(line):
            current = found.setdefault(field["name"].lower(), [])
            current.append(field["text"].strip())
        elif _BEHIND.match(line):
            break
        elif _SUBMITTED.match(line) or _ABOVE.fullmatch(line) or _BETWEEN.match(line):
            current = nameless
        elif line.strip() or current is not nameless:
            current.append(line.strip())
    for name in ("title", "author"):
        if name not in found and nameless:
            found[name] = [nameless.pop(0).strip("#* ")]
    found.setdefault("abstract", nameless)
    return {name: "\n".join(texts).strip() for name, texts in found.items()}


def _submitted(lines: Sequence[str]) -> PartialDate | None:
    """When the first version was."""
    days = (dated(match[1]) for line in lines if (match := _SUBMITTED.match(line)))
    return next(filter(None, days), None)
