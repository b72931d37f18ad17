"""Two papers beside each other, with marked what only one of them says."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..models import Paper
from ..words import folded

#: What is longer is shown, and compared, in part: words of a text, lines of a list.
_MOST_WORDS, _MOST_LINES = 1_000, 30


class Piece(NamedTuple):
    text: str
    is_marked: bool = False


type Line = Sequence[Piece]


class Row(NamedTuple):
    """What each of two papers says about something."""

    name: str
    first: Sequence[Line]
    second: Sequence[Line]


def rows(first: Paper, second: Paper) -> Iterator[Row]:
    """Of papers with their identifiers and digests at hand."""
    for name, text in _TEXTS.items():
        if text(first) or text(second):
            yield Row(name, *([line] for line in _words_marked(text(first), text(second))))
    for name, lines in _LISTS.items():
        if lines(first) or lines(second):
            yield Row(name, _lines_marked(lines(first), lines(second)), _lines_marked(lines(second), lines(first)))


_TEXTS: Mapping[str, Callable[[Paper], str]] = {
    "Title": lambda paper: paper.title,
    "Date": lambda paper: str(paper.published_on or ""),
    "Venue": lambda paper: paper.venue,
    "Abstract": lambda paper: paper.abstract,
}
_LISTS: Mapping[str, Callable[[Paper], list[str]]] = {
    "Also called": lambda paper: list(paper.other_titles),
    "Authors": lambda paper: paper.authors,
    "Identifiers": lambda paper: [identifier.label for identifier in paper.identifiers.all()],
    "Named in": lambda paper: [str(digest) for digest in paper.digests],
}


def _words_marked(text: str, other: str) -> tuple[Line, Line]:
    """Both texts in pieces; two words are the same whatever their case and accents."""
    mine, its = (re.findall(r"\s*\S+", each)[:_MOST_WORDS] for each in (text, other))
    steps = SequenceMatcher(None, [*map(_compared, mine)], [*map(_compared, its)], autojunk=False).get_opcodes()
    return (
        [Piece("".join(mine[a:b]), what != "equal") for what, a, b, _, _ in steps if a < b],
        [Piece("".join(its[a:b]), what != "equal") for what, _, _, a, b in steps if a < b],
    )


def _lines_marked(lines: Sequence[str], others: Sequence[str]) -> Sequence[Line]:
    known = set(map(_compared, others))
    more = len(lines) - _MOST_LINES
    shown = [[Piece(line, _compared(line) not in known)] for line in lines[:_MOST_LINES]]
    return [*shown, [Piece(f"and {more:,} more")]] if more > 0 else shown


def _compared(text: str) -> str:
    return folded(text) or text.strip()
