"""Entries of a reading list made ready to stand in it, and numbered."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from ..models import ListEntry, Order, ReaderState, ReadingList, Recommendation, Remark, User
from ..models.coverage import CoveredList
from ..models.order import InOrder
from .rows import dress


def dress_entries(request: HttpRequest, covered: CoveredList, entries: Sequence[ListEntry], **context: Any) -> None:
    """Gives each entry's paper what a row shows, with the reader's own state as it is on lists, and each entry, where
    they may know, who has read it, and what was said of it."""
    assert isinstance(request.user, User)
    papers = [entry.paper for entry in entries]
    ReaderState.objects.attach(request.user.on_lists(), papers)
    dress(request, papers, list=covered.list, **context)
    if covered.list.mine.may_discuss:
        remarks = Remark.objects.count_on(covered.list, papers)
        voices = Recommendation.objects.voices(papers, covered.list)
        for entry in entries:
            entry.remarks, entry.voices = remarks.get(entry.paper_id, 0), voices[entry.paper_id]
    if covered.seen_by(request.user):
        slips = covered.of_entries(entries)
        for entry in entries:
            entry.coverage = slips[entry.pk]


def progress(covered: CoveredList, reader: User) -> dict[str, Any]:
    """How far a list is: what the reader should read next, and how much of it those have read who read it together."""
    is_shared = covered.seen_by(reader) and len(covered.members) > 1
    return {
        "next": covered.list.entries.shown().next_for(reader.on_lists()),
        "readings": covered.readings() if is_shared else None,
    }


def order_of(shown: ReadingList, asked: str) -> str:
    """In which order its page shows a list: in that which is asked for, if there is such, else in its own."""
    return asked if asked in Order else shown.order


def number(shown: ReadingList, entries: Sequence[ListEntry], order: str) -> None:
    """Says of entries that follow each other in an order which they are, and whether the reader can put them elsewhere:
    by hand, where that is the list's order and the page's."""
    first = InOrder(shown.entries.shown(), order).number_of(entries[0]) if entries else 1
    may_move = shown.mine.may_edit and shown.is_standing and shown.order == order == Order.HAND
    for each, entry in enumerate(entries, first):
        entry.number = each
        entry.is_movable = may_move and entry.set_aside_at is None
