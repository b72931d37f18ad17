"""List entries: a paper on a reading list, who suggested it, and who takes care of it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Case, Exists, Max, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..language import State
from .keyset import KeysetPage, behind, page_of
from .paper import Paper
from .reader_state import ReaderState
from .reading_list import Order, ReadingList
from .user import User

if TYPE_CHECKING:
    from .coverage import Coverage

#: So far apart new entries stand, so that another fits in between without touching any other.
GAP = 1 << 20
#: More figures than the number of any row has.
_LONGEST_NUMBER = 19


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def present(self) -> Self:
        """Not taken off again."""
        return self.filter(removed_at__isnull=True)

    def shown(self) -> Self:
        """Present, and of papers that no curator hid."""
        return self.present().filter(paper__hidden=False)

    def open(self) -> Self:
        """Not set aside for the team."""
        return self.filter(set_aside_at__isnull=True)

    def set_aside(self) -> Self:
        return self.filter(set_aside_at__isnull=False)

    def of_papers(self, papers: Iterable[Paper]) -> Self:
        return self.filter(paper__in=papers)

    def found(self, papers: Iterable[int]) -> Self:
        """Of papers that a question found, by their ids."""
        return self.filter(paper__in=papers)

    def in_order(self, order: str) -> Self:
        """With their papers, as the list has them: what is due before what is not, and last what was set aside."""
        is_aside = Q(set_aside_at__isnull=False)
        columns: tuple[str, ...]
        match order:
            case Order.ADDED:
                columns = ("-present", "-suggested_at", "-pk")
            case Order.DUE:
                columns = ("aside", "due", "place", "pk")
            case Order.NEWEST:
                columns = ("-present", "-paper__position")
            case Order.OLDEST:
                columns = ("aside", "paper__position")
            case _:
                columns = ("aside", "place", "pk")
        entries = self.annotate(
            aside=Case(When(is_aside, then=1), default=0),
            present=Case(When(is_aside, then=0), default=1),
            due=Coalesce("due_on", dt.date.max, output_field=models.DateField()),
        )
        return entries.select_related("paper").order_by(*columns)

    def page(
        self, reading_list: ReadingList, order: str, *, size: int, after: str = "", before: str = ""
    ) -> KeysetPage["ListEntry"]:
        """Those before or behind one of the list's entries, whose number is the cursor: wherever it stands by now, and
        even if it was taken off."""
        ordered = self.in_order(order)
        columns = [str(name).lstrip("-") for name in ordered.query.order_by]

        def beyond(cursor: str, size: int, backwards: bool) -> "list[ListEntry] | None":
            rows = ordered.reverse() if backwards else ordered
            if not cursor:
                return list(rows[:size])
            of_list = ListEntry.objects.filter(reading_list=reading_list).in_order(order)
            pk = int(cursor) if cursor.isdecimal() and len(cursor) < _LONGEST_NUMBER else 0
            at = of_list.filter(pk=pk).values_list(*columns).first()
            return list(behind(rows, at)[:size]) if at else None

        return page_of(beyond, lambda entry: str(entry.pk), size=size, after=after, before=before)

    def count_before(self, entry: "ListEntry", order: str) -> int:
        """How many of these stand before one of them."""
        ordered = self.in_order(order)
        columns = [str(name).lstrip("-") for name in ordered.query.order_by]
        at = self.in_order(order).filter(pk=entry.pk).values_list(*columns).first()
        return behind(ordered.reverse(), at).count() if at else 0

    def next_for(self, reader: User) -> "ListEntry | None":
        """What they should read next of these: what is theirs to read before all else, then what is due first."""
        touched = ReaderState.objects.looking_otherwise(reader, State.UNREAD).filter(paper=OuterRef("paper"))
        due = Coalesce("due_on", dt.date.max, output_field=models.DateField())
        left = self.open().filter(~Exists(touched)).select_related("paper")
        return left.order_by(Case(When(claimed_by=reader, then=0), default=1), due, "place", "pk").first()

    @transaction.atomic
    def add(self, reading_list: ReadingList, papers: Sequence[Paper], by: User, reason: str = "") -> "list[ListEntry]":
        """Puts papers on a list, at its end; returns the entries that are new there. What is on it stays as it is; what
        was taken off comes back with its remarks, suggested anew."""
        reading_list.lock()
        held = {entry.paper_id: entry for entry in self.filter(reading_list=reading_list, paper__in=papers)}
        last: int = self.filter(reading_list=reading_list).aggregate(last=Max("place"))["last"] or 0
        new = []
        for paper in papers:
            entry = held.get(paper.pk) or ListEntry(reading_list=reading_list, paper=paper)
            if entry.pk and entry.removed_at is None:
                continue
            last += GAP
            entry.suggest(by, reason, last)
            held[paper.pk] = entry
            new.append(entry)
        if new:
            reading_list.next_edition()
        return new


class ListEntry(models.Model):
    """A paper on a list, once; what was taken off is kept with its remarks, should it come back."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="entries", db_index=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="list_entries")
    place = models.BigIntegerField(help_text="In the order by hand.")
    suggested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    suggested_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why they did; Markdown.")
    claimed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="claims")
    claimed_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", help_text="Who gave it to them; nobody where they took it."
    )
    due_on = models.DateField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_aside_why = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = ListEntryQuerySet.as_manager()

    #: Who has read it, where a view has attached that for somebody who may know.
    coverage: "Coverage | None" = None
    #: Which it is of its list, where a view has counted.
    number: int | None = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading_list", "paper"], name="paper_once_per_list")]
        indexes = [
            models.Index(fields=["reading_list", "place"], name="list_entries_in_order"),
            models.Index(fields=["reading_list", "suggested_at"], name="list_entries_by_age"),
            models.Index(
                fields=["claimed_by", "due_on"], condition=Q(claimed_by__isnull=False), name="list_entries_claimed"
            ),
        ]
        verbose_name_plural = "list entries"

    def __str__(self) -> str:
        return f"{self.paper} on {self.reading_list}"

    @property
    def is_late(self) -> bool:
        """Whether it was to be read before today."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_present(self) -> bool:
        return self.removed_at is None

    def suggest(self, by: User, reason: str, place: int) -> None:
        """Puts it on the list at a place, as what this person suggests now."""
        self.suggested_by, self.suggested_at, self.reason, self.place = by, timezone.now(), reason, place
        self.claimed_by = self.claimed_at = self.assigned_by = self.due_on = None
        self.set_aside_at = self.set_aside_by = self.removed_at = self.removed_by = None
        self.set_aside_why = ""
        self.save()
