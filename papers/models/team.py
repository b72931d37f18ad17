"""Teams: people who read together, and what else the members of a team may do."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.models import Group, GroupManager
from django.db import models

from ..access import CURATORS, Reader, may_give_powers
from .parting import parting
from .user import User


class TeamQuerySet(models.QuerySet["Team"]):
    def powerless(self) -> Self:
        """Whose members may do no more than every reader."""
        return self.filter(permissions__isnull=True)

    def given_by(self, reader: Reader | None) -> Self:
        """Into which somebody may put others: of those that give powers only who may give any."""
        return self if reader and may_give_powers(reader) else self.powerless()

    def of(self, person: User) -> Self:
        return self.filter(user=person)

    def in_order(self) -> Self:
        return self.order_by("name")


class TeamManager(GroupManager.from_queryset(TeamQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class Team(Group):
    """A group of Django's, by the name that it has here."""

    objects: ClassVar[Any] = TeamManager()

    class Meta:
        proxy = True

    @property
    def is_of_curators(self) -> bool:
        """Whether it is the one that is always there, and always called so."""
        return self.name == CURATORS

    @property
    def people(self) -> "models.QuerySet[User]":
        return User.objects.filter(groups=self).order_by("name", "username")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with parting(self.people):
            return super().delete(*args, **kwargs)

    def change_people(self, joining: Iterable[User], leaving: Iterable[User]) -> list[User]:
        """Lets people in and others go; returns those whom OpenID brings back."""
        gone = set(leaving) - set(joining)
        with parting(gone):
            self.user_set.remove(*gone)
        self.user_set.add(*joining)
        return list(User.objects.filter(pk__in=[person.pk for person in gone], claimed_teams=self).order_by("name"))


def move(person: User, teams: Iterable[Group], among: TeamQuerySet) -> list[Group]:
    """Puts somebody into teams, and takes them out of the others of `among`; returns those to which OpenID brings them
    back."""
    there, wanted = set(among.of(person)), set(teams)
    with parting([person]):
        person.groups.add(*wanted)
        person.groups.remove(*(there - wanted))
    return brought_back(person, there - wanted)


def brought_back(person: User, left: Iterable[Any]) -> list[Group]:
    """Those of the teams that somebody left in which they are because OpenID says so."""
    return list(person.claimed_teams.filter(pk__in=[team.pk for team in left]).order_by("name"))
