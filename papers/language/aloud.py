"""A tree said aloud, as people say what they look for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from ..dates import period
from .tree import ANY_LIST, AllOf, AnyOf, Filter, Node, Not, Place, State, Token, Words

type _Names = Mapping[tuple[str, str], str]

_STATES = {
    State.NEW: "that came since my last visit",
    State.UNREAD: "that I have not read",
    State.READING: "that I have begun",
    State.READ: "that I have read",
    State.STARRED: "that I have starred",
    State.DISMISSED: "that I have set aside",
    State.REVISED: "that I have seen in an earlier version",
    State.NOTED: "that I have written a note on",
    State.RATED: "that I have rated",
}


def say(node: Node, names: _Names | None = None) -> str:
    """The tree aloud, as what stands behind “papers”: `matching “diffusion” but not “survey”`.

    `names` gives tags, sources and reading lists, by field and slug, the names people know.
    """
    return " ".join(_said_parts(node.nodes if isinstance(node, AllOf) else (node,), names or {}))


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
            return _STATES[State(value)]
        case "list":
            return "on any of my lists" if value == ANY_LIST else f"on the list “{value}”"
        case _:
            return f"{name} {said}"
