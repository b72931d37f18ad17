"""Matched words marked in what is shown, by the same folding and the same stems by which the engines found them."""

import re
from collections.abc import Collection, Iterator, Sequence
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

    def may_stand_among(self, stems: Collection[str]) -> bool:
        if not self.is_prefix:
            return all(stem in stems for stem in self.stems)
        return any(stem.startswith(self.stems[-1]) for stem in stems)

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
    stems = {word: stem(word) for word in set(WORD.findall(html))}
    rows = [row for row in rows if row.may_stand_among(set(stems.values()))]
    if not any(len(row.stems) > 1 for row in rows):  # by far the most questions, and worth the short way
        return _mark_all({word for word, stem in stems.items() if any(row.stands_at(0, [stem]) for row in rows)}, html)
    found = list(_words(html))
    parts: list[str] = []
    position = 0
    for start, end in _matched(found, [stems[html[start:end]] for start, end in found], rows):
        parts += (html[position:start], "<mark>", html[start:end], "</mark>")
        position = end
    return "".join((*parts, html[position:]))


def _mark_all(words: set[str], html: str) -> str:
    if not words:
        return html
    pattern = rf"(?<![^\W_])(?P<word>{'|'.join(sorted(words, key=len, reverse=True))})(?![^\W_])"
    return re.sub(
        rf"{_NO_TEXT.pattern}|{pattern}",
        lambda match: f"<mark>{match[0]}</mark>" if match["word"] else match[0],
        html,
        flags=re.DOTALL,
    )


def _words(html: str) -> Iterator[tuple[int, int]]:
    """Where the words of its text stand."""
    position = 0
    for start, end in (*(match.span() for match in _NO_TEXT.finditer(html)), (len(html), len(html))):
        yield from (match.span() for match in WORD.finditer(html, position, start))
        position = end


def _matched(found: Sequence[tuple[int, int]], stems: Sequence[str], rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Where the words stand that are to be marked, each once."""
    marked = {
        index + n
        for row in rows
        for index in range(len(stems))
        if row.stands_at(index, stems)
        for n in range(len(row.stems))
    }
    return (found[index] for index in sorted(marked))
