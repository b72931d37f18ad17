"""Every way to narrow reading lists."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from ..access import Reader, Role
from .membership import Membership
from .user import User

if TYPE_CHECKING:
    from .reading_list import ReadingList


class Visibility(models.TextChoices):
    """Who sees a list beside those it is shared with."""

    PRIVATE = "private", "those it is shared with"
    SITE = "site", "everybody who is signed in"


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def visible_to(self, reader: Reader) -> Self:
        """What somebody may read, each with the `role` that they have on it. Nobody's powers open a private list."""
        if not isinstance(reader, User):
            return self.none()
        return self._with_role_of(reader).filter(Q(visibility=Visibility.SITE) | self._is_of(reader))

    def of_member(self, reader: Reader) -> Self:
        """What is theirs or shared with them, and not only to be seen by everybody."""
        return self._with_role_of(reader).filter(self._is_of(reader)) if isinstance(reader, User) else self.none()

    def apart_from(self, reader: User) -> Self:
        """Which are neither theirs nor shared with them."""
        return self.exclude(self._is_of(reader))

    def with_member(self, person: User) -> Self:
        """In which they take part, so that they know what others there have read, and others know it of them."""
        joined = Membership.objects.taking_part().filter(person=person)
        return self.filter(Q(owner=person) | Q(pk__in=joined.values("reading_list")))

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def fillable_by(self, reader: Reader) -> Self:
        """To which they may add."""
        return self.visible_to(reader).standing().filter(role__gte=Role.CONTRIBUTOR)

    def standing(self) -> Self:
        """Which are not in the archive."""
        return self.filter(archived_at__isnull=True)

    def at(self, key: str) -> "ReadingList | None":
        """The one of these with this key."""
        return self.filter(key=key).first()

    def next_edition(self) -> None:
        """Says that these look otherwise; in the transaction that changes them."""
        self.update(edition=F("edition") + 1)

    def held(self) -> Self:
        """Changed by nobody else until the end of the transaction."""
        return self.select_for_update(no_key=True).order_by("pk")

    def hold(self, key: str) -> None:
        """Nobody else changes the one with this key, if there is one, until the end of the transaction: so that who may
        do what on it is as it is found from then on."""
        list(self.filter(key=key).held().values_list("pk"))

    def _with_role_of(self, reader: User) -> Self:
        granted = Membership.objects.granting(reader).filter(reading_list=OuterRef("pk")).order_by("-role")
        number = models.PositiveSmallIntegerField()
        of_member = Coalesce(Subquery(granted.values("role")[:1]), Role.NONE.value, output_field=number)
        own = When(owner=reader, then=Role.OWNER.value)
        return self.annotate(role=Case(own, default=of_member, output_field=number))

    def _is_of(self, reader: User) -> Q:
        return Q(owner=reader) | Q(pk__in=Membership.objects.granting(reader).values("reading_list"))
