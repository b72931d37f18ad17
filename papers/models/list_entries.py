"""Every way to narrow the entries of reading lists, and how papers come to be among them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Case, Exists, ExpressionWrapper, F, Max, OuterRef, Prefetch, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..language import State
from .care import CARE
from .order import Order
from .paper import Paper
from .reader_state import ReaderState
from .reading_list import ReadingList
from .user import User

if TYPE_CHECKING:
    from .list_entry import ListEntry

#: So far apart new entries stand, so that another fits in between without touching any other.
GAP = 1 << 20
#: So many papers a list holds; more are a library, and a question finds them.
MOST = 5_000
#: The day until which one is to be read; one that has none comes last.
_DUE = Coalesce("due_on", dt.date.max, output_field=models.DateField())


class ListIsFull(Exception):
    """Says in one sentence that a list holds no more, and what to do about it. Nothing was put on it."""

    def __init__(self, reading_list: ReadingList) -> None:
        super().__init__(
            f"No list holds more than {MOST:,} papers, and “{reading_list}” would: nothing was put on it. Take off "
            "what is done with, or begin another."
        )


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def present(self) -> Self:
        """Not taken off again."""
        return self.filter(removed_at__isnull=True)

    def shown(self) -> Self:
        """Present, and of papers that no curator hid."""
        return self.present().filter(paper__hidden=False)

    def of_shown_papers(self) -> Self:
        """Also taken off again, but of papers that no curator hid."""
        return self.filter(paper__hidden=False)

    def due_until(self, day: dt.date) -> Self:
        """To be read by then; what should have been before, too."""
        return self.filter(due_on__lte=day)

    def with_people(self) -> Self:
        """With who suggested them, takes care of them, set them aside or took them off."""
        return self.select_related("suggested_by", "claimed_by", "assigned_by", "set_aside_by", "removed_by")

    def with_identifiers(self) -> Self:
        return self.prefetch_related("paper__identifiers")

    def in_detail(self) -> Self:
        """Whole, as a page of its own shows one."""
        papers = Paper.objects.in_detail().prefetch_related("identifiers")
        return self.with_people().prefetch_related(Prefetch("paper", papers))

    def open(self) -> Self:
        """Not set aside for the team."""
        return self.filter(set_aside_at__isnull=True)

    def set_aside(self) -> Self:
        return self.filter(set_aside_at__isnull=False)

    def of_papers(self, papers: "Iterable[Paper] | models.QuerySet[Any, int]") -> Self:
        return self.filter(paper__in=papers)

    def untouched(self) -> Self:
        """Which nobody has claimed, given a day or set aside."""
        return self.open().filter(claimed_by=None, due_on=None)

    def naming(self, person: User) -> Self:
        """Which somebody suggested, has claimed or given away, set aside or took off."""
        acts = ("suggested_by", "claimed_by", "assigned_by", "set_aside_by", "removed_by")
        return self.filter(reduce(or_, (Q(**{act: person}) for act in acts)))

    def of_act(self, by: User, at: dt.datetime) -> Self:
        """What one act of somebody's put on a list."""
        return self.filter(suggested_by=by, suggested_at=at)

    def before(self, entry: "ListEntry") -> Self:
        """Which stand before one of them by hand."""
        return self.filter(Q(place__lt=entry.place) | Q(place=entry.place, pk__lt=entry.pk))

    def behind(self, entry: "ListEntry") -> Self:
        return self.filter(Q(place__gt=entry.place) | Q(place=entry.place, pk__gt=entry.pk))

    def on_any(self, lists: Collection[int]) -> Self:
        """On some of these lists, by their ids; to be looked up by the papers that are asked for, which are fewer."""
        number = ExpressionWrapper(F("reading_list_id") + 0, models.BigIntegerField())  # which no index has
        return self.alias(number=number).filter(number__in=_as_they_are(lists))

    def of_many(self, papers: Collection[int]) -> Self:
        """Of these papers, by their ids, however many they are."""
        return self.filter(paper__in=_as_they_are(papers))

    def in_order(self, order: str) -> Self:
        """With their papers, as the list has them: what is due before what is not, and last what was set aside."""
        is_aside = Q(set_aside_at__isnull=False)
        aside, present = Case(When(is_aside, then=1), default=0), Case(When(is_aside, then=0), default=1)
        entries = self.annotate(aside=aside, present=present, due=_DUE).order_by(*Order(order).columns)
        return entries.select_related("paper", "suggested_by", "claimed_by", "set_aside_by")

    def next_for(self, reader: User) -> "ListEntry | None":
        """What they should read next of these: what is theirs to read before all else, then what is due first."""
        touched = ReaderState.objects.looking_otherwise(reader, State.UNREAD).filter(paper=OuterRef("paper"))
        left = self.open().filter(~Exists(touched)).select_related("paper")
        return left.order_by(Case(When(claimed_by=reader, then=0), default=1), _DUE, "place", "pk").first()

    @transaction.atomic
    def add(self, reading_list: ReadingList, papers: Sequence[Paper], by: User, reason: str = "") -> "list[ListEntry]":
        """Puts papers on a list, at its end; returns the entries that are new there. What is on it stays as it is; what
        was taken off comes back with its remarks, suggested anew. Raises ListIsFull where there is no room for all."""
        reading_list.lock()
        of_list = self.filter(reading_list=reading_list)
        held = {entry.paper_id: entry for entry in of_list.of_papers(papers)}
        new = [
            held.get(paper.pk) or self.model(reading_list=reading_list, paper=paper)
            for paper in dict.fromkeys(papers)
            if paper.pk not in held or not held[paper.pk].is_present
        ]
        if new and of_list.present().count() + len(new) > MOST:
            raise ListIsFull(reading_list)
        last: int = of_list.aggregate(last=Max("place"))["last"] or 0
        now = timezone.now()
        for number, entry in enumerate(new, 1):
            entry.suggest(by, reason, last + number * GAP, now)
        self.bulk_create([entry for entry in new if not entry.pk])
        suggested = ("place", "suggested_by", "suggested_at", "reason", *CARE)
        self.bulk_update([entry for entry in new if entry.paper_id in held], suggested)
        if new:
            reading_list.next_edition()
        return new

    def take_off(self, by: User) -> int:
        """How many of these it takes off their lists."""
        return self.present().update(removed_at=timezone.now(), removed_by=by)


def _as_they_are(ids: Collection[int]) -> RawSQL | list[int]:
    """Numbers as they stand in SQL: so many parameters take longer to hand over than to find what they ask for."""
    numbers = ", ".join(f"{pk:d}" for pk in ids)
    return RawSQL(numbers, ()) if ids else []  # noqa: S611 - nothing but numbers comes through
