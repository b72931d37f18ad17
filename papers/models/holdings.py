"""Holdings: what stands on reading lists, asked of many of them at once."""

from collections.abc import Collection

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ..language import State
from .list_entries import ListEntryQuerySet
from .list_entry import ListEntry
from .paper import Paper
from .reader_state import ReaderState
from .reading_list import ReadingList
from .reading_lists import ReadingListQuerySet
from .recommendation import Recommendation
from .remark import Remark
from .user import User


def sized(lists: ReadingListQuerySet, reader: User) -> ReadingListQuerySet:
    """Lists by name, with their owners, and how many papers are on each (`size`); and of these, as `left`, how many the
    reader has yet to read."""
    states = ReaderState.objects.looking_otherwise(reader, State.UNREAD).filter(paper=OuterRef("paper"))
    on_it = _on_it(ListEntry.objects.shown().open())
    counted = lists.annotate(size=_count(on_it), left=_count(on_it.filter(~Exists(states))))
    return counted.select_related("owner").by_name()


def last_filled_first(lists: ReadingListQuerySet, reader: User) -> ReadingListQuerySet:
    """Lists with their owners: those to which the reader added last, and then by name."""
    latest = _on_it(ListEntry.objects.filter(suggested_by=reader)).order_by("-suggested_at").values("suggested_at")
    filled = F("filled_at").desc(nulls_last=True)
    return lists.annotate(filled_at=Subquery(latest[:1])).select_related("owner").order_by(filled, "name", "pk")


def telling_of(lists: ReadingListQuerySet, paper: Paper) -> ReadingListQuerySet:
    """Lists with whether a paper is on each (`holds`), and who suggested it there (`suggester`, by number)."""
    entries = _on_it(ListEntry.objects.present().of_papers([paper]))
    return lists.annotate(holds=Exists(entries), suggester=Subquery(entries.values("suggested_by")[:1]))


def telling_of_any(papers: Collection[int]) -> ReadingListQuerySet:
    """The lists on which some of these papers, by their ids, stand or stood, or where something is said of them."""
    tied = (rows.objects.filter(paper__in=papers) for rows in (ListEntry, Remark, Recommendation))
    on, spoken_of, recommended = (rows.values("reading_list") for rows in tied)
    return ReadingList.objects.filter(Q(pk__in=on) | Q(pk__in=spoken_of) | Q(pk__in=recommended))


def _on_it(entries: ListEntryQuerySet) -> ListEntryQuerySet:
    """Those of them that stand on the list that is asked about."""
    return entries.filter(reading_list=OuterRef("pk"))


def _count(entries: ListEntryQuerySet) -> Coalesce:
    rows = entries.order_by().values("reading_list").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(rows, output_field=models.IntegerField()), 0)
