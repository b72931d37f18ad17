"""The roll of a reading list: who takes part and as what, its teams, and whom it is offered to."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ..access import Role
from .membership import Membership
from .reading_list import ReadingList
from .user import User


class Member(NamedTuple):
    """Somebody who takes part, and what they may do, be it by their own membership or by a team's."""

    person: User
    role: Role
    membership: Membership | None
    """Their own, if it gives them a role."""

    @property
    def is_by_team(self) -> bool:
        return self.membership is None and self.role < Role.OWNER


class Roll:
    """Looked up when it is read, and whole: in as many queries for many as for few."""

    def __init__(self, reading_list: ReadingList, people: Sequence[User] | None = None) -> None:
        self.list = reading_list
        self._known = people

    @cached_property
    def members(self) -> list[Member]:
        """The owner first, then whoever may do most, by name."""
        own = {row.person_id: row for row in self._rows if row.person_id and row.joined_at and row.role}
        people = self._known if self._known is not None else self.list.members().order_by("name", "username")
        return sorted((self._member(person, own.get(person.pk)) for person in people), key=lambda each: -each.role)

    @property
    def others(self) -> list[Member]:
        """All but the owner."""
        return [each for each in self.members if each.role < Role.OWNER]

    @property
    def teams(self) -> list[Membership]:
        return [row for row in self._rows if row.team_id]

    @property
    def offers(self) -> list[Membership]:
        """Those that nobody has accepted yet."""
        return [row for row in self._rows if row.person_id and not row.joined_at]

    @cached_property
    def _rows(self) -> list[Membership]:
        return list(self.list.memberships.select_related("person", "team").order_by("-role", "pk"))

    @cached_property
    def _by_team(self) -> dict[int, int]:
        """What people are by the teams that they are in."""
        return self.list.memberships.roles_by_team()

    def _member(self, person: User, own: Membership | None) -> Member:
        if person.pk == self.list.owner_id:
            return Member(person, Role.OWNER, None)
        return Member(person, Role(max(own.role if own else 0, self._by_team.get(person.pk, 0))), own)
