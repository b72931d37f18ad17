"""What a set of papers has in common, counted over the first of them, so that it costs the same at any size."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet

from .. import position
from ..access import Reader
from ..language import State
from ..search import borne
from .digest import Source
from .paper import Paper
from .reader_state import shown_status
from .tag import Tag
from .user import User

#: How many papers are looked at.
SAMPLE = 1_000
_STATES = {**{state: state.capitalize() for state in State}, State.DISMISSED: "Not for me"}


@dataclass(frozen=True)
class Facet:
    """One value that some of the papers share: in an address, in words, and how many."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Facets:
    """Facets by the parameter of the address that narrows to them, the most frequent first; and over what."""

    counted: int
    is_all: bool
    """Whether these are all the papers, so that the counts are exact."""
    of: dict[str, list[Facet]]


class _Row(NamedTuple):
    """What is looked at of a paper."""

    position: int
    named_on: dt.date
    author_lines: str
    facets: str
    status: str | None = None
    """The reader's own mark, as are the next two; None where there is no reader or no mark."""
    starred: bool | None = None
    dismissed: bool | None = None


def facets(found: QuerySet[Paper], reader: Reader, *, most: int) -> Facets:
    """The facets of the papers that a question found, at most so many of each kind."""
    rows = list(starmap(_Row, _looked_at(found, reader)))
    is_all = len(rows) <= SAMPLE
    rows = rows[:SAMPLE]
    years = Counter(str(position.day_of(row.position).year) for row in rows)
    authors = Counter(chain.from_iterable(row.author_lines.split("\n")[1:-1] for row in rows))
    tokens = Counter(chain.from_iterable(row.facets.split() for row in rows))
    of = {
        "is": _states(rows, reader) if isinstance(reader, User) else [],
        "tag": _named(Tag, borne("tag", tokens), most),
        "year": [Facet(year, year, count) for year, count in sorted(years.items(), reverse=True)[:most]],
        "source": _named(Source, borne("source", tokens), most),
        "author": [Facet(name, name, count) for name, count in authors.most_common(most)],
    }
    return Facets(len(rows), is_all, {name: values for name, values in of.items() if values})


def _looked_at(found: QuerySet[Paper], reader: Reader) -> QuerySet[Any, tuple[Any, ...]]:
    columns = ["position", "named_on", "author_lines", "facets"]
    if isinstance(reader, User):
        found = found.annotate(mark=FilteredRelation("states", condition=Q(states__reader=reader)))
        columns += ["mark__status", "mark__starred", "mark__dismissed"]
    return found.values_list(*columns)[: SAMPLE + 1]


def _named(model: type[Tag | Source], counts: Counter[int], most: int) -> list[Facet]:
    """The most frequent of these ids, by their names."""
    found = model._default_manager.in_bulk([pk for pk, _ in counts.most_common(most)])
    facets = (Facet(row.slug, row.name, counts[pk]) for pk, row in found.items())
    return sorted(facets, key=lambda facet: (-facet.count, facet.value))


def _states(rows: Sequence[_Row], reader: User) -> list[Facet]:
    counts = Counter(row.status for row in rows)
    counts |= Counter(
        starred=sum(bool(row.starred) for row in rows), dismissed=sum(bool(row.dismissed) for row in rows)
    )
    counts["unread"] = sum(
        not row.dismissed and shown_status(row.status or "", row.named_on, reader) == State.UNREAD for row in rows
    )
    return [Facet(state, _STATES[state], counts[state]) for state in State if counts[state]]
