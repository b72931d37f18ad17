"""On which reading lists papers stand, as far as a reader may know it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count

from ..access import Reader
from ..language import ANY_LIST
from .care import is_over
from .list_entries import ListEntryQuerySet
from .list_entry import ListEntry
from .paper import Paper
from .reading_list import KnownList
from .user import User


class Standing(NamedTuple):
    """A paper on one of the reader's lists."""

    list: KnownList
    is_aside: bool
    """Whether it was set aside for all."""
    is_claimed: bool
    """Whether it is the reader's to read."""
    due_on: dt.date | None

    @property
    def is_late(self) -> bool:
        return is_over(self.due_on)


def standings(papers: Iterable[Paper], reader: Reader) -> Mapping[int, list[Standing]]:
    """Which of the reader's own lists papers stand on, by the papers' ids and in the order of the lists' names; those
    in the archive are left out. One question, whatever there is."""
    lists = {each.pk: each for each in _own(reader) if not each.archived_at}
    found: dict[int, list[Standing]] = defaultdict(list)
    if lists:
        columns = ("paper", "reading_list", "set_aside_at", "claimed_by", "due_on")
        entries = ListEntry.objects.present().on_any(lists).of_many([paper.pk for paper in papers])
        for paper, number, aside, claimed_by, due_on in entries.values_list(*columns):
            found[paper].append(Standing(lists[number], aside is not None, claimed_by == reader.pk, due_on))
    return {paper: sorted(each, key=lambda standing: standing.list.name) for paper, each in found.items()}


def entries_of(paper: Paper, reader: Reader) -> list[ListEntry]:
    """The paper's entries on all lists that the reader may see, their own first; each with its list, and that with the
    `role` that they have there."""
    if not isinstance(reader, User):
        return []
    lists = {each.pk: each for each in reader.lists}
    people = ("reading_list__owner", "suggested_by", "claimed_by")
    entries = list(ListEntry.objects.present().on_any(lists).of_papers([paper]).select_related(*people))
    for entry in entries:
        entry.reading_list.role = lists[entry.reading_list_id].role
    return sorted(entries, key=lambda entry: (not entry.reading_list.role, entry.reading_list.name))


def counted(papers: Collection[int], reader: Reader) -> Counter[int]:
    """How many of these papers, by their ids, stand on each of the reader's own lists, by the lists' ids."""
    lists = [each.pk for each in _own(reader)]
    if not lists or not papers:
        return Counter()
    return _by_list(ListEntry.objects.present().on_any(lists).of_many(papers))


def sizes(lists: Sequence[KnownList]) -> Counter[int]:
    """How many papers stand on each of these, by the lists' ids."""
    return _by_list(ListEntry.objects.shown().filter(reading_list__in=[each.pk for each in lists]))


def handles(reader: Reader) -> Mapping[int, str]:
    """As what each list that the reader may see stands in an address, by its id: by its name, if no other of these has
    the same, else by its key."""
    lists = reader.lists if isinstance(reader, User) else []
    alike = Counter(each.slug for each in lists)
    return {each.pk: each.key if alike[each.slug] > 1 or each.slug == ANY_LIST else each.slug for each in lists}


def names(asked: Collection[str], reader: Reader) -> Mapping[str, str]:
    """What people call the lists that are asked for by these slugs or keys, as far as the reader may see any."""
    if not isinstance(reader, User):
        return {}
    called = {value: reader.lists_called(value) for value in asked if value != ANY_LIST}
    return {value: lists[0].name for value, lists in called.items() if lists}


def _by_list(entries: ListEntryQuerySet) -> Counter[int]:
    """How many of them stand on each list, by the lists' ids."""
    return Counter(dict(entries.values_list("reading_list").annotate(Count("pk")).order_by()))


def _own(reader: Reader) -> Sequence[KnownList]:
    return reader.own_lists if isinstance(reader, User) else ()
