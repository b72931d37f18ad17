"""What a set of papers has in common, counted over the first of them, so that it costs the same at any size."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from .. import position
from ..access import Reader
from ..language import State
from ..search import borne
from .digest import Source
from .paper import Paper
from .reader_state import ReaderState
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

    pk: int
    position: int
    named_on: dt.date
    author_lines: str
    facets: str


def facets(found: QuerySet[Paper], reader: Reader, *, most: int) -> Facets:
    """The facets of the papers that a question found, at most so many of each kind."""
    rows = list(map(_Row._make, found.values_list(*_Row._fields)[: SAMPLE + 1]))
    is_all = len(rows) <= SAMPLE
    rows = rows[:SAMPLE]
    years = Counter(str(position.day_of(row.position).year) for row in rows)
    authors = Counter(name for row in rows for name in row.author_lines.split("\n")[1:-1])
    of = {
        "is": _states(rows, reader),
        "tag": _most(Tag, Counter(pk for row in rows for pk in borne("tag", row.facets)), most),
        "year": [Facet(year, year, count) for year, count in sorted(years.items(), reverse=True)[:most]],
        "source": _most(Source, Counter(pk for row in rows for pk in borne("source", row.facets)), most),
        "author": [Facet(name, name, count) for name, count in authors.most_common(most)],
    }
    return Facets(len(rows), is_all, {name: values for name, values in of.items() if values})


def _most(model: type[Tag | Source], counts: Counter[int], most: int) -> list[Facet]:
    found = model._default_manager.in_bulk([pk for pk, _ in counts.most_common(most)])
    return sorted((Facet(row.slug, row.name, counts[pk]) for pk, row in found.items()), key=_by_count)


def _by_count(facet: Facet) -> tuple[int, str]:
    return -facet.count, facet.value


def _states(rows: Sequence[_Row], reader: Reader) -> list[Facet]:
    if not isinstance(reader, User):
        return []
    marks = {
        mark.paper_id: mark for mark in ReaderState.objects.filter(reader=reader, paper__in=[row.pk for row in rows])
    }
    counts: Counter[str] = Counter(mark.status for mark in marks.values())
    counts |= Counter(
        starred=sum(mark.starred for mark in marks.values()), dismissed=sum(mark.dismissed for mark in marks.values())
    )
    unmarked = ReaderState()
    counts["unread"] = sum(marks.get(row.pk, unmarked).leaves_unread(row.named_on, reader) for row in rows)
    return [Facet(state, _STATES[state], counts[state]) for state in State if counts[state]]
