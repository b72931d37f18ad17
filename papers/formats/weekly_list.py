"""Weekly lists in Markdown: below a heading `Top Papers of the Week (March 3 - March 9)` a table or list of papers.

One file holds the weeks of a year or of several, each a digest. What is said of a paper is its editor's note. Where a
week's year is left out, its neighbours and the years in other headings tell it.
"""

import re
from collections import Counter

from .document import Document
from .parts.links import links, sorted_out
from .parts.markdown_lines import Heading, Item, Row, parts
from .parts.paper_rows import breaks_off, columns, split
from .parts.phrases import LINK, numberless, prose, unwrapped
from .parts.sections import inline
from .parts.week_dates import Day, end_of, with_years, years
from .record import DigestRecord, Found, PaperRecord, Reading, Unreadable, entry

TITLE = "Weekly list"

_HEADING = re.compile(r"^ {0,3}#{1,6}\s(.*)$", re.MULTILINE)
_WEEK = re.compile(r"[\s*_]*(?:top\s)?\s*(?P<name>[^()\n]{0,60}\bof the week)\b(?P<when>.*)", re.IGNORECASE)
_MARKER = re.compile(r"\A\s*(?:[-*+•]|\d{1,4}[.)])\s+")
_ADDRESS = re.compile(r"<?https?://")
_BEFORE_LINK = re.compile(r"[\s*_-]{0,9}\b(?:paper|link|pdf|arxiv)\b[\s*_]{0,9}:[\s*_]{0,9}$", re.IGNORECASE)
_BOLD = re.compile(r"(\*{2,4}|__)(?P<title>.+?)\1", re.DOTALL)
_LONGEST_TITLE = 250
#: What parts a title that is not set in bold from the text, the surest first, and how far it may be from the beginning.
_DIVIDERS = (
    (re.compile(r"\s*<br\s*/?>|\s{2,}|\s*\n"), 160),
    (re.compile(r"\s+[-–—]\s+|\s*<br"), _LONGEST_TITLE),
)


def recognise(document: Document) -> int:
    return 95 if any(_week(heading[1]) for heading in _HEADING.finditer(document.head)) else 0


def read(document: Document) -> Reading:
    weeks = _weeks(document)
    digest = DigestRecord()
    level = 0
    shape = ""
    places: Counter[DigestRecord] = Counter()
    for part in parts(document):
        if isinstance(part, Heading):
            if part.line in weeks or part.level <= level:
                digest, level, shape = weeks.get(part.line, DigestRecord()), part.level, ""
        elif (digest.date or not weeks) and _shape(part).startswith(shape) and not _is_header(part):
            shape = _shape(part)
            yield _entry(part, digest)._replace(place=document.first_place + places[digest])
            places[digest] += 1


def _weeks(document: Document) -> dict[int, DigestRecord]:
    """The digests in a file, by the lines of their headings."""
    headings = [part for part in parts(document) if isinstance(part, Heading)]
    weeks = [(heading.line, *week) for heading in headings if (week := _week(heading.text))]
    named = {int(year) for heading in headings if not _week(heading.text) for year in years(heading.text)}
    days = with_years([day for _, _, day in weeks], named)
    return {line: DigestRecord(name, day) for (line, name, _), day in zip(weeks, days, strict=True)}


def _week(heading: str) -> tuple[str, Day] | None:
    """Whose week a heading stands above, and when that ended."""
    match = _WEEK.match(heading)
    day = end_of(match["when"]) if match else None
    return (match["name"].strip(), day) if match and day else None


def _shape(part: Row | Item) -> str:
    """What the papers of a week are, all of them; what else stands below them is none."""
    return "row" if isinstance(part, Row) else "numbered item" if part.text.lstrip()[:1].isdigit() else "item"


def _is_header(part: Row | Item) -> bool:
    return isinstance(part, Row) and all(columns(part.text)) and not links(part.text)


def _entry(part: Row | Item, digest: DigestRecord) -> Found | Unreadable:
    said, linking = _cells(part) if isinstance(part, Row) else _halves(part)
    title, note = _parted(numberless(said))
    found = sorted(links(linking), key=lambda link: not link.what.lower().startswith("paper"))
    if isinstance(part, Row) and breaks_off(part.text, linking if found else ""):
        reason = "a row that breaks off: has the file been cut short?"
    elif note and not title:
        reason = "nothing parts its title from the text behind it: set the title in **bold**"
    else:
        fields, pages = sorted_out(found)
        record = PaperRecord(title=inline(unwrapped(title)), note=prose(note), links=pages, **fields)
        return entry(record, 1, part.line, digest, part.text)
    return Unreadable(part.text, part.line, reason, digest=digest)


def _cells(row: Row) -> tuple[str, str]:
    """What a row says, and the links behind that."""
    cells = [cell for cell in split(row.text) if cell and not cell.isdigit()]
    linking = cells[-1] if cells else ""
    return " | ".join(cells[:-1] if len(cells) > 1 and links(linking) else cells), linking


def _halves(item: Item) -> tuple[str, str]:
    """What an item says, and the links behind that; an item that begins with a link is its title."""
    text = _MARKER.sub("", item.text)
    first = LINK.search(text) or _ADDRESS.search(text)
    if not first:
        return text, ""
    said = text[: first.start()].rstrip(" \n([*_-")
    return (_BEFORE_LINK.sub("", said) if said else text), text[first.start() :]


def _parted(text: str) -> tuple[str, str]:
    """A title and the text behind it: the title in bold or as a link, or before two spaces, a break or a dash."""
    if marked := _BOLD.match(text) or LINK.match(text):
        return marked["title"].strip(), text[marked.end() :].lstrip(" *-–—:")
    for divider, longest in _DIVIDERS:
        if (found := divider.search(text, 0, longest)) and ". " not in text[: found.start()]:
            return text[: found.start()], text[found.end() :].lstrip(" -–—")
    return (text.strip("*_ "), "") if len(text) <= _LONGEST_TITLE else ("", text)
