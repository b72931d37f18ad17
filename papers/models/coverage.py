"""Coverage: who of those that share a list has read what is on it. Shown to nobody else."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .list_entry import ListEntry
from .reader_state import ReaderState
from .reading_list import ReadingList
from .user import User

#: So many initials stand on a routing slip.
_MOST = 12


class Line(NamedTuple):
    """A member on a routing slip."""

    member: User
    has_read: bool


class Coverage(NamedTuple):
    """Of one entry: who has read it, of how many."""

    slip: list[Line]
    read: int
    members: int

    @property
    def more(self) -> int:
        """How many stand no longer on the slip."""
        return self.members - len(self.slip)


class Readings(NamedTuple):
    """Of a whole list: how many were done by its members together, of all that there are to do."""

    done: int
    of: int


class CoveredList:
    """A list as its members see it: with what each of them has read."""

    def __init__(self, reading_list: ReadingList) -> None:
        self.list = reading_list
        self.members = list(reading_list.members().order_by("name", "username"))

    def seen_by(self, reader: User) -> bool:
        """Whether somebody may know: who lets others know theirs."""
        return reader in self.members

    def of_entries(self, entries: Sequence[ListEntry]) -> Mapping[int, Coverage]:
        """By the entries' numbers."""
        states = ReaderState.objects.read_by(self.members, [entry.paper_id for entry in entries])
        read = set(states.values_list("reader", "paper"))
        return {entry.pk: self._of(entry, read) for entry in entries}

    def readings(self) -> Readings:
        """Of what is not set aside."""
        papers = list(self.list.entries.shown().open().values_list("paper", flat=True))
        return Readings(ReaderState.objects.read_by(self.members, papers).count(), len(papers) * len(self.members))

    def _of(self, entry: ListEntry, read: set[tuple[int, int]]) -> Coverage:
        lines = [Line(member, (member.pk, entry.paper_id) in read) for member in self.members]
        readers = sum(line.has_read for line in lines)
        return Coverage(lines[:_MOST], readers, len(lines))
