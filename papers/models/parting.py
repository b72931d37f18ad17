"""Parting: whoever sees a list no longer lets go of what they had claimed there, by whatever door they went."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q

from ..access import Role
from .list_entry import ListEntry
from .membership import Membership
from .reading_list import ReadingList
from .reading_lists import ReadingListQuerySet
from .user import User


@contextmanager
def parting(people: Iterable[User]) -> Iterator[None]:
    """Around what may take lists from these: that they leave a team, or are shut out. Their lists are held before all
    else, as whoever acts on one holds it first."""
    numbers = [person.pk for person in people]
    claims = ListEntry.objects.filter(claimed_by__in=numbers).values("reading_list")
    by_team = Membership.objects.filter(person__in=numbers, role=Role.NONE).values("reading_list")
    with transaction.atomic():
        lists = list(ReadingList.objects.filter(Q(pk__in=claims) | Q(pk__in=by_team)).held())
        yield
        for each in lists:
            each.let_go()


def concerning(person: User) -> ReadingListQuerySet:
    """The lists that are theirs, shared with or offered to them, or where an entry names them."""
    shared = person.memberships.values("reading_list")
    naming = ListEntry.objects.naming(person).values("reading_list")
    return ReadingList.objects.filter(Q(owner=person) | Q(pk__in=shared) | Q(pk__in=naming))
