"""Topics as JSON: for each topic its papers by their ids, each as a row of a table or an item of a list in Markdown.

Programs make Markdown tables and lists of it: `{"Kettles": {"2503.01234": "|**2025-03-11**|**A title**|…|"}}`. It is
read a member at a time, so that what is broken, or cut off, spoils nothing before or behind it.
"""

import json
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ..dates import PartialDate
from .document import Document, UnreadableFile
from .parts.paper_items import record_of as record_of_item
from .parts.paper_rows import cells, record_of, split
from .record import LONGEST_PIECE, DigestRecord, Found, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Topics as JSON"

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_MARK = re.compile(r'"[^"\\\n]{1,100}"\s*:\s*"(?:\||- \**\d{4}-)')
_BETWEEN = re.compile(r"[\s,{}]*")
_MEMBER = re.compile(rf"({_STRING})\s*:\s*({_STRING}|null|\{{)", re.DOTALL)
#: Where one can go on behind what is broken.
_BEGINNING = re.compile(r'"[^"\\\n]{1,100}"\s{0,9}:\s{0,9}["{n]')
_COLUMNS = ("date", "title", "authors", "link", "code")


def recognise(document: Document) -> int:
    head = document.head
    return 95 if head.lstrip()[:1] == "{" and _MARK.search(head) else 0


def read(document: Document) -> Reading:
    text = document.text()
    if text.lstrip()[:1] != "{":
        raise UnreadableFile("no JSON object with topics in it")
    topic = ""
    place = document.first_place
    for name, value, piece, line in _members(text):
        if value == "{":
            topic = _string(name)
        else:
            whole = f"{{{json.dumps(topic, ensure_ascii=False)}: {{\n{piece}\n}}}}"
            yield _entry(_string(name), _string(value), topic, line, whole)._replace(place=place)
            place += 1


def _members(text: str) -> Iterator[tuple[str, str, str, int]]:
    """The name and the value of each member of the object and of those in it, its text and its line; of what is no
    member only the text."""
    line, at = 1, 0
    while (begin := _past(_BETWEEN, text, at)) < len(text):
        line += text.count("\n", at, begin)
        if member := _MEMBER.match(text, begin):
            at = member.end()
            yield member[1], member[2], member[0], line
        else:
            following = _BEGINNING.search(text, begin + 1)
            at = following.start() if following else len(text)
            yield "", "", text[begin:at].strip(" \n,")[:LONGEST_PIECE], line
        line += text.count("\n", begin, at)


def _entry(name: str, said: str, topic: str, line: int, text: str) -> Found | Unreadable:
    record = _record(said, [topic] if topic and not PartialDate.parse(topic) else [])
    if record is None:
        reason = f"neither a row of a table nor an item of a list stands behind “{name[:40]}”" if name else "no JSON"
        return Unreadable(text, line, reason)
    if not record.identifiers:
        record = replace(record, **identified(name))
    return entry(record, 1, line, DigestRecord(), text)


def _record(said: str, tags: Sequence[str]) -> PaperRecord | None:
    said = said.strip()
    if said.startswith("|"):
        parts = split(said)
        is_title_whole = len(parts) > len(_COLUMNS) and parts[1].endswith("**")
        columns = (*_COLUMNS, "note") if is_title_whole else _COLUMNS
        return record_of(cells(said, columns), columns, tags)
    return record_of_item(said, tags) if said.startswith(("- ", "* ")) else None


def _string(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return ""


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
