"""Activity: what others did in the lists that somebody is a member of, and what they said to everybody.

It is told from what stands there now, and shows nothing that the lists' own pages do not show: also what is from before
somebody became a member, as the lists do. Nothing is logged, so that what is taken back was never done.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from .deed import Deed, Kind, Place, newest_first, place_of
from .keyset import behind
from .list_entry import ListEntry
from .marking import Marking
from .membership import Membership
from .prepared import Prepared
from .reader_state import ReaderState
from .reading_list import ReadingList, ReadingListQuerySet
from .remark import Remark
from .user import User

#: So many deeds are counted.
MOST_COUNTED = 99
#: What of a paper its line does not need.
_LARGE = ("abstract", "abstract_html", "author_lines", "other_titles", "links", "curated", "facets")


class _Source(NamedTuple):
    """Rows of which each tells a deed, by the column that says when."""

    kind: Kind
    at: str
    rows: QuerySet[Any]
    deeds: Callable[[list[Any]], list[Deed]]
    is_by_number: bool = False
    """Whether rows are numbered as time goes: the newest are found soonest by number where no index has their time."""

    def page(self, size: int, place: Place | None) -> list[Deed]:
        """The newest, or those that follow on a place."""
        rows = self.rows.order_by(*(() if self.is_by_number else (f"-{self.at}",)), "-pk")
        if place:
            at, kind, pk = place
            if kind == self.kind:
                rows = behind(rows, (pk,) if self.is_by_number else (at, pk))
            else:
                rows = rows.filter(**{f"{self.at}__{'lt' if self.kind < kind else 'lte'}": at})
        return self.deeds(list(rows[:size]))

    def since(self, moment: dt.datetime) -> QuerySet[Any]:
        return self.rows.filter(**{f"{self.at}__gt": moment}).order_by().values_list("pk")


class Activity:
    """As one reader may see it; of all their lists or of one, everything or only what mentions them."""

    def __init__(self, reader: User, only: ReadingList | None = None, *, mentions: bool = False) -> None:
        self.reader, self.only, self.mentions = reader, only, mentions

    def page(self, size: int, cursor: str = "") -> tuple[list[Deed], str]:
        """Newest first, and where those behind them begin, if there are any."""
        place = place_of(cursor) if cursor else None
        deeds = newest_first(deed for source in self._sources() for deed in source.page(size + 1, place))
        return deeds[:size], deeds[size - 1].cursor if len(deeds) > size else ""

    def since(self, moment: dt.datetime) -> QuerySet[Any]:
        """A row for each deed since then; of very many, so many that it is more than anybody counts."""
        first, *others = [source.since(moment) for source in self._sources()]
        return first.union(*others, all=True)[: MOST_COUNTED + 1]

    def _sources(self) -> list[_Source]:
        if self.mentions:
            return self._said()
        return [*self._said(), *self._of_entries(), self._finished(), self._joined(), self._shared()]

    def _lists(self) -> ReadingListQuerySet:
        lists = ReadingList.objects.of_member(self.reader)
        return lists.filter(pk=self.only.pk) if self.only else lists

    def _entries(self) -> Any:
        entries = ListEntry.objects.shown().filter(reading_list__in=self._lists().values("pk"))
        return _with_papers(entries, "suggested_by", "claimed_by", "assigned_by", "set_aside_by")

    def _of_entries(self) -> list[_Source]:
        entries, reader = self._entries(), self.reader
        claimed = entries.filter(claimed_by__isnull=False, claimed_at__isnull=False)
        own_claim = Q(assigned_by=reader) | Q(assigned_by=None, claimed_by=reader)
        aside = entries.set_aside().exclude(set_aside_by=reader)
        return [
            _Source(Kind.ADDED, "suggested_at", entries.exclude(suggested_by=reader), _each(Deed.adding)),
            _Source(Kind.CLAIMED, "claimed_at", claimed.exclude(own_claim), _each(Deed.claiming)),
            _Source(Kind.SET_ASIDE, "set_aside_at", aside, _each(Deed.setting_aside)),
        ]

    def _said(self) -> list[_Source]:
        """In lists, and to all: apart, as there is an index by time of either, but not of both."""
        remarks = Remark.objects.visible_to(self.reader).standing().apart_from(self.reader)
        if self.mentions:
            remarks = remarks.mentioning(self.reader)
        places = [remarks.in_lists(self._lists()), *([] if self.only else [remarks.to_all()])]
        told = (_with_papers(each.prefetch_related("mentions"), "by") for each in places)
        return [_Source(Kind.SAID, "written_at", each, _each(self._saying)) for each in told]

    def _saying(self, remark: Remark) -> Deed:
        return Deed.saying(remark, is_to_reader=self.reader in remark.mentions.all())

    def _joined(self) -> _Source:
        rows = Membership.objects.taking_part().filter(reading_list__in=self._lists().values("pk"))
        others = rows.exclude(person=self.reader).select_related("person", "reading_list")
        return _Source(Kind.JOINED, "joined_at", others, _each(Deed.joining))

    def _shared(self) -> _Source:
        """Lists that were opened to teams, whose people are told of it by nothing else."""
        rows = Membership.objects.of_teams().filter(reading_list__in=self._lists().values("pk"))
        others = rows.exclude(offered_by=self.reader).select_related("team", "offered_by", "reading_list")
        return _Source(Kind.SHARED, "offered_at", others, _each(Deed.sharing))

    def _finished(self) -> _Source:
        """Papers that others marked as read one by one, where both they and the reader take part: as long as they say
        so, and markings are kept. Who catches up with a whole page has finished nothing."""
        by_membership = Membership.objects.taking_part().filter(
            reading_list=OuterRef("reading_list"), person=OuterRef(OuterRef("reader"))
        )
        entry = ListEntry.objects.shown().filter(
            Q(reading_list__owner=OuterRef("reader")) | Exists(by_membership),
            reading_list__in=self._lists().with_member(self.reader).values("pk"),
            paper__key=OuterRef("paper_key"),
        )
        keys = self._entries().values("paper__key")
        read = ReaderState.objects.read().filter(reader=OuterRef("reader"), paper__key=OuterRef("paper_key"))
        rows = (
            Marking.objects.reading_of_one(keys)
            .exclude(reader=self.reader)
            .annotate(entry=Subquery(entry.order_by("pk").values("pk")[:1]))
            .filter(Exists(read), entry__isnull=False)
            .select_related("reader")
        )
        return _Source(Kind.FINISHED, "made_at", rows, _of_markings, is_by_number=True)


def count_since(reader: User, moment: dt.datetime) -> int:
    """How many deeds there were since then that they may see, of all their lists."""
    return len(_news.of(reader, moment))


@Prepared
def _news(reader: User, moment: dt.datetime) -> QuerySet[Any]:
    return Activity(reader).since(moment)


def _with_papers(rows: QuerySet[Any], *people: str) -> QuerySet[Any]:
    return rows.select_related("paper", "reading_list", *people).defer(*(f"paper__{name}" for name in _LARGE))


def _each(deed: Callable[[Any], Deed]) -> Callable[[list[Any]], list[Deed]]:
    return lambda rows: [deed(row) for row in rows]


def _of_markings(markings: list[Any]) -> list[Deed]:
    entries = _with_papers(ListEntry.objects.all()).in_bulk([marking.entry for marking in markings])
    last = {(marking.reader_id, marking.entry): marking for marking in reversed(markings)}
    return [
        Deed.of_entry(Kind.FINISHED, marking.made_at, marking.reader, entries[marking.entry], marking.pk)
        for marking in last.values()
    ]
