"""The teams of somebody, kept in step with what their provider claims."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from ...access import CURATORS
from ...models import User
from ...models.parting import parting

_MOST = 100
"""How many teams a claim makes, the first by name: a directory may know of thousands."""


def follow(person: User, names: Iterable[str], curators: str = "") -> None:
    """Joins the teams that are named, and leaves those that only a claim gave and that are no longer named. Who is in
    the claimed group `curators` is a curator. What was given by hand stays."""
    with parting([person]):
        User.objects.select_for_update().get(pk=person.pk)  # one sign-in after the other
        member_of, held = set(person.groups.all()), set(person.claimed_teams.all())
        claimed = _teams(set(names), curators) - (member_of - held)
        if claimed == held and held <= member_of:
            return
        person.groups.remove(*held - claimed)
        person.groups.add(*claimed)
        person.claimed_teams.set(claimed)
        _let_in(person, was=_curates(held), now=_curates(claimed))
        person.next_edition()


def _teams(names: set[str], curators: str) -> set[Group]:
    """The teams of these names, made where they are missing. A group that lets its members do something is no team:
    nobody comes into it because a directory has one of the same name."""
    powers = {CURATORS.casefold(), *(group.name.casefold() for group in Group.objects.exclude(permissions=None))}
    wanted = sorted(name for name in names if name != curators and name.casefold() not in powers)[:_MOST]
    teams = set(Group.objects.filter(name__in=wanted))
    teams |= {Group.objects.get_or_create(name=name)[0] for name in set(wanted) - {team.name for team in teams}}
    return teams | set(Group.objects.filter(name=CURATORS)) if curators and curators in names else teams


def _curates(teams: Iterable[Group]) -> bool:
    return any(team.name == CURATORS for team in teams)


def _let_in(person: User, *, was: bool, now: bool) -> None:
    """The desk opens for curators, and closes for who is one no longer and may do nothing else there."""
    if was != now:
        person.is_staff = now or (person.is_staff and _may_otherwise(person))
        person.save(update_fields=["is_staff"])


def _may_otherwise(person: User) -> bool:
    return person.is_superuser or bool(User.objects.get(pk=person.pk).get_all_permissions())
