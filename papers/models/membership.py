"""Memberships: who shares a reading list, and as what."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..access import Reader, Role
from .user import User

#: Those that can be given; a list has one owner, who stands in the list itself.
GIVEN = [(role.value, role.label) for role in Role if Role.NONE < role < Role.OWNER]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def granting(self, reader: Reader) -> Self:
        """By which somebody may see a list: their own, once they have accepted it, and those of their teams.

        Asked at every request, so that who is taken off, or leaves a team, has no access from then on.
        """
        if not isinstance(reader, User):
            return self.none()
        own = Q(person=reader, joined_at__isnull=False, role__gt=Role.NONE)
        return self.filter(own | Q(team__in=reader.groups.values("pk")))

    def offered_to(self, reader: Reader) -> Self:
        """That they have not accepted yet; until then they see nothing of the list."""
        return self.filter(person=reader, joined_at__isnull=True) if isinstance(reader, User) else self.none()

    def of_people(self) -> Self:
        return self.filter(person__isnull=False)

    def of_teams(self) -> Self:
        return self.filter(team__isnull=False)


class Membership(models.Model):
    """A person or a team on a reading list.

    A person is offered it, and is a member once they accept. A team's people have its role at once; whoever of them
    takes part, so that others see what they have read and they see it of others, has a row of their own besides,
    which gives no role.
    """

    reading_list = models.ForeignKey("papers.ReadingList", models.CASCADE, related_name="memberships", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="memberships")
    team = models.ForeignKey("auth.Group", models.CASCADE, null=True, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.VIEWER)
    offered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True, help_text="When a person accepted it.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(team__isnull=True), name="membership_of_person_or_team"
            ),
            models.CheckConstraint(condition=Q(role__lt=Role.OWNER), name="owner_is_no_member"),
            models.UniqueConstraint(fields=["reading_list", "person"], name="person_once_per_list"),
            models.UniqueConstraint(fields=["reading_list", "team"], name="team_once_per_list"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.team} on {self.reading_list}"

    def accept(self) -> bool:
        """Makes a member of whom it was offered to; False where that was done, or it was taken back. To be in other
        people's sight is theirs to choose, so that nobody else can do this for them."""
        waiting = Membership.objects.filter(pk=self.pk, joined_at__isnull=True)
        return waiting.update(joined_at=timezone.now()) == 1
