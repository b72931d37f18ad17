"""The orders in which a list's entries stand, and entries in one of them: page by page, and by their numbers."""

from typing import TYPE_CHECKING

from django.db import models

from .keyset import KeysetPage, behind, page_of

if TYPE_CHECKING:
    from .list_entries import ListEntryQuerySet
    from .list_entry import ListEntry
    from .reading_list import ReadingList

#: More figures than the number of any row has.
_LONGEST_NUMBER = 19


class Order(models.TextChoices):
    """In which entries stand."""

    HAND = "hand", "by hand"
    ADDED = "added", "last added first"
    DUE = "due", "due first"
    NEWEST = "newest", "newest paper first"
    OLDEST = "oldest", "oldest paper first"

    @property
    def columns(self) -> tuple[str, ...]:
        """By which they do, as `ListEntryQuerySet.in_order` has them: all in one direction, and no two entries have
        the same."""
        match self:
            case Order.ADDED:
                return "-present", "-suggested_at", "-pk"
            case Order.DUE:
                return "aside", "due", "place", "pk"
            case Order.NEWEST:
                return "-present", "-paper__position"
            case Order.OLDEST:
                return "aside", "paper__position"
        return "aside", "place", "pk"


class InOrder:
    """Some of a list's entries, in one of the orders."""

    def __init__(self, entries: "ListEntryQuerySet", order: str) -> None:
        self.entries, self._order = entries.in_order(order), Order(order)

    def page(
        self, reading_list: "ReadingList", *, size: int, after: str = "", before: str = ""
    ) -> KeysetPage["ListEntry"]:
        """Those before or behind one of the list's entries, whose number is the cursor: wherever it stands by now, and
        even if it was taken off."""
        of_list = reading_list.entries.in_order(self._order)

        def beyond(cursor: str, size: int, backwards: bool) -> "list[ListEntry] | None":
            rows = self.entries.reverse() if backwards else self.entries
            if not cursor:
                return list(rows[:size])
            number = int(cursor) if cursor.isdecimal() and len(cursor) < _LONGEST_NUMBER else 0
            at = self._stand(of_list, number)
            return list(behind(rows, at)[:size]) if at else None

        return page_of(beyond, lambda entry: str(entry.pk), size=size, after=after, before=before)

    def number_of(self, entry: "ListEntry") -> int:
        """Which it is of these; one that is none of them would be the first."""
        at = self._stand(self.entries, entry.pk)
        return 1 + (behind(self.entries.reverse(), at).count() if at else 0)

    def _stand(self, entries: "ListEntryQuerySet", pk: int) -> "tuple[object, ...] | None":
        """What the order goes by, of the one of these with this number."""
        columns = (name.lstrip("-") for name in self._order.columns)
        return entries.filter(pk=pk).values_list(*columns).first()
