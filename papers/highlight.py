"""Matched words marked in what is shown, by the same folding and the same stems by which the engines found them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .language import Node, Place, Words, wanted
from .words import WORD, folded, stem

#: What in HTML is no text: formulas, tags and entities.
_NO_TEXT = re.compile(r"<math\b.*?</math>|<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>|&#?\w+;", re.DOTALL)


class Highlighter:
    """Marks the words that a question looks for; nothing where it looks for none."""

    def __init__(self, node: Node | None) -> None:
        words = list(wanted(node)) if node else []
        self._in: dict[Place, list[_Row]] = {
            place: [row for each in words if each.place in (None, place) and (row := _row(each)).stems]
            for place in Place
        }

    def title(self, html: str) -> str:
        """Safe HTML of a title, with `<mark>` around what was looked for there."""
        return _marked(html, self._in[Place.TITLE])

    def abstract(self, html: str) -> str:
        return _marked(html, self._in[Place.ABSTRACT])


class _Row(NamedTuple):
    """The stems of words that stand in a row; of the last perhaps only its beginning."""

    stems: tuple[str, ...]
    is_prefix: bool

    def stands_at(self, start: int, stems: Sequence[str]) -> bool:
        here = tuple(stems[start : start + len(self.stems)])
        if not self.is_prefix:
            return here == self.stems
        *firsts, last = self.stems
        return list(here[:-1]) == firsts and len(here) == len(self.stems) and here[-1].startswith(last)


def _row(words: Words) -> _Row:
    return _Row(tuple(map(stem, folded(words.text).split())), words.is_prefix)


def _marked(html: str, rows: Sequence[_Row]) -> str:
    if not rows or not html:
        return html
    alone = all(len(row.stems) == 1 for row in rows)  # by far the most questions, and worth the short way
    parts: list[str] = []
    position = 0
    for start, end in _alone(html, rows) if alone else _in_rows(html, rows):
        parts += (html[position:start], "<mark>", html[start:end], "</mark>")
        position = end
    return "".join((*parts, html[position:]))


def _alone(html: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Where words stand that are to be marked, whatever stands beside them."""
    whole = {row.stems[0] for row in rows if not row.is_prefix}
    beginnings = tuple(row.stems[0] for row in rows if row.is_prefix)
    like = _beginning_with("".join(sorted({row.stems[0][0] for row in rows})))
    for start, end in _words(html, like):
        found = stem(html[start:end])
        if found in whole or found.startswith(beginnings):
            yield start, end


@lru_cache
def _beginning_with(letters: str) -> re.Pattern[str]:
    """Words that may begin with one of the letters when they are folded. No stem lacks the first letter of its word."""
    others = "".join(letter for letter in map(chr, range(128)) if letter.lower() not in letters)
    return re.compile(rf"[^{re.escape(others)}](?<![^\W_].)[^\W_]*", re.DOTALL)


def _in_rows(html: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Where words stand that are to be marked, some only in a row with others."""
    found = list(_words(html, WORD))
    stems = [stem(html[start:end]) for start, end in found]
    marked = {
        index + n
        for row in rows
        for index, first in enumerate(stems)
        if first.startswith(row.stems[0]) and row.stands_at(index, stems)
        for n in range(len(row.stems))
    }
    return (found[index] for index in sorted(marked))


def _words(html: str, like: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where words of a kind stand in its text."""
    position = 0
    for start, end in (*(match.span() for match in _NO_TEXT.finditer(html)), (len(html), len(html))):
        yield from (match.span() for match in like.finditer(html, position, start))
        position = end
