"""A Hugging Face papers page saved as text: a title, its abstract, the next title, its abstract …

Where it was saved without its headings and links, nothing but alternation tells a title from an abstract; how long they
are only confirms it. The page's head carries the day without its year (`Mar 11`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..dates import DayOfYear, PartialDate, written_date
from ..ids import fold
from .document import Document
from .parts import saved_page
from .parts.hf_cards import Card, cards
from .record import DigestRecord, PaperRecord, Reading, Unreadable, entry, identified

TITLE = "Hugging Face papers page"

_SOURCE = "Hugging Face daily papers"
_MARK = r"get trending papers in your email inbox(?: once a day)?[!.]?|by\s?\S+ and the research community"
#: What a link leads to behind which people vote for a paper.
_VOTE = re.compile(r"huggingface\.co/login\?next=%2Fpapers%2F\d")
#: How far down the page's own words may stand, behind its menus (characters).
_MENUS = 10_000
_HTML = re.compile(r"\s*(?:<!--[^>]{0,300}-->\s*)?<(?:!doctype|html|head|body|main)\b", re.IGNORECASE)
_MARKED = re.compile(rf"^[^\w\n]*+(?:{_MARK})\s*$", re.IGNORECASE | re.MULTILINE)
_MENU = (
    r"hugging face|models|datasets|spaces|buckets(?: new)?|community|docs|enterprise|pricing|solutions|website|company"
    r"|log ?in|sign ?up|daily|weekly|monthly|previous|next|search|all|system theme|tos|privacy|about|careers|jobs"
)
_FURNITURE = re.compile(
    rf"new|subscribe|daily papers|trending papers?|papers|view all|(?:upvote\s+)?\d[\d,.]*k?|upvote|{_MENU}"
    rf"|[-*·\s]*\d+ authors?|(?:submitted )?by|submitted by \S+|[-·]|github [\d,.]+k?|arxiv page|{_MARK}"
    r"|(?:.{0,100}·\s*)?published on .{6,30}|.{0,100}·\s*[a-z]{3,9} \d{1,2}(?:, \d{4})?",
    re.IGNORECASE,
)
_SUBMITTED_BY = re.compile(r"submitted by", re.IGNORECASE)
#: How many blocks of a page, its menus among them, may stand above its first few papers.
_MOST_LOOKED_AT = 1_000
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


type _Pair = tuple[_Block, _Block]


def recognise(document: Document) -> int:
    head = document.head
    if _HTML.match(head):
        return 0
    if _MARKED.search(head[:_MENUS]) or _VOTE.search(head):
        return 95
    _, blocks = _content(_blocks(head.split("\n"))[:_MOST_LOOKED_AT])
    pairs = list(zip(blocks[0::2], blocks[1::2], strict=False))[:4]
    alternates = len(pairs) >= 2 and all(title.is_short and abstract.is_long for title, abstract in pairs)
    return 20 if alternates and not any(title.is_long for title, _ in pairs) else 0


def read(document: Document) -> Reading:
    lines = document.text().split("\n")
    blocks = saved_page.blocks(lines)
    found = cards(blocks)
    if not found:
        yield from _alternating(lines, document.first_place)
        return
    dates = (written_date(block.text) for block in blocks if block.line < found[0].line)
    digest = DigestRecord(_SOURCE, next((date for date in dates if date), None))
    urls = saved_page.references(lines)
    for place, card in enumerate(found, document.first_place):
        source = saved_page.with_references("\n".join(lines[card.line - 1 : card.end - 1]).strip(), urls)
        if reason := _flaw(card):
            yield Unreadable(source, card.line, reason, place=place, digest=digest)
        else:
            yield entry(_record(card), place, card.line, digest, source)


def _flaw(card: Card) -> str:
    if not card.title:
        return "an abstract without a title before it"
    return "" if card.abstract or card.paper else "a title without its abstract"


def _record(card: Card) -> PaperRecord:
    return PaperRecord(
        title=card.title,
        abstract=card.abstract,
        published=card.published,
        links=card.links,
        **identified(card.paper),
    )


def _alternating(lines: Sequence[str], first_place: int) -> Reading:
    date, blocks = _content(_blocks(lines))
    digest = DigestRecord(_SOURCE, date)
    for place, pair in enumerate(_once(_pairs(blocks)), first_place):
        if isinstance(pair, Unreadable):
            yield pair._replace(place=place, digest=digest)
        else:
            title, abstract = pair
            record = PaperRecord(title=title.text, abstract=abstract.text)
            yield entry(record, place, title.line, digest, f"{title.text}\n\n{abstract.text}")


def _once(pairs: Iterable[_Pair | Unreadable]) -> Iterator[_Pair | Unreadable]:
    """Each paper once: the trending page says each twice."""
    seen: set[str] = set()
    for pair in pairs:
        text = "" if isinstance(pair, Unreadable) else fold("".join(block.text for block in pair))
        if not text or text not in seen:
            yield pair
        seen.add(text)


def _blocks(lines: Sequence[str]) -> list[_Block]:
    """The page's blocks: each line is one where most of the text is in long lines, else what blank lines divide."""
    numbered = [_Block(number, saved_page.visible(line)) for number, line in enumerate(lines, 1)]
    short = sum(len(line.text) for line in numbered if line.is_short)
    if 2 * short < sum(len(line.text) for line in numbered):
        return [line for line in numbered if line.text]
    wrapped = (list(group) for is_blank, group in groupby(numbered, lambda line: not line.text) if not is_blank)
    return [_Block(group[0].line, " ".join(line.text for line in group)) for group in wrapped]


def _content(blocks: Sequence[_Block]) -> tuple[PartialDate | DayOfYear | None, list[_Block]]:
    """The page's date, and its blocks without its furniture."""
    date = None
    content: list[_Block] = []
    for before, block, following in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if written := written_date(block.text):
            date = written if date is None and not any(other.is_long for other in content) else date
        elif not _FURNITURE.fullmatch(block.text) and not _is_name(before, block, following):
            content.append(block)
    return date, content


def _is_name(before: _Block | None, block: _Block, following: _Block | None) -> bool:
    """Whether it names who submitted a paper, or behind its abstract the organisation it comes from."""
    if before and _SUBMITTED_BY.fullmatch(before.text):
        return " " not in block.text
    return bool(before and before.is_long and following and following.text.startswith("·") and len(block.text) <= 100)


def _pairs(blocks: Sequence[_Block]) -> Iterator[_Pair | Unreadable]:
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
