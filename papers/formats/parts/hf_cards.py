"""The cards of a Hugging Face papers page saved with its headings or links: one for each paper.

On a card stand, below the title, the abstract, the authors' number or their organisation, the day of publication, votes
and links to code. The trending page shows each card twice.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...dates import PartialDate, written_date
from ...ids import title_key
from ..record import Link
from .saved_page import Block

_PAPER = re.compile(
    r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co))?/papers/(\d{4}\.\d{4,5})(?:v\d+)?/?(?:\?[^#]*)?"
)
_DATED = re.compile(
    r"(?:.{0,200}?[·•])?\s*(?:Published on\s+)?(?P<date>[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)(?: *\d{1,4})?"
)
_FURNITURE = re.compile(
    r"[-*·•\[\]\\\s]*(?:new|subscribe|(?:daily|trending) papers?|daily|weekly|monthly|submitted by\b.*|view all|upvote"
    r"|(?:upvote\s+)?-?\d[\d,.]*k?|\d+ authors?|(?:LINK: )?github\b.{0,20}|(?:LINK: )?arxiv(?: page)?|pdf|`{3}.*|<.*>)?"
    r"[·•\\\s]*",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 120
_LONGEST_DATED = 300
_HIGHEST_LEVEL = 3
_LONGEST_TITLE = 300
_SHORTEST_ABSTRACT = 200


class Card(NamedTuple):
    """A title with what belongs to it; or an abstract that belongs to none."""

    line: int
    end: int
    """The lines it stands on: the first, and the one behind the last."""
    title: str
    abstract: str
    paper: str = ""
    """Its arXiv id."""
    published: PartialDate | None = None
    links: tuple[Link, ...] = ()


def cards(blocks: Sequence[Block]) -> list[Card]:
    """The page's cards in order, each once; none where neither headings nor links tell what is a title."""
    found: list[Card] = []
    seen: set[tuple[str, ...]] = set()
    titles = list(_titles(blocks))
    if titles and sum(len(block.text) >= _SHORTEST_ABSTRACT for block in blocks[: titles[0]]) > 1:
        return []  # where abstracts stand above the first title, what looks like one is a word among them
    for at, following in pairwise([*titles, len(blocks)]):
        last_line = blocks[following].line if following < len(blocks) else blocks[-1].end
        card, lost = _card(blocks[at], blocks[at + 1 : following], last_line)
        name = (card.paper,) if card.paper else (title_key(card.title), title_key(card.abstract))
        if name not in seen:
            found += [card, *lost]
        seen.add(name)
    return found


def _titles(blocks: Sequence[Block]) -> Iterator[int]:
    """Where the cards begin: at a heading, at the first link to a paper, or where its title is said again."""
    titles: dict[str, str] = {}
    for at, block in enumerate(blocks):
        if not block.text or _is_furniture(block.text):
            continue
        paper, key = _paper(block.url), title_key(block.text)
        if block.level >= _HIGHEST_LEVEL or (paper and titles.get(paper, key) == key):
            yield at
        if paper:
            titles.setdefault(paper, key)


def _paper(url: str) -> str:
    match = _PAPER.fullmatch(url)
    return match[1] if match else ""


def _card(title: Block, below: Sequence[Block], end: int) -> tuple[Card, list[Card]]:
    """A title's card, and the abstracts further down that are not its own."""
    if len(title.text) > _LONGEST_TITLE:
        return Card(title.line, title.end, "", title.text, _paper(title.url)), []
    paper = _paper(title.url)
    abstract: list[str] = []
    lost: list[Card] = []
    published, is_near = None, True
    for block in filter(lambda block: block.text, below):
        is_unknown = block.url.startswith("[") and is_near and not abstract
        if (block.url and _paper(block.url) != paper and not is_unknown) or _is_furniture(block.text):
            is_near = False
            published = published or _date(block.text)
        elif is_near:
            abstract.append(block.text)
        elif len(block.text) >= _SHORTEST_ABSTRACT:
            if abstract:
                lost.append(Card(block.line, block.end, "", block.text))
            else:
                abstract.append(block.text)
    links = {link.url: link for block in below for link in _code(block)}
    end = lost[0].line if lost else end
    return Card(title.line, end, title.text, "\n\n".join(abstract), paper, published, tuple(links.values())), lost


def _is_furniture(text: str) -> bool:
    if _DATED.fullmatch(text[:_LONGEST_DATED]):
        return True
    return len(text) <= _LONGEST_FURNITURE and bool(_FURNITURE.fullmatch(text))


def _date(text: str) -> PartialDate | None:
    match = _DATED.fullmatch(text[:_LONGEST_DATED])
    date = written_date(match["date"]) if match else None
    return date if isinstance(date, PartialDate) else None


def _code(block: Block) -> Iterator[Link]:
    """The links to code: `GitHub` with its stars."""
    for words, url in (*block.links, (block.text, block.url)):
        if re.match(r"(?:LINK: )?GitHub\b", words.strip()) and url:
            yield Link("code", url)
