"""A tree made into a text that means it."""

import re

from ..ids import identifiers
from .tree import AllOf, AnyOf, Filter, Node, Not, Token, Words

_OPERATORS = ("or", "OR", "AND", "NOT", "|")
#: Words and values that mean nothing else and so need no quotation marks.
_SAFE_WORD = re.compile(r"[^\W_](?:[\w.'&+#/-]*[\w+#])?")
_SAFE_VALUE = re.compile(r"[^\W_][^\s\"()*]*")


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
