"""What a set of papers has in common, counted over the first of them, so that it costs the same at any size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .. import position
from ..access import Reader
from ..query import State
from .entry import Entry
from .paper import Paper
from .reader_state import ReaderState
from .tag import PaperTag
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


def facets(found: QuerySet[Paper], reader: Reader, *, most: int) -> Facets:
    """The facets of the papers that a question found, at most so many of each kind."""
    rows = list(found.values_list("pk", "position", "author_lines")[: SAMPLE + 1])
    is_all = len(rows) <= SAMPLE
    rows = rows[:SAMPLE]
    papers = [pk for pk, _, _ in rows]
    years = Counter(str(position.day_of(place).year) for _, place, _ in rows)
    authors = Counter(name for _, _, lines in rows for name in lines.split("\n")[1:-1])
    of = {
        "is": _states(papers, reader),
        "tag": _tags(papers, most),
        "year": [Facet(year, year, count) for year, count in sorted(years.items(), reverse=True)[:most]],
        "source": _sources(papers, most),
        "author": [Facet(name, name, count) for name, count in authors.most_common(most)],
    }
    return Facets(len(rows), is_all, {name: values for name, values in of.items() if values})


def _tags(papers: Sequence[int], most: int) -> list[Facet]:
    rows = PaperTag.objects.filter(paper__in=papers).values_list("tag__slug", "tag__name")
    return [Facet(*row) for row in rows.annotate(n=Count("pk")).order_by("-n", "tag__slug")[:most]]


def _sources(papers: Sequence[int], most: int) -> list[Facet]:
    rows = Entry.objects.filter(paper__in=papers).values_list("digest__source__slug", "digest__source__name")
    counted = rows.annotate(n=Count("paper", distinct=True))
    return [Facet(*row) for row in counted.order_by("-n", "digest__source__slug")[:most]]


def _states(papers: Sequence[int], reader: Reader) -> list[Facet]:
    if not isinstance(reader, User):
        return []
    marks = list(
        ReaderState.objects.filter(reader=reader, paper__in=papers).values_list("status", "starred", "dismissed")
    )
    counts = Counter(status for status, _, _ in marks)
    counts |= Counter(starred=sum(mark[1] for mark in marks), dismissed=sum(mark[2] for mark in marks))
    counts["unread"] = Paper.objects.filter(pk__in=papers).in_state(State.UNREAD, reader).count()
    return [Facet(state, _STATES[state], counts[state]) for state in State if counts[state]]
