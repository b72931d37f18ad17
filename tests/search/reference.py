"""Which papers answer a question, told without any index: what both engines are held to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import assert_never

from papers.dates import PartialDate, period
from papers.ids import Identifier, identifiers
from papers.language import AllOf, AnyOf, Filter, Node, Not, Place, State, Token, Words
from papers.words import folded, stem


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the reader who asks did with a paper."""

    status: str = ""
    starred: bool = False
    dismissed: bool = False
    note: str = ""
    rating: int | None = None
    outdated: bool = False
    """Whether they saw an earlier version than there is."""
    caught_up: bool = False
    """Whether a digest that they are caught up with named it."""
    new: bool = False
    """Whether it came in since their last visit."""

    def is_(self, state: State) -> bool:
        match state:
            case State.NEW:
                return self.new
            case State.STARRED:
                return self.starred
            case State.DISMISSED:
                return self.dismissed
            case State.UNREAD | State.READING | State.READ:
                return not self.dismissed and state == (self.status or ("read" if self.caught_up else "unread"))
            case State.REVISED:
                return self.outdated and not self.dismissed and (self.starred or self.status in ("reading", "read"))
            case State.NOTED:
                return bool(self.note)
            case State.RATED:
                return self.rating is not None
            case _:
                assert_never(state)


@dataclass(frozen=True, kw_only=True)
class Bare:
    """A paper as far as it can be asked about."""

    title: str
    abstract: str
    authors: Sequence[str]
    tags: frozenset[str]
    """Slugs, as those of sources."""
    digests: frozenset[tuple[str, dt.date]]
    """Their sources and days."""
    identifiers: frozenset[Identifier]
    day: dt.date
    mark: Mark = Mark()
    lists: frozenset[str] = frozenset()
    """The slugs of those that the reader who asks may see, and that it is on."""

    def answers(self, node: Node | None) -> bool:
        match node:
            case None:
                return True
            case AllOf(nodes):
                return all(map(self.answers, nodes))
            case AnyOf(nodes):
                return any(map(self.answers, nodes))
            case Not(inner):
                return not self.answers(inner)
            case Words(text, place, is_prefix):
                return any(_stands(text, there, is_prefix) for there in self._texts(place))
            case Filter(name, value):
                return self._is(name, value)
            case Token():
                raise TypeError("nobody can type a token")
            case _:
                assert_never(node)

    def _texts(self, place: Place | None) -> list[str]:
        texts = {Place.TITLE: self.title, Place.ABSTRACT: self.abstract, Place.AUTHOR: "\n".join(self.authors)}
        return [texts[place]] if place else list(texts.values())

    def _is(self, name: str, value: str) -> bool:
        date = PartialDate.parse(value)
        match name:
            case "tag":
                return value in self.tags
            case "author":
                return value in self.authors
            case "source":
                return any(source == value for source, _ in self.digests)
            case "in":
                when = period(value)
                return any(
                    when.first_day <= day <= when.last_day if when else value in source for source, day in self.digests
                )
            case "id" | "doi":
                return any(name in self.identifiers for name, _ in identifiers(value))
            case "is":
                return self.mark.is_(State(value))
            case "list":
                return value in self.lists
            case "since" if date:
                return date.first_day <= self.day
            case "until" if date:
                return self.day <= date.last_day
            case "year" if date:
                return self.day.year == date.year
            case _:
                raise ValueError(f"no filter “{name}” takes “{value}”")


def _stands(sought: str, text: str, is_prefix: bool) -> bool:
    """Whether words stand in a row in a text, the last of them perhaps only its beginning."""
    *firsts, last = _stems(sought)
    there = _stems(text)
    ends = [end for end, stem in enumerate(there) if (stem.startswith(last) if is_prefix else stem == last)]
    return any(end >= len(firsts) and there[end - len(firsts) : end] == firsts for end in ends)


@cache
def _stems(text: str) -> list[str]:
    return [stem(word) for word in folded(text).split()]
