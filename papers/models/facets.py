"""What a set of papers has in common, counted over the first of them, so that it costs the same at any size."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from .. import position
from ..access import Reader
from ..language import State
from ..search import borne
from .digest import Source
from .index import PaperFacets
from .on_lists import counted, handles
from .papers import PaperQuerySet
from .reader_state import ReaderState
from .said import shown_status
from .tag import Tag
from .user import User

#: How many papers are looked at.
SAMPLE = 1_000
#: So many hidden tags among the most frequent leave the others their room.
_MOST_HIDDEN = 10
_COLUMNS = ("position", "paper_id", "named_on", "author_lines", "tokens", "mark")
_STATES = {
    **{state: state.capitalize() for state in State},
    State.NEW: "New since my last visit",
    State.DISMISSED: "Not for me",
    State.REVISED: "Revised since",
    State.NOTED: "With my note",
    State.RATED: "Rated by me",
}
_STATUSES = {State.UNREAD, State.READING, State.READ}


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


def facets(found: PaperQuerySet, reader: Reader, *, most: int) -> Facets:
    """The facets of the papers that a question found, at most so many of each kind."""
    rows = PaperFacets.objects.filter(pk__in=found.values("position")[: SAMPLE + 1])
    looked_at = list(_marked(rows, reader).order_by("-pk" if found.is_newest_first else "pk").values_list(*_COLUMNS))
    is_all = len(looked_at) <= SAMPLE
    places, ids, days, author_lines, tokens, marks = zip(*looked_at[:SAMPLE], strict=True) if looked_at else ((),) * 6
    years = Counter(position.day_of(place).year for place in places)
    authors = Counter("".join(author_lines).split("\n"))
    del authors[""]
    borne_by = Counter(" ".join(tokens).split())
    of = {
        "is": _states(ids, Counter(zip(days, marks, strict=True)), reader) if isinstance(reader, User) else [],
        "list": _lists(ids, reader, most),
        "tag": _named(Tag, borne("tag", borne_by), most),
        "year": [Facet(str(year), str(year), count) for year, count in sorted(years.items(), reverse=True)[:most]],
        "source": _named(Source, borne("source", borne_by), most),
        "author": [Facet(name, name, count) for name, count in authors.most_common(most)],
    }
    return Facets(len(places), is_all, {name: values for name, values in of.items() if values})


def _marked(rows: QuerySet[PaperFacets], reader: Reader) -> QuerySet[PaperFacets]:
    """With what the reader's own mark says of each paper: the words of `is:`, or nothing."""
    if not isinstance(reader, User):
        return rows.annotate(mark=Value(""))
    mark = ReaderState.objects.filter(paper=OuterRef("paper_id")).said_by(reader)
    return rows.annotate(mark=Coalesce(Subquery(mark), Value("")))


def _named(model: type[Tag | Source], counts: Counter[int], most: int) -> list[Facet]:
    """The most frequent of these ids, by their names."""
    found = model._default_manager.in_bulk([pk for pk, _ in counts.most_common(most + _MOST_HIDDEN)])
    shown = {pk: row for pk, row in found.items() if not getattr(row, "hidden", False)}
    facets = (Facet(row.slug, row.name, counts[pk]) for pk, row in shown.items())
    return sorted(facets, key=lambda facet: (-facet.count, facet.value))[:most]


def _lists(papers: Collection[int], reader: Reader, most: int) -> list[Facet]:
    """The reader's own reading lists on which most of the papers stand."""
    if not isinstance(reader, User):
        return []
    counts, handle = counted(papers, reader), handles(reader)
    lists = sorted((each for each in reader.lists if counts[each.pk]), key=lambda each: -counts[each.pk])
    return [Facet(handle[each.pk], each.name, counts[each.pk]) for each in lists[:most]]


def _states(papers: Iterable[int], marks: Mapping[tuple[dt.date, str], int], reader: User) -> list[Facet]:
    """The reader's own state, of papers counted by the day when they were first named and what the mark says."""
    counts: Counter[str] = Counter()
    if reader.visited_before:
        counts[State.NEW] = sum(paper > reader.last_paper_before for paper in papers)
    for (named_on, mark), count in marks.items():
        said = set(mark.split())
        status = next(iter(said & _STATUSES), "")
        look = State.DISMISSED if State.DISMISSED in said else shown_status(status, named_on, reader)
        counts.update(dict.fromkeys({*said - _STATUSES, look}, count))
    return [Facet(state, _STATES[state], counts[state]) for state in State if counts[state]]
