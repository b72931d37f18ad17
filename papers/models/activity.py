"""Activity: what others did in the lists that somebody is a member of, and what they said to everybody.

It is told from what stands there now, and shows nothing that the lists' own pages do not show: also what is from before
somebody became a member, as the lists do. Nothing is logged, so that what is taken back was never done.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from .deed import Deed, Kind
from .list_entry import ListEntry
from .marking import Marking
from .membership import Membership
from .prepared import Prepared
from .reader_state import ReaderState
from .reading_list import ReadingList
from .reading_lists import ReadingListQuerySet
from .remark import Remark
from .traces import Place, Traces, place_of
from .user import User

#: So many deeds are counted.
MOST_COUNTED = 99
#: What of a paper its line does not need.
_LARGE = ("abstract", "abstract_html", "author_lines", "other_titles", "links", "curated", "facets")


class Activity:
    """As one reader may see it; of all their lists or of one, everything or only what mentions them."""

    def __init__(self, reader: User, only: ReadingList | None = None, *, mentions: bool = False) -> None:
        self.reader, self.only, self.mentions = reader, only, mentions

    def page(self, size: int, cursor: str = "") -> tuple[list[Deed], str]:
        """Newest first, and where those behind them begin, if there are any."""
        start = place_of(cursor)
        places: list[Place] = []
        for traces in self._traces:
            since = places[size].at if len(places) > size else None  # older ones are not on this page
            places = sorted((*places, *traces.newest(size + 1, start, since)), key=Place.newest_first)[: size + 1]
        shown = places[:size]
        deeds = [deed for traces in self._traces for deed in traces.deeds(shown)]
        after = shown[-1].cursor if len(places) > size else ""
        return sorted(deeds, key=lambda deed: deed.place.newest_first()), after

    def since(self, moment: dt.datetime) -> QuerySet[Any]:
        """A row for each deed since then; of very many, so many that it is more than anybody counts."""
        first, *others = [traces.since(moment) for traces in self._traces]
        return first.union(*others, all=True)[: MOST_COUNTED + 1]

    @cached_property
    def _traces(self) -> list[Traces]:
        """First those of which the newest are found soonest."""
        if self.mentions:
            return self._said()
        return [*self._said(), self._finished(), *self._of_entries(), self._joined(), self._shared()]

    @cached_property
    def _lists(self) -> ReadingListQuerySet:
        lists = ReadingList.objects.of_member(self.reader)
        return lists.filter(pk=self.only.pk) if self.only else lists

    def _of_entries(self) -> list[Traces]:
        entries = ListEntry.objects.shown().filter(reading_list__in=self._lists.values("pk"))
        entries = _with_papers(entries, "suggested_by", "claimed_by", "assigned_by", "set_aside_by")
        claimed = entries.filter(claimed_by__isnull=False, claimed_at__isnull=False)
        own_claim = Q(assigned_by=self.reader) | Q(assigned_by=None, claimed_by=self.reader)
        aside = entries.set_aside().exclude(set_aside_by=self.reader)
        return [
            Traces(Kind.ADDED, "suggested_at", entries.exclude(suggested_by=self.reader), _each(Deed.adding)),
            Traces(Kind.CLAIMED, "claimed_at", claimed.exclude(own_claim), _each(Deed.claiming)),
            Traces(Kind.SET_ASIDE, "set_aside_at", aside, _each(Deed.setting_aside)),
        ]

    def _said(self) -> list[Traces]:
        """To all, and in lists: apart, as there is an index by time of either, but not of both."""
        remarks = Remark.objects.visible_to(self.reader).standing().apart_from(self.reader)
        if self.mentions:
            remarks = remarks.mentioning(self.reader)
        places = [*([] if self.only else [remarks.to_all()]), remarks.in_lists(self._lists)]
        told = (_with_papers(each.prefetch_related("mentions"), "by") for each in places)
        return [Traces(Kind.SAID, "written_at", each, _each(self._saying)) for each in told]

    def _saying(self, remark: Remark) -> Deed:
        return Deed.saying(remark, is_to_reader=self.reader in remark.mentions.all())

    def _joined(self) -> Traces:
        rows = Membership.objects.taking_part().filter(reading_list__in=self._lists.values("pk"))
        others = rows.exclude(person=self.reader).select_related("person", "reading_list")
        return Traces(Kind.JOINED, "joined_at", others, _each(Deed.joining))

    def _shared(self) -> Traces:
        """Lists that were opened to teams, whose people are told of it by nothing else."""
        rows = Membership.objects.of_teams().filter(reading_list__in=self._lists.values("pk"))
        others = rows.exclude(offered_by=self.reader).select_related("team", "offered_by", "reading_list")
        return Traces(Kind.SHARED, "offered_at", others, _each(Deed.sharing))

    def _finished(self) -> Traces:
        """Papers that others marked as read one by one, where both they and the reader take part: as long as they say
        so, and markings are kept. Who catches up with a whole page has finished nothing."""
        by_membership = Membership.objects.taking_part().filter(
            reading_list=OuterRef("reading_list"), person=OuterRef(OuterRef("reader"))
        )
        entry = ListEntry.objects.shown().filter(
            Q(reading_list__owner=OuterRef("reader")) | Exists(by_membership),
            reading_list__in=self._lists.with_member(self.reader).values("pk"),
            paper__key=OuterRef("paper_key"),
        )
        read = ReaderState.objects.read().filter(reader=OuterRef("reader"), paper__key=OuterRef("paper_key"))
        rows = (
            Marking.objects.reading_of_one()
            .exclude(reader=self.reader)
            .annotate(entry=Subquery(entry.order_by("pk").values("pk")[:1]))
            .filter(Exists(read), entry__isnull=False)
            .select_related("reader")
        )
        return Traces(Kind.FINISHED, "made_at", rows, _of_markings, is_by_number=True)


def count_since(reader: User, moment: dt.datetime) -> int:
    """How many deeds there were since then that they may see, of all their lists."""
    return len(_news.of(reader, moment))


@Prepared
def _news(reader: User, moment: dt.datetime) -> QuerySet[Any]:
    return Activity(reader).since(moment)


def _with_papers[Rows: QuerySet[Any]](rows: Rows, *people: str) -> Rows:
    return rows.select_related("paper", "reading_list", *people).defer(*(f"paper__{name}" for name in _LARGE))


def _each(deed: Callable[[Any], Deed]) -> Callable[[Iterable[Any]], list[Deed]]:
    return lambda rows: [deed(row) for row in rows]


def _of_markings(markings: Iterable[Any]) -> list[Deed]:
    """One of each reader and paper, the last of several; none where the entry went meanwhile."""
    last = {(marking.reader_id, marking.entry): marking for marking in sorted(markings, key=lambda each: each.pk)}
    entries = _with_papers(ListEntry.objects.all()).in_bulk({entry for _, entry in last})
    return [
        Deed.of_entry(Kind.FINISHED, marking.made_at, marking.reader, entries[marking.entry], marking.pk)
        for marking in last.values()
        if marking.entry in entries
    ]
