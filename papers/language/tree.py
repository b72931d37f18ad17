"""What a text means: a tree of words and filters, of all, any and none of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a reader did with a paper, or has yet to do."""

    NEW = "new"
    """Come in since their last visit."""
    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    STARRED = "starred"
    DISMISSED = "dismissed"
    REVISED = "revised"
    """Begun, read or starred in an earlier version than there is now."""
    NOTED = "noted"
    RATED = "rated"


class Place(StrEnum):
    """Where in a paper words may have to stand."""

    TITLE = "title"
    AUTHOR = "author"
    ABSTRACT = "abstract"


#: The name under which all of a reader's own reading lists are asked for at once.
ANY_LIST = "any"


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


def all_of(nodes: Sequence[Node]) -> Node | None:
    """What asks for all of these at once; None where there are none."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, AllOf) else (node,))]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def wanted(node: Node) -> Iterator[Words]:
    """The words that may stand in what is found; those that must not are passed over."""
    match node:
        case Words():
            yield node
        case AllOf(nodes) | AnyOf(nodes):
            for each in nodes:
                yield from wanted(each)


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
