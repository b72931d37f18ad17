"""A text made into its tree, whatever the text is."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..dates import PartialDate, period
from ..ids import dois, identifiers, slug
from ..text import storable
from ..words import folded
from .tree import AnyOf, Filter, Node, Not, Place, State, Words, all_of


class Parsed(NamedTuple):
    """What was understood, if anything was, and what was not."""

    node: Node | None
    ignored: tuple[str, ...]


def parse(text: str) -> Parsed:
    """The tree of a text. Raises nothing, whatever the text is."""
    parser = _Parser(storable(text).translate(_PLAIN_QUOTES))
    return Parsed(parser.group(""), tuple(parser.ignored))


_PLAIN_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DEEPEST = 8
_SHORTEST_PREFIX = 2
_PLACES = tuple(Place)


def _dated(value: str) -> str | None:
    date = PartialDate.parse(value)
    return str(date) if date else None


def _spelled(value: str) -> str | None:
    when = period(value) or period(slug(value))
    return str(when) if when else slug(value) or None


def _year(value: str) -> str | None:
    date = PartialDate.parse(value)
    return str(date) if date and date.precision == "year" else None


#: The fields that are filters, and how each spells what it is given; None for what it does not understand.
SPELLINGS: Mapping[str, Callable[[str], str | None]] = {
    "tag": lambda value: slug(value) or None,
    "in": _spelled,
    "id": lambda value: value if any(map(str.isalnum, value)) else None,
    "doi": lambda value: next(dois(value), None),
    "year": _year,
    "since": _dated,
    "until": _dated,
    "is": lambda value: value.lower() if value.lower() in State else None,
    "list": lambda value: slug(value) or None,
}
_FIELD = re.compile(rf"({'|'.join((*_PLACES, *SPELLINGS))}):(?=[^\s:])", re.IGNORECASE)


class _Parser:
    """Goes over a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.ignored: list[str] = []
        self._text = text
        self._position = 0
        self._depth = 0

    def group(self, field: str) -> Node | None:
        """What stands up to the end of the text, or to the bracket that closes what is open."""
        nodes: list[Node] = []
        while not self._at_end():
            if self._depth and self._take(r"\)"):
                break
            if choice := self._choice(field):
                nodes.append(choice)
        return all_of(nodes)

    def _at_end(self) -> bool:
        self._take(r"\s+")
        return self._position >= len(self._text)

    def _take(self, pattern: str) -> re.Match[str] | None:
        match = re.compile(pattern).match(self._text, self._position)
        if match:
            self._position = match.end()
        return match

    def _choice(self, field: str) -> Node | None:
        """One term, or several with `or` between them."""
        self._take(r"AND\s+(?=\S)")
        nodes = [self._term(field)]
        while self._take(r"\s*(?:\|+|(?:or|OR)(?=[\s(\"]))\s*(?=[^\s)|])"):
            nodes.append(self._term(field))
        understood = [node for node in nodes if node]
        return AnyOf(tuple(understood)) if len(understood) > 1 else next(iter(understood), None)

    def _term(self, field: str) -> Node | None:
        if self._take(r"-(?=[^\s-])|NOT\s+(?=\S)"):
            return _negated(self._term(field))
        if match := _FIELD.match(self._text, self._position):
            self._position = match.end()
            return self._term(match[1].lower())
        if self._depth < _DEEPEST and self._take(r"\("):
            self._depth += 1
            group = self.group(field)
            self._depth -= 1
            return group
        if match := self._take(r'"([^"]*)"?(\*?)'):
            return self._meant(field, match[1], is_prefix=bool(match[2]))
        return self._word(field)

    def _word(self, field: str) -> Node | None:
        match = self._take(r'[^\s"]+')
        assert match
        word = match[0]
        while self._depth and word.endswith(")") and word.count(")") > word.count("("):
            word = word[:-1]
            self._position -= 1
        if not field and any(identifiers(word)):
            return Filter("id", word)
        bare = word.rstrip("*")
        return self._meant(field, bare, is_prefix=bare != word)

    def _meant(self, field: str, text: str, *, is_prefix: bool) -> Node | None:
        if field in SPELLINGS:
            value = SPELLINGS[field](text)
            if value is None:
                self.ignored.append(f"{field}:{text}")
            return None if value is None else Filter(field, value)
        if not folded(text):
            return None
        is_prefix &= sum(map(str.isalnum, text)) >= _SHORTEST_PREFIX
        return Words(" ".join(text.split()), Place(field) if field else None, is_prefix)


def _negated(node: Node | None) -> Node | None:
    return node.node if isinstance(node, Not) else Not(node) if node else None
