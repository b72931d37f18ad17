"""Records of tagged lines (`TI  - A title`), as RIS and MEDLINE have them, each with the text it was found as."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..document import Document, Line
from ..record import LONGEST_PIECE, DigestRecord, PaperRecord, Reading, Unreadable, entry

#: How long a record may be (characters).
LONGEST_RECORD = 1_000_000
#: Marks that cannot be seen, which some programs leave at the beginning of a file or of each record.
_UNSEEN = "\ufeff\u200b\u2060"


@dataclass
class TaggedRecord:
    line: int
    """On which it begins."""
    whole: bool = True
    """Whether all of it was read."""
    tags: set[str] = field(default_factory=set)
    _lines: list[str] = field(default_factory=list)
    _fields: list[tuple[str, list[str]]] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self._lines)[:LONGEST_PIECE].rstrip()

    def all(self, *tags: str) -> list[str]:
        """What stands behind any of these tags, in order; a value may be of several lines."""
        values = ("\n".join(lines).strip() for tag, lines in self._fields if tag in tags)
        return list(filter(None, values))

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one."""
        return next((value for tag in tags for value in self.all(tag)), "")

    def add(self, line: Line, text: str, tag: str, value: str) -> None:
        """A line with its tag; without one it goes on from the line above it."""
        self._length += len(text) + 1
        self.whole = self.whole and line.whole and self._length <= LONGEST_RECORD
        if not self.whole and self._lines:
            return
        self._lines.append(text)
        if tag:
            self.tags.add(tag)
            self._fields.append((tag, [value.strip()]))
        else:
            self._fields[-1][1].append(value.strip())


def records(
    document: Document,
    tagged: re.Pattern[str],
    begins: Callable[[TaggedRecord, str, bool], bool],
    last: str = "",
) -> Iterator[TaggedRecord]:
    """The records of a file whose lines bear a tag where `tagged` matches: its first group, and the value behind it.

    `begins` says of a record so far, a tag, and whether a blank line stands above it, whether it begins the next one; a
    line tagged `last` ends one. What stands between an end and the next tag is of no record.
    """
    record: TaggedRecord | None = None
    is_below_blank = False
    for line in document.lines():
        text = line.text.strip(_UNSEEN) if line.number == 1 or not record else line.text
        match = tagged.match(text)
        tag, value = (match[1], match[2] or "") if match else ("", text)
        if record and tag and begins(record, tag, is_below_blank):
            yield record
            record = None
        is_below_blank = not text.strip()
        if tag and tag != last and not record:
            record = TaggedRecord(line.number)
        if record:
            record.add(line, text, tag, value)
        if record and tag and tag == last:
            yield record
            record = None
    if record:
        yield record


def entries(
    found: Iterable[TaggedRecord], first_place: int, title_tags: str, paper: Callable[[TaggedRecord], PaperRecord]
) -> Reading:
    """What the records say of papers, by `paper`; those without a title are told to lack it in `title_tags`."""
    for place, record in enumerate(found, first_place):
        reason = ""
        if not record.whole:
            reason = f"a record of more than {LONGEST_RECORD:,} characters"
        elif not (said := paper(record)).title:
            reason = f"a record without a title ({title_tags})"
        if reason:
            yield Unreadable(record.text, record.line, reason, place=place)
        else:
            yield entry(said, place, record.line, DigestRecord(), record.text)
