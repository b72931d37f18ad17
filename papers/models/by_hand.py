"""The order by hand: an entry is put between two others, whatever else is moved meanwhile."""

from .care import Turn
from .list_entries import GAP
from .list_entry import ListEntry
from .reading_list import ReadingList


class ByHand:
    """A list's entries in the order that people gave them. Each move is made under the list's lock."""

    def __init__(self, reading_list: ReadingList) -> None:
        #: What is off the list keeps its place, too, and so one can be put beside it.
        self._all = ListEntry.objects.filter(reading_list=reading_list).order_by("place", "pk")
        self._shown = reading_list.entries.shown().open().order_by("place", "pk")

    def put_before(self, entry: ListEntry, other: ListEntry) -> Turn:
        return self._put(entry, self._beside(entry, other, -1), other)

    def put_after(self, entry: ListEntry, other: ListEntry) -> Turn:
        return self._put(entry, other, self._beside(entry, other, 1))

    def up(self, entry: ListEntry) -> Turn:
        """Before the one that is shown before it; nowhere where it is the first."""
        before = self._shown.before(entry).last()
        return self.put_before(entry, before) if before else _NOWHERE

    def down(self, entry: ListEntry) -> Turn:
        after = self._shown.behind(entry).first()
        return self.put_after(entry, after) if after else _NOWHERE

    def to_top(self, entry: ListEntry) -> Turn:
        first = self._all.first()
        return self.put_before(entry, first) if first else _NOWHERE

    def to_end(self, entry: ListEntry) -> Turn:
        last = self._all.last()
        return self.put_after(entry, last) if last else _NOWHERE

    def _beside(self, entry: ListEntry, other: ListEntry, step: int) -> ListEntry | None:
        """The one directly before another, or behind it, if that were not on the list that is put there."""
        others = self._all.exclude(pk=entry.pk)
        return others.before(other).last() if step < 0 else others.behind(other).first()

    def _put(self, entry: ListEntry, low: ListEntry | None, high: ListEntry | None) -> Turn:
        if entry in (low, high) or _stands_between(entry, low, high):
            return _NOWHERE
        if low and high and high.place - low.place < 2:
            self._spread()
            for each in (entry, low, high):
                each.refresh_from_db(fields=["place"])
        return entry.change(place=_between(low, high))

    def _spread(self) -> None:
        """Gives all entries room on either side again, in the order in which they stand."""
        entries = list(self._all)
        for number, entry in enumerate(entries, 1):
            entry.place = number * GAP
        ListEntry.objects.bulk_update(entries, ["place"], batch_size=500)


_NOWHERE = Turn({}, {})


def _stands_between(entry: ListEntry, low: ListEntry | None, high: ListEntry | None) -> bool:
    """Whether it stands there already."""
    is_above = low is None or low.stand < entry.stand
    return is_above and (high is None or entry.stand < high.stand)


def _between(low: ListEntry | None, high: ListEntry | None) -> int:
    if low is None or high is None:
        return low.place + GAP if low else high.place - GAP if high else 0
    return (low.place + high.place) // 2
