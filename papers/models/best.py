"""The best matches first: papers whose titles hold what was looked for before those that mention it elsewhere.

A rank for each match would have to look at all of them, which in a large library may be most papers. Steps do not: each
is a question of its own, which the index answers newest first, so that any page costs the same at any size.
"""

import re

from ..language import AllOf, AnyOf, Node, Not, Place, Words, all_of, wanted
from ..search import title_tokens
from ..words import folded
from .keyset import KeysetPage, keyset_page, page_of
from .paper import Paper
from .papers import PaperQuerySet
from .user import User

_POSITION = re.compile("[0-9]{1,18}")


class BestFirst:
    """The papers that answer a question, in steps: with its words in a row in the title, all of them there, any, none;
    the newest first in each."""

    def __init__(self, papers: PaperQuerySet, node: Node, reader: User | None) -> None:
        self._steps = [papers.answering(step, reader).in_date_order() for step in steps(node)]
        self._step_of: dict[Paper, int] = {}

    def page(self, *, size: int, after: str = "", before: str = "") -> KeysetPage[Paper]:
        """As `keyset_page`: a cursor is the step and the position of a paper."""
        return page_of(self._beyond, self._cursor, size=size, after=after, before=before)

    def neighbours(self, paper: Paper) -> tuple[Paper | None, Paper | None]:
        """The papers directly before and behind one."""
        for number, step in enumerate(self._steps):
            if step.filter(pk=paper.pk).exists():
                cursor = f"{number}_{paper.position}"
                before, behind = self._beyond(cursor, 1, True), self._beyond(cursor, 1, False)
                return next(iter(before or []), None), next(iter(behind or []), None)
        return None, None

    def _beyond(self, cursor: str, size: int, backwards: bool) -> list[Paper] | None:
        start, _, position = cursor.partition("_")
        if cursor and not (_POSITION.fullmatch(position) and start in map(str, range(len(self._steps)))):
            return None
        steps = list(enumerate(self._steps))[int(start or 0) :]
        if backwards:
            steps = [
                (number, step.reverse()) for number, step in reversed(list(enumerate(self._steps))[: int(start) + 1])
            ]
        found: list[Paper] = []
        for number, step in steps:
            if len(found) < size:
                behind = position if cursor and number == int(start) else ""
                rows = keyset_page(step, _key, size=size - len(found), after=behind).rows
                self._step_of |= dict.fromkeys(rows, number)
                found += rows
        return found

    def _cursor(self, paper: Paper) -> str:
        return f"{self._step_of[paper]}_{paper.position}"


def steps(node: Node) -> list[Node]:
    """The parts of a question's answer, the best first: each paper is in just one of them."""
    words = [each for each in wanted(node) if each.place in (None, Place.TITLE)]
    text = " ".join(each.text for each in words)
    tokens = title_tokens(text)
    if not tokens:
        return [node]
    better: list[Node] = [AnyOf(tokens)]
    if len(tokens) > 1:
        better = [Words(text, Place.TITLE), AllOf(tokens), *better]
    rest = _beside_words(node)
    parts = []
    for worse, step in zip([None, *better], [*better, None], strict=True):
        asked = [node] if step in (AnyOf(tokens), None) else rest
        parts.append(all_of([*asked, *([step] if step else []), *([Not(worse)] if worse else [])]))
    return [part for part in parts if part]


def _beside_words(node: Node) -> list[Node]:
    """What is asked beside single words, which need not be looked for again where titles have them all."""
    nodes = node.nodes if isinstance(node, AllOf) else (node,)
    return [each for each in nodes if not (isinstance(each, Words) and _is_alone(each))]


def _is_alone(words: Words) -> bool:
    return words.place in (None, Place.TITLE) and not words.is_prefix and len(folded(words.text).split()) == 1


def _key(paper: Paper) -> tuple[int]:
    return (paper.position,)
