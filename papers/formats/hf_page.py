"""A Hugging Face papers page saved as text: a title, its abstract, the next title, its abstract …

Nothing but alternation tells a title from an abstract; how long they are only confirms it. The page's head carries
the day without its year (`Mar 11`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..dates import DayOfYear, PartialDate, written_date
from .document import Document
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry

TITLE = "Hugging Face papers page"

_SOURCE = "Hugging Face daily papers"
_MARK = r"get trending papers in your email inbox[!.]?|by\s?\S+ and the research community"
_MARKED = re.compile(rf"^\W*(?:{_MARK})\s*$", re.IGNORECASE | re.MULTILINE)
_FURNITURE = re.compile(
    r"new|subscribe|daily papers|trending papers?|papers|submitted by|view all|upvote|\d[\d,.]*k?"
    rf"|[·\s]*\d+ authors?|·|{_MARK}",
    re.IGNORECASE,
)
#: What stands at the ends of a line and cannot be seen.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_LONGEST_TITLE = 300
_SHORTEST_ABSTRACT = 200


class _Block(NamedTuple):
    line: int
    text: str

    @property
    def is_short(self) -> bool:
        return len(self.text) <= _LONGEST_TITLE

    @property
    def is_long(self) -> bool:
        return len(self.text) >= _SHORTEST_ABSTRACT


def recognise(document: Document) -> int:
    head = document.head
    if _MARKED.search(head[:4_000]):
        return 95
    _, blocks = _content(_blocks(head.split("\n")))
    pairs = list(zip(blocks[0::2], blocks[1::2], strict=False))[:4]
    alternates = len(pairs) >= 2 and all(title.is_short and abstract.is_long for title, abstract in pairs)
    return 20 if alternates and not any(title.is_long for title, _ in pairs) else 0


def read(document: Document) -> Reading:
    date, blocks = _content(_blocks(document.text().split("\n")))
    digest = DigestRecord(_SOURCE, date)
    for place, pair in enumerate(_pairs(blocks), document.first_place):
        if isinstance(pair, Unreadable):
            yield pair._replace(place=place, digest=digest)
        else:
            title, abstract = pair
            record = PaperRecord(title=title.text, abstract=abstract.text)
            yield entry(record, place, title.line, digest, f"{title.text}\n\n{abstract.text}")


def _blocks(lines: Sequence[str]) -> list[_Block]:
    """The page's blocks: each line is one where most of the text is in long lines, else what blank lines divide."""
    numbered = [_Block(number, line.strip().strip(_INVISIBLE).strip()) for number, line in enumerate(lines, 1)]
    short = sum(len(line.text) for line in numbered if line.is_short)
    if 2 * short < sum(len(line.text) for line in numbered):
        return [line for line in numbered if line.text]
    wrapped = (list(group) for is_blank, group in groupby(numbered, lambda line: not line.text) if not is_blank)
    return [_Block(group[0].line, " ".join(line.text for line in group)) for group in wrapped]


def _content(blocks: Sequence[_Block]) -> tuple[PartialDate | DayOfYear | None, list[_Block]]:
    """The page's date, and its blocks without its furniture."""
    date = None
    content = []
    for block in blocks:
        if written := written_date(block.text):
            date = date or written
        elif not _FURNITURE.fullmatch(block.text):
            content.append(block)
    return date, content


def _pairs(blocks: Sequence[_Block]) -> Iterator[tuple[_Block, _Block] | Unreadable]:
    rest = list(reversed(blocks))
    while rest:
        title = rest.pop()
        if not title.is_short:
            yield Unreadable(title.text, title.line, "an abstract without a title before it")
        elif not rest:
            yield Unreadable(title.text, title.line, "a title without its abstract: is the page cut off here?")
        elif not rest[-1].is_long and len(rest) > 1 and rest[-2].is_long:
            # Of two short blocks before a long one the second is that one's title.
            yield Unreadable(title.text, title.line, "a title without its abstract", context=rest[-1].text)
        else:
            yield title, rest.pop()
