"""Memberships: who shares a reading list, and as what."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..access import Reader, Role
from .user import User

if TYPE_CHECKING:
    from .reading_list import ReadingList

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

    def told(self) -> Self:
        """The newest first, with who offers which list, and whose that is."""
        return self.select_related("offered_by", "reading_list", "reading_list__owner").order_by("-pk")

    def joined(self) -> Self:
        """Those of people by which they are members."""
        return self.filter(person__isnull=False, joined_at__isnull=False, role__gt=Role.NONE)

    def giving_a_role(self) -> Self:
        """Those of people, accepted or not, and of teams."""
        return self.filter(role__gt=Role.NONE)

    def of_person(self, person: User) -> Self:
        return self.filter(person=person)

    def of_key(self, key: str) -> Self:
        """On the list with this key, which comes with them."""
        return self.filter(reading_list__key=key).select_related("reading_list", "reading_list__owner")

    def taking_part(self) -> Self:
        """By which somebody takes part: who accepted and has a role, or is in a team that has one and chose to."""
        by_team = Membership.objects.filter(reading_list=OuterRef("reading_list"), team__user=OuterRef("person"))
        accepted = self.filter(joined_at__isnull=False, person__is_active=True)
        return accepted.filter(Q(role__gt=Role.NONE) | Exists(by_team))

    def of_people(self) -> Self:
        return self.filter(person__isnull=False)

    def of_teams(self) -> Self:
        return self.filter(team__isnull=False)

    def roles_by_team(self) -> dict[int, int]:
        """What those who take part are by their teams, by the people's ids."""
        taking_part = self.filter(person__isnull=False, joined_at__isnull=False).values("person")
        rows = self.of_teams().filter(team__user__in=taking_part).order_by("role").values_list("team__user", "role")
        return dict(rows)

    def offer(self, reading_list: "ReadingList", whom: User | Group, role: Role, by: User) -> "Membership | None":
        """Offers a list to a person, or opens it to a team, whose people have it at once; a person who takes part by
        a team has accepted already. None where it was shared with them before."""
        whose: dict[str, Any] = {"team": whom} if isinstance(whom, Group) else {"person": whom}
        row, is_new = self.get_or_create(reading_list=reading_list, **whose, defaults={"role": role, "offered_by": by})
        if not is_new and row.role > Role.NONE:
            return None
        if not is_new:
            joined_at = row.joined_at if isinstance(whom, User) and reading_list.is_member(whom) else None
            row.role, row.joined_at, row.offered_by = role, joined_at, by
            row.save()
        reading_list.next_edition()
        return row

    def take_part(self, reading_list: "ReadingList", reader: User) -> bool:
        """Accepts what was offered to somebody; else a row of their own, without a role, says that they take part in
        what they have by a team. False where they do already."""
        if reading_list.is_member(reader):
            return False
        row, _ = self.get_or_create(reading_list=reading_list, person=reader, defaults={"role": Role.NONE})
        return row.accept()

    def let_in(self, reading_list: "ReadingList", person: User, role: int, by: User | None) -> None:
        """Makes a member of who accepted an invitation, or what they are more than before."""
        if person.pk == reading_list.owner_id:
            return
        row, _ = self.get_or_create(reading_list=reading_list, person=person, defaults={"role": role, "offered_by": by})
        row.role, row.joined_at = max(row.role, role), row.joined_at or timezone.now()
        row.save()
        reading_list.next_edition()


def with_offers[People: models.QuerySet[Any]](people: People) -> People:
    """People with how many lists each has yet to accept or decline."""
    waiting = Membership.objects.filter(person=OuterRef("pk"), joined_at__isnull=True).order_by().values("person")
    return people.annotate(offers=Coalesce(Subquery(waiting.annotate(count=Count("pk")).values("count")), 0))


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

    @property
    def whom(self) -> User | Group | None:
        return self.person or self.team

    @property
    def is_in_force(self) -> bool:
        """Whether the list is seen by it: a team's at once, a person's when they have accepted."""
        return self.team_id is not None or self.joined_at is not None

    def accept(self) -> bool:
        """Makes a member of whom it was offered to; False where that was done, or it was taken back. To be in other
        people's sight is theirs to choose, so that nobody else can do this for them."""
        waiting = Membership.objects.filter(pk=self.pk, joined_at__isnull=True)
        if waiting.update(joined_at=timezone.now()) == 0:
            return False
        self.reading_list.next_edition()
        return True

    def give(self, role: Role) -> None:
        """Says what they may do from now on."""
        self.role = role
        Membership.objects.filter(pk=self.pk).update(role=role)
        self.reading_list.next_edition()

    @transaction.atomic
    def take_off(self) -> None:
        """Ends it, at once: by a person's offer or membership, or a team's, nobody sees the list any more."""
        self.reading_list.next_edition()
        Membership.objects.filter(pk=self.pk).delete()
        self.reading_list.let_go()
