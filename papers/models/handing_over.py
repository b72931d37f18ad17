"""Handing over: who has a reading list when its owner gives it away, or leaves."""

from itertools import count

from django.db import transaction
from django.utils import timezone

from ..access import Role
from .reading_list import ReadingList
from .reading_lists import Visibility
from .user import User

_LONGEST = 150
_LONGEST_BEHIND = 60


def heir_of(reading_list: ReadingList) -> User | None:
    """Who has it once its owner leaves: the member who may do most there, and of several who has been one longest;
    else somebody of its teams; else, if everybody reads it, a curator. Nobody where it is the owner's alone."""
    others = User.objects.filter(is_active=True).exclude(pk=reading_list.owner_id)
    joined = reading_list.memberships.joined().filter(person__in=others).order_by("-role", "joined_at", "pk")
    if row := joined.select_related("person").first():
        return row.person
    for row in reading_list.memberships.of_teams().order_by("-role", "pk"):
        if person := others.filter(groups=row.team_id).order_by("date_joined", "pk").first():
            return person
    if reading_list.visibility == Visibility.SITE:
        return others.filter(is_superuser=True).order_by("date_joined", "pk").first()
    return None


@transaction.atomic
def hand_over(reading_list: ReadingList, heir: User, *, stays: bool) -> None:
    """Makes somebody its owner. Where they have a list of its name already, it gets the former owner's behind it. Who
    stays is an editor from then on. Links by which people were invited end: the new owner is not to know to whom."""
    former = reading_list.owner
    User.objects.select_for_update(no_key=True).get(pk=heir.pk)
    reading_list.memberships.filter(person=heir).delete()
    reading_list.owner, reading_list.name = heir, _free_name(reading_list.name, former, heir)
    reading_list.save(update_fields=["owner", "name", "slug"])
    if stays:
        now = timezone.now()
        reading_list.memberships.create(person=former, role=Role.EDITOR, joined_at=now, offered_by=heir)
    reading_list.invitations.waiting().update(revoked_at=timezone.now())
    reading_list.next_edition()


def _free_name(name: str, former: User, heir: User) -> str:
    taken = set(heir.reading_lists.values_list("name", flat=True))
    if name not in taken:
        return name
    behind = (f" ({str(former)[:_LONGEST_BEHIND]}{f' {n}' if n > 1 else ''})" for n in count(1))
    return next(new for each in behind if (new := name[: _LONGEST - len(each)] + each) not in taken)
