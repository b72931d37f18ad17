"""List entries: a paper on a reading list, and who suggested it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Case, Exists, ExpressionWrapper, F, Max, OuterRef, Prefetch, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..language import State
from .care import CaredFor, Turn
from .keyset import KeysetPage, behind, page_of
from .paper import Paper
from .reader_state import ReaderState
from .reading_list import Order, ReadingList
from .user import User

if TYPE_CHECKING:
    from .coverage import Coverage

#: So far apart new entries stand, so that another fits in between without touching any other.
GAP = 1 << 20
#: So many papers a list holds; more are a library, and a question finds them.
MOST = 5_000
#: More figures than the number of any row has.
_LONGEST_NUMBER = 19


class ListIsFull(Exception):
    """Says in one sentence that a list holds no more, and what to do about it. Nothing was put on it."""


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
        return entries.select_related("paper", "suggested_by", "claimed_by", "set_aside_by").order_by(*columns)

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
        was taken off comes back with its remarks, suggested anew. Raises ListIsFull where there is no room for all."""
        reading_list.lock()
        of_list = self.filter(reading_list=reading_list)
        held = {entry.paper_id: entry for entry in of_list.of_papers(papers)}
        new = [
            held.get(paper.pk) or ListEntry(reading_list=reading_list, paper=paper)
            for paper in dict.fromkeys(papers)
            if paper.pk not in held or not held[paper.pk].is_present
        ]
        if new and of_list.present().count() + len(new) > MOST:
            raise ListIsFull(
                f"No list holds more than {MOST:,} papers, and “{reading_list}” would: nothing was put on it. Take off "
                "what is done with, or begin another."
            )
        last: int = of_list.aggregate(last=Max("place"))["last"] or 0
        now = timezone.now()
        for number, entry in enumerate(new, 1):
            entry.suggest(by, reason, last + number * GAP, now)
        self.bulk_create([entry for entry in new if not entry.pk])
        self.bulk_update([entry for entry in new if entry.paper_id in held], _SUGGESTED)
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


class ListEntry(CaredFor):
    """A paper on a list, once; what was taken off is kept with its remarks, should it come back."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="entries", db_index=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="list_entries")
    place = models.BigIntegerField(help_text="In the order by hand.")
    suggested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    suggested_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Why they did; Markdown.")

    objects = ListEntryQuerySet.as_manager()

    #: Who has read it, where a view has attached that for somebody who may know.
    coverage: "Coverage | None" = None
    #: How many remarks stand on it, and who says that it is worth reading, where a view has attached that for somebody
    #: who may know.
    remarks: int | None = None
    voices: Sequence[User] = ()
    #: Which it is of its list, where a view has counted.
    number: int | None = None
    #: Whether whoever looks at it can put it elsewhere, where it stands in the page.
    is_movable = False

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading_list", "paper"], name="paper_once_per_list")]
        indexes = [
            models.Index(fields=["reading_list", "place"], name="list_entries_in_order"),
            models.Index(fields=["reading_list", "suggested_at"], name="list_entries_by_age"),
            *(
                models.Index(
                    fields=["reading_list", f"{done}_at"],
                    condition=Q(**{f"{done}_at__isnull": False}),
                    name=f"list_entries_{done}_by_age",
                )
                for done in ("claimed", "set_aside")
            ),
            models.Index(
                fields=["claimed_by", "due_on"], condition=Q(claimed_by__isnull=False), name="list_entries_claimed"
            ),
        ]
        verbose_name_plural = "list entries"

    def __str__(self) -> str:
        return f"{self.paper} on {self.reading_list}"

    @property
    def stand(self) -> tuple[int, int]:
        """Where it stands by hand, before all that is greater."""
        return self.place, self.pk

    def is_of(self, reader: User) -> bool:
        """Whether it is there because they suggested it."""
        return self.suggested_by_id == reader.pk

    def suggest(self, by: User, reason: str, place: int, at: dt.datetime) -> None:
        """Puts it on the list at a place, unsaved, as what this person suggests now."""
        self.suggested_by, self.suggested_at, self.reason, self.place = by, at, reason, place
        self.claimed_by = self.claimed_at = self.assigned_by = self.due_on = None
        self.set_aside_at = self.set_aside_by = self.removed_at = self.removed_by = None
        self.set_aside_why = ""

    def give_back(self, turn: Turn) -> bool:
        """False, too, where whoever had claimed it sees the list no longer."""
        claimant = turn.was.get("claimed_by_id")
        if claimant and not self.reading_list.people().filter(pk=claimant).exists():
            return False
        return super().give_back(turn)

    def _save(self, columns: dict[str, Any]) -> None:
        super()._save(columns)
        if columns:
            self.reading_list.next_edition()


#: What to suggest a paper sets, all of it.
_SUGGESTED = [
    *("suggested_by", "suggested_at", "reason", "place", "claimed_by", "claimed_at", "assigned_by", "due_on"),
    *("set_aside_at", "set_aside_by", "set_aside_why", "removed_at", "removed_by"),
]
