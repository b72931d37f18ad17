"""Papers as blocks of labelled lines: `Title:`, `PDF:`, `Summary:`, with a rule between each and the next.

A summary may go on over many lines; it is the abstract, as the Hugging Face pages that such dumps are made of call it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..dates import dated
from .document import Document
from .parts.bibliography import keywords
from .record import LONGEST_PIECE, DigestRecord, PaperRecord, Reading, Unreadable, entry, identified, names

TITLE = "Title, PDF and Summary blocks"

_LABELS = {
    "title": "title",
    "pdf": "url",
    "url": "url",
    "link": "url",
    "arxiv": "url",
    "doi": "url",
    "id": "url",
    "authors": "authors",
    "author": "authors",
    "published": "date",
    "date": "date",
    "summary": "abstract",
    "abstract": "abstract",
    "tags": "tags",
    "keywords": "tags",
    "categories": "tags",
    "upvotes": "votes",
    "votes": "votes",
}
_LABEL = re.compile(rf"(?:\*\*)?({'|'.join(_LABELS)})(?:\*\*)?\s*:(?:\*\*)?(?:\s+|$)", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*")
_MARK = re.compile(
    r"^(?:\*\*)?Title(?:\*\*)?:\s[^\n]*\n(?:\s*\n|\s[^\n]*\n|(?:\*\*)?(?:Authors?|Published|Date|Upvotes|Votes)\b[^\n]*\n){0,9}"
    r"(?:\*\*)?(?:PDF|URL|Link|arXiv)(?:\*\*)?\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_SUMMARY = re.compile(r"^(?:\*\*)?(?:Summary|Abstract)(?:\*\*)?\s*:", re.IGNORECASE | re.MULTILINE)


class _Block(NamedTuple):
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()[:LONGEST_PIECE]


def recognise(document: Document) -> int:
    return 90 if _MARK.search(document.head) and _SUMMARY.search(document.head) else 0


def read(document: Document) -> Reading:
    blocks = list(_blocks(document.text().split("\n")))
    if len(blocks) > 1 and not _fields(blocks[0].lines):
        del blocks[0]  # what stands above the papers
    for place, block in enumerate(blocks, document.first_place):
        fields = _fields(block.lines)
        if reason := _flaw(fields):
            yield Unreadable(block.text, block.line, reason, place=place)
        else:
            yield entry(_record(fields), place, block.line, DigestRecord(), block.text)


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """What stands between the rules; where one is missing, a title begins a block."""
    begins, has_title = 0, False
    for at, line in enumerate([*lines, "---"]):
        label = _LABEL.match(line)
        is_title = bool(label and _LABELS[label[1].lower()] == "title")
        is_rule = bool(_RULE.fullmatch(line))
        if is_rule or (is_title and has_title):
            if any(map(str.strip, lines[begins:at])):
                begins = next(first for first in range(begins, at) if lines[first].strip())
                yield _Block(begins + 1, lines[begins:at])
            begins, has_title = at + is_rule, False
        has_title = has_title or is_title


def _fields(lines: list[str]) -> dict[str, str]:
    """What is behind each label, with the lines below that have none."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        label = _LABEL.match(line)
        if label and (name != "abstract" or _LABELS[label[1].lower()] not in fields):
            name = _LABELS[label[1].lower()]
            fields.setdefault(name, []).append(line[label.end() :])
        elif name:
            fields[name].append(line)
    return {name: "\n".join(texts).strip() for name, texts in fields.items()}


def _flaw(fields: Mapping[str, str]) -> str:
    if not fields:
        return "lines without a label such as “Title:”"
    if not fields.get("title"):
        return "a block without a title"
    return "" if any(text for name, text in fields.items() if name != "title") else "nothing but a title"


def _record(fields: Mapping[str, str]) -> PaperRecord:
    return PaperRecord(
        title=fields["title"],
        abstract=fields.get("abstract", ""),
        authors=names(fields.get("authors", "")),
        published=dated(fields.get("date", "")),
        tags=keywords(fields.get("tags", "")),
        **identified(*fields.get("url", "").split()),
    )
