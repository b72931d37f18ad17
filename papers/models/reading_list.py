"""Reading lists: papers that somebody, or a team, reads together."""

from collections.abc import Collection
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from ..access import Reader, Role
from ..ids import slug
from ..language import State
from ..text import markdown_html
from .membership import Membership
from .order import Order
from .paper import new_key
from .prepared import Prepared
from .user import User


class KnownList(NamedTuple):
    """What somebody knows at the moment of a list that they may see: whatever of it shows elsewhere is another then."""

    pk: int
    key: str
    slug: str
    name: str
    role: int
    edition: int
    archived_at: object
    """None where it is not in the archive."""


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

    def concerning(self, person: User) -> Self:
        """Which are theirs, shared or offered, or on which they have claimed something."""
        claims = apps.get_model("papers", "ListEntry")._default_manager.filter(claimed_by=person)
        shared, claimed = person.memberships.values("reading_list"), claims.values("reading_list")
        return self.filter(Q(owner=person) | Q(pk__in=shared) | Q(pk__in=claimed))

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def fillable_by(self, reader: Reader) -> Self:
        """To which they may add."""
        return self.visible_to(reader).standing().filter(role__gte=Role.CONTRIBUTOR)

    def standing(self) -> Self:
        """Which are not in the archive."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def named(self, value: str) -> Self:
        """Of this name, as an address carries it, or with this key. Names are unique per owner only."""
        return self.filter(Q(slug=value) | Q(key=value))

    def told_for(self, reader: User) -> Self:
        """By name, with their owners, and how many papers are on each (`size`); and of these, as `left`, how many the
        reader has yet to read."""
        entries = apps.get_model("papers", "ListEntry")._default_manager.shown().open()
        states = apps.get_model("papers", "ReaderState")._default_manager.looking_otherwise(reader, State.UNREAD)
        on_it = entries.filter(reading_list=OuterRef("pk")).order_by().values("reading_list")
        left = on_it.filter(~Exists(states.filter(paper=OuterRef("paper"))))
        told = self.annotate(size=_count(on_it), left=_count(left))
        return told.select_related("owner").order_by("name", "pk")

    def last_filled_first(self, reader: User) -> Self:
        """Those to which they added last, and then by name."""
        entries = apps.get_model("papers", "ListEntry")._default_manager.filter(suggested_by=reader)
        latest = entries.filter(reading_list=OuterRef("pk")).order_by("-suggested_at").values("suggested_at")[:1]
        filled = F("filled_at").desc(nulls_last=True)
        return self.annotate(filled_at=Subquery(latest)).select_related("owner").order_by(filled, "name", "pk")

    def telling_of(self, paper: Any) -> Self:
        """With whether a paper is on each (`holds`), and who suggested it there (`suggester`, by number)."""
        entries = apps.get_model("papers", "ListEntry")._default_manager.present()
        of_paper = entries.filter(reading_list=OuterRef("pk"), paper=paper)
        return self.annotate(holds=Exists(of_paper), suggester=Subquery(of_paper.values("suggested_by")[:1]))

    def known_to(self, reader: User) -> list[KnownList]:
        """What they may see, by name."""
        return [KnownList(*row) for row in _visible.of(reader)]

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

    def showing(self, papers: Collection[int]) -> Self:
        """On which some of these papers stand, by their ids."""
        entries = apps.get_model("papers", "ListEntry")._default_manager.present()
        return self.filter(pk__in=entries.filter(paper__in=papers).values("reading_list"))

    def _with_role_of(self, reader: User) -> Self:
        granted = Membership.objects.granting(reader).filter(reading_list=OuterRef("pk")).order_by("-role")
        number = models.PositiveSmallIntegerField()
        of_member = Coalesce(Subquery(granted.values("role")[:1]), Role.NONE.value, output_field=number)
        own = When(owner=reader, then=Role.OWNER.value)
        return self.annotate(role=Case(own, default=of_member, output_field=number))

    def _is_of(self, reader: User) -> Q:
        return Q(owner=reader) | Q(pk__in=Membership.objects.granting(reader).values("reading_list"))


@Prepared
def _visible(reader: User, _: Any) -> models.QuerySet[Any, Any]:
    return ReadingList.objects.visible_to(reader).by_name().values_list(*KnownList._fields)


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


class ReadingList(models.Model):
    """Papers in an order, with what is said of each. Who sees it is decided by `visible_to` alone."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="reading_lists", db_index=False)
    name = models.CharField(max_length=150)
    slug = models.CharField(max_length=200, editable=False)
    description = models.TextField(blank=True, help_text="Markdown; formulas between dollar signs.")
    visibility = models.CharField(max_length=7, choices=Visibility, default=Visibility.PRIVATE)
    order = models.CharField(max_length=6, choices=Order, default=Order.HAND)
    made_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    edition = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="Grows with every change of what its readers see of it."
    )

    objects = ReadingListQuerySet.as_manager()

    #: Whose page it is made for: set by `visible_to`.
    role: int = Role.NONE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="list_name_once_per_owner")]
        indexes = [
            models.Index(fields=["slug"], name="lists_by_slug"),
            models.Index(fields=["name"], condition=Q(visibility="site"), name="lists_of_the_site"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reading_list", args=[self.key])

    @property
    def description_html(self) -> str:
        return markdown_html(self.description)

    @property
    def mine(self) -> Role:
        """What the reader is on it."""
        return Role(self.role)

    @property
    def is_standing(self) -> bool:
        return self.archived_at is None

    def members(self) -> "models.QuerySet[User]":
        """Who takes part: the owner, and who accepted; of teams, those of their people who did.

        Whose reading shows among them, and nobody else's. A team's row lets its people in only as long as they are
        in it.
        """
        taking_part = self.memberships.filter(joined_at__isnull=False)
        own = Q(pk__in=taking_part.filter(role__gt=Role.NONE).values("person"))
        by_team = Q(pk__in=taking_part.values("person"), groups__in=self.memberships.of_teams().values("team"))
        return User.objects.filter(Q(pk=self.owner_id) | own | by_team, is_active=True).distinct()

    def assignable(self, entry: Any) -> "models.QuerySet[User]":
        """To whom one of its papers can be given: its members, and who has it already."""
        members = self.members().values("pk")
        return User.objects.filter(Q(pk__in=members) | Q(pk=entry.claimed_by_id)).order_by("name", "username")

    def people(self) -> "models.QuerySet[User]":
        """Who may read what is said in it: the owner, who accepted, and the people of its teams."""
        accepted = self.memberships.filter(joined_at__isnull=False, role__gt=Role.NONE)
        of_teams = Q(groups__in=self.memberships.of_teams().values("team"))
        their_own = Q(pk=self.owner_id) | Q(pk__in=accepted.values("person"))
        return User.objects.filter(their_own | of_teams, is_active=True).distinct()

    def is_member(self, reader: Reader) -> bool:
        """Whether somebody takes part, and so sees who else does and what they have read."""
        return isinstance(reader, User) and self.members().filter(pk=reader.pk).exists()

    def lock(self) -> None:
        """Nobody else changes the list until the end of the transaction."""
        ReadingList.objects.select_for_update(no_key=True).only("pk").get(pk=self.pk)

    def let_go(self) -> None:
        """What was claimed by people who see the list no longer is free again, and they take part no longer."""
        team = User.objects.filter(groups__in=self.memberships.of_teams().values("team"))
        self.memberships.filter(person__isnull=False, role=Role.NONE).exclude(person__in=team).delete()
        claimed = self.entries.filter(claimed_by__isnull=False).exclude(claimed_by__in=self.people().values("pk"))
        if claimed.update(claimed_by=None, claimed_at=None, assigned_by=None):
            self.next_edition()

    def next_edition(self) -> None:
        """Says that the list looks otherwise; in the transaction that changes it."""
        ReadingList.objects.filter(pk=self.pk).next_edition()

    @transaction.atomic
    def archive(self, is_done: bool = True) -> None:
        """Puts a list away that is finished, or brings it back. In the archive it can be read, and not changed."""
        self.archived_at = timezone.now() if is_done else None
        ReadingList.objects.filter(pk=self.pk).update(archived_at=self.archived_at)
        self.next_edition()
