"""Tables with a paper a row: CSV, and what spreadsheets and databases of literature call so.

The first rows are searched for the header, which must have a column for the title. What cannot be read goes with the
header above it, so that it can be read alone.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .document import LONGEST_LINE, Document, Line, UnreadableFile
from .parts.paper_fields import folded, has_title, is_known, record_of
from .record import LONGEST_PIECE, DigestRecord, Found, Reading, Unreadable, entry

TITLE = "CSV table"

_SEPARATORS = (",", ";", "\t")
#: How far down a header may stand, below what a program says of itself.
_MOST_ABOVE = 10


class _Header(NamedTuple):
    names: tuple[str, ...]
    separator: str
    line: int
    text: str

    @property
    def known(self) -> int:
        return len({folded(name) for name in self.names if is_known(name)})

    @property
    def has_title(self) -> bool:
        return has_title(dict.fromkeys(self.names))


def recognise(document: Document) -> int:
    head = document.head
    if head.lstrip()[:1] in ("{", "[", "<", "@", "|", "#", "%"):
        return 0
    header = _header(head.split("\n"))
    if not header:
        return 0
    if not header.has_title:
        return 25 if header.known > 3 and header.line == 1 else 0
    return 15 if len(header.names) == 1 else 75 if header.known > 2 else 60


def read(document: Document) -> Reading:
    header = _header(document.head.split("\n"))
    if not header or not header.has_title:
        raise UnreadableFile("a table without a column called Title: name the columns in its first row")
    place = document.first_place
    for row in _rows(document, header):
        if not any(map(str.strip, row.cells)) and not row.flaw:
            continue
        yield _read(row, place, header)
        place += 1


def _header(lines: Sequence[str]) -> _Header | None:
    """The row that names the columns: the first that has one for the title, else that which has most that are known."""
    headers = [
        _Header(tuple(cells), separator, number, line)
        for number, line in enumerate(lines[:_MOST_ABOVE], 1)
        for separator in _SEPARATORS
        if any(cells := _cells(line, separator))
    ]
    return max(headers, key=lambda header: (header.has_title, header.known, -header.line), default=None)


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a row on a single line, whatever its quotes are like."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


class _Row(NamedTuple):
    cells: Sequence[str]
    text: str
    line: int
    flaw: str = ""


def _read(row: _Row, place: int, header: _Header) -> Found | Unreadable:
    piece = f"{header.text}\n{row.text}"[:LONGEST_PIECE]
    if row.flaw:
        return Unreadable(piece, row.line, row.flaw, place=place)
    values: dict[str, str] = {}
    for name, cell in zip(header.names, row.cells, strict=False):
        if cell.strip():
            values.setdefault(name, cell)
    return entry(record_of(values), place, row.line, DigestRecord(), piece)


def _rows(document: Document, header: _Header) -> Iterator[_Row]:
    """The rows below the header. A row without an end is told of down to where the next one can be read."""
    lines = _Lines(line for line in document.lines() if line.number > header.line)
    width = len(header.names)
    while row := _next_row(lines, header.separator):
        is_long = len(row.cells) > width and any(row.cells[width:])
        is_short = len(row.cells) < width and len(lines.taken) > 1
        if not (row.flaw or is_long or is_short):
            if tuple(row.cells) != header.names:
                yield row
            continue
        reason = row.flaw or f"it has {len(row.cells)} cells, and the header {width}"
        first, *others = lines.taken
        if not (row.flaw or others):
            yield row._replace(flaw=reason)
            continue
        lines.give_back(1)
        cells = [] if others or first.text.count('"') % 2 else _cells(first.text, header.separator)
        if first.whole and len(cells) == width > 1:
            yield _Row(cells, first.text, first.number)  # quotes within its quotes, as careless programs write them
        else:
            yield _Row((), "\n".join((first.text, *_until_a_row(lines, header))), first.number, reason)


def _until_a_row(lines: "_Lines", header: _Header) -> Iterator[str]:
    """The lines down to the next row with as many cells as the header has."""
    kept = 0
    while row := _next_row(lines, header.separator):
        if not row.flaw and (len(row.cells) == len(header.names) or len(header.names) == 1):
            lines.give_back(0)
            return
        text = lines.taken[0].text
        lines.give_back(1)
        if kept <= LONGEST_PIECE:
            kept += len(text)
            yield text


def _next_row(lines: "_Lines", separator: str) -> _Row | None:
    """The row that begins on the next line, if there is one."""
    lines.begin()
    flaw = ""
    try:
        cells = next(csv.reader(lines, delimiter=separator, strict=True), None)
    except csv.Error as error:
        cells, flaw = [], f"no row of a table: {error}"
    if cells is None or not lines.taken:
        return None
    return _Row(cells, "\n".join(line.text for line in lines.taken), lines.taken[0].number, flaw)


@dataclass
class _Lines:
    """The lines of a table, of which those of the last row can be given back."""

    lines: Iterator[Line]
    taken: list[Line] = field(default_factory=list)
    waiting: deque[Line] = field(default_factory=deque)
    size: int = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.lines)
        self.taken.append(line)
        self.size += len(line.text) + 1
        if not line.whole or self.size > LONGEST_LINE:
            raise csv.Error(f"longer than {LONGEST_LINE:,} characters")
        return f"{line.text}\n"

    def begin(self) -> None:
        """Begin a row."""
        self.taken, self.size = [], 0

    def give_back(self, kept: int) -> None:
        """All but the first so many of the lines that were taken."""
        self.waiting.extendleft(reversed(self.taken[kept:]))
        del self.taken[kept:]
