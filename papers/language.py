"""The language of the search box: a text becomes a tree, which can be asked of papers and said aloud.

Words must all stand in a paper, those between quotation marks in a row. `-` excludes, `or` gives a choice between what
stands on either side of it, parentheses hold together, `diffus*` is the beginning of a word, and `field:` says where to
look. Any text can be parsed: what makes no sense is told, and the rest is asked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, assert_never

from .dates import PartialDate, period
from .ids import dois, identifiers, slug
from .text import storable


class State(StrEnum):
    """What a reader did with a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    STARRED = "starred"
    DISMISSED = "dismissed"


class Place(StrEnum):
    """Where in a paper words may have to stand."""

    TITLE = "title"
    AUTHOR = "author"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in a row in a paper, the last of them perhaps only its beginning."""

    text: str
    place: Place | None = None
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that is true of a paper, by the name of a field or parameter, and as that spells it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Token:
    """What the index knows of a paper beside its words. Nobody can type one; filters are made into them."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    nodes: tuple["Node", ...]


type Node = Words | Filter | Token | Not | AllOf | AnyOf


class Parsed(NamedTuple):
    """What was understood, if anything was, and what was not."""

    node: Node | None
    ignored: tuple[str, ...]


def parse(text: str) -> Parsed:
    """The tree of a text. Raises nothing, whatever the text is."""
    parser = _Parser(storable(text).translate(_PLAIN_QUOTES))
    return Parsed(parser.group(""), tuple(parser.ignored))


def all_of(nodes: Sequence[Node]) -> Node | None:
    """What asks for all of these at once; None where there are none."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, AllOf) else (node,))]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def spell(node: Node) -> str:
    """The text that means this tree: `parse` makes an equal one of it."""
    match node:
        case Words(text, place, is_prefix):
            is_safe = _SAFE_WORD.fullmatch(text) and text not in _OPERATORS and (place or not any(identifiers(text)))
            spelled = text if is_safe else f'"{text}"'
            return f"{place}:" * bool(place) + spelled + "*" * is_prefix
        case Filter(name, value):
            return f"{name}:{value}" if _SAFE_VALUE.fullmatch(value) else f'{name}:"{value}"'
        case Token(text):
            return text
        case Not(inner):
            return f"-{_within(inner)}"
        case AllOf(nodes):
            return " ".join(map(_within, nodes))
        case AnyOf(nodes):
            return " or ".join(map(_within, nodes))


def _within(node: Node) -> str:
    return f"({spell(node)})" if isinstance(node, AllOf | AnyOf) else spell(node)


def filters(node: Node) -> Iterator[Filter]:
    """All filters in a tree."""
    match node:
        case Filter():
            yield node
        case Not(inner):
            yield from filters(inner)
        case AllOf(nodes) | AnyOf(nodes):
            for each in nodes:
                yield from filters(each)


def say(node: Node, names: Mapping[tuple[str, str], str] | None = None) -> str:
    """The tree aloud, as what stands behind “papers”: `matching “diffusion” but not “survey”`.

    `names` gives tags and sources, by field and slug, the names people know.
    """
    return " ".join(_said_parts(node.nodes if isinstance(node, AllOf) else (node,), names or {}))


_PLAIN_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DEEPEST = 8
_OPERATORS = ("or", "OR", "AND", "NOT", "|")
#: Words and values that mean nothing else and so need no quotation marks.
_SAFE_WORD = re.compile(r"[^\W_](?:[\w.'&+#/-]*[\w+#])?")
_SAFE_VALUE = re.compile(r"[^\s\"()*]+")
_SHORTEST_PREFIX = 2
_PLACES = tuple(Place)


def _dated(value: str) -> str | None:
    date = PartialDate.parse(value)
    return str(date) if date else None


def _spelled(value: str) -> str | None:
    when = period(value)
    return str(when) if when else slug(value) or None


def _year(value: str) -> str | None:
    return value if re.fullmatch(r"[12]\d{3}", value) else None


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
        if not any(map(str.isalnum, text)):
            return None
        is_prefix &= sum(map(str.isalnum, text)) >= _SHORTEST_PREFIX
        return Words(" ".join(text.split()), Place(field) if field else None, is_prefix)


def _negated(node: Node | None) -> Node | None:
    return node.node if isinstance(node, Not) else Not(node) if node else None


# Aloud ------------------------------------------------------------------------------------------------------------

type _Names = Mapping[tuple[str, str], str]

_STATES = {
    State.UNREAD: "not read",
    State.READING: "begun",
    State.READ: "read",
    State.STARRED: "starred",
    State.DISMISSED: "set aside",
}


def _said_parts(nodes: Sequence[Node], names: _Names) -> Iterator[str]:
    """What is asked for together, one part after the other; the words among it as one."""
    words = [word for node in nodes if (word := _plain_word(node))]
    matched = [f"“{' '.join(words)}”"] if words else []
    rest = [node for node in nodes if not _plain_word(node)]
    matched += [_said(node, names) for node in rest if _is_about_words(node)]
    if matched:
        yield "matching " + " and ".join(matched)
    for node in rest:
        if isinstance(node, Not):
            yield f"but not {_said(node.node, names)}"
        elif not _is_about_words(node):
            yield _said(node, names)


def _plain_word(node: Node) -> str:
    is_plain = isinstance(node, Words) and not node.place and not node.is_prefix and " " not in node.text
    return node.text if isinstance(node, Words) and is_plain else ""


def _is_about_words(node: Node) -> bool:
    match node:
        case Words():
            return True
        case Filter() | Token() | Not():
            return False
        case AllOf(nodes) | AnyOf(nodes):
            return any(_is_about_words(each) for each in nodes)
        case _:
            assert_never(node)


def _said(node: Node, names: _Names) -> str:
    match node:
        case Words(text, place, is_prefix):
            what = f"words that begin with “{text}”" if is_prefix else f"“{text}”"
            what = f"the phrase {what}" if " " in text and not is_prefix else what
            return f"{what} in the {place if place != Place.AUTHOR else 'authors'}" if place else what
        case Filter(name, value):
            return _said_filter(name, names.get((name, value), value))
        case Token(text):
            return text
        case Not(inner):
            return f"not {_said(inner, names)}"
        case AnyOf(nodes):
            return f"({' or '.join(_said(each, names) for each in nodes)})"
        case AllOf(nodes):
            return f"({' and '.join(_said(each, names) for each in nodes)})"
        case _:
            assert_never(node)


def _said_filter(name: str, value: str) -> str:
    when = period(value)
    said = when.said if when else value
    match name:
        case "tag":
            return f"tagged {value}"
        case "author":
            return f"by {value}"
        case "source":
            return f"named by {value}"
        case "in":
            return f"named {'in a digest of ' if when else 'by '}{said}"
        case "id" | "doi":
            return f"known as {value}"
        case "year":
            return f"from {said}"
        case "is":
            return f"that I have {_STATES[State(value)]}"
        case _:
            return f"{name} {said}"
