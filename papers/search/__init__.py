"""Full text: one engine per database, named for its vendor, behind one question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Literal, Protocol, cast

from django.db.backends.base.base import BaseDatabaseWrapper

from ..language import Node, Token
from ..words import folded, stem

#: A letter that nobody types begins each token, so that it is no word of any text.
_MARK = "ꙮ"
#: With which the tokens of a title begin; they stand behind all others.
TITLE = f"{_MARK}w"
#: Every paper's.
EVERY = Token(_MARK)
#: No paper's.
NO = Token(f"{_MARK}none")


#: Longer words are told apart by their beginnings only, as no database takes them whole.
_LONGEST = 64

type Kind = Literal["tag", "source", "digest"]


def token(kind: Kind, pk: int) -> Token:
    """What the papers bear, among their words, that have a tag, or that a source or a digest named."""
    return Token(f"{_MARK}{kind[0]}{pk}")


def title_tokens(text: str) -> tuple[Token, ...]:
    """What the papers bear whose titles hold these words: with tokens of their own, the words of titles are found
    however many abstracts hold them too."""
    stems = dict.fromkeys(stem(word)[:_LONGEST] for word in folded(text).split())
    return tuple(Token(f"{TITLE}{each}{_MARK}") for each in stems)  # so that no engine takes an ending from it again


def borne(kind: Kind, tokens: Mapping[str, int]) -> Counter[int]:
    """How often each tag, source or digest stands among counted tokens."""
    start = f"{_MARK}{kind[0]}"
    return Counter({int(text[2:]): count for text, count in tokens.items() if text.startswith(start)})


def with_tags(facets: str, tags: Iterable[int]) -> str:
    """The tokens that a paper bears with these tags for those that it bore; they stand before the title's."""
    tokens = [each for each in facets.split() if not each.startswith(f"{_MARK}t")]
    titles = next((place for place, each in enumerate(tokens) if each.startswith(TITLE)), len(tokens))
    tokens[titles:titles] = [token("tag", pk).text for pk in sorted(tags)]
    return " ".join(tokens)


class Engine(Protocol):
    """What a module of this folder offers.

    The index is a table `papers_search` beside the papers, kept in step by the database's own triggers: its `rowid`
    is a paper's position, and its column of the table's own name is what is matched. So is `papers_search_facets`: what
    facets are counted by, without the rest of a paper. Neither knows of hidden papers.
    """

    FINDS_IN_ORDER: bool
    """Whether what is found in the index comes in date order; else the planner chooses to find or to walk."""

    def prepare(self, connection: BaseDatabaseWrapper) -> None:
        """Makes a new connection ready to keep the index."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Puts the index in place and fills it where it is missing, lost its triggers or is of another making; does
        nothing otherwise."""

    def rebuild(self, connection: BaseDatabaseWrapper) -> None:
        """Fills the index anew from the papers."""

    def condition(self, column: str, node: Node) -> tuple[str, list[str]]:
        """The SQL, and its parameters, by which that column is asked for a tree without filters."""


def engine(connection: BaseDatabaseWrapper) -> Engine:
    """The engine for a database connection."""
    return cast(Engine, import_module(f"{__name__}.{connection.vendor}"))
