"""Reading lists: papers that somebody, or a team, reads together."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ..access import Reader, Role
from ..ids import slug
from ..text import markdown_html
from .order import Order
from .paper import new_key
from .prepared import Prepared
from .reading_lists import ReadingListQuerySet, Visibility
from .user import User

if TYPE_CHECKING:
    from .list_entry import ListEntry


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
        indexes = [models.Index(fields=["name"], condition=Q(visibility="site"), name="lists_of_the_site")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reading_list", args=[self.key])

    @classmethod
    def known_to(cls, reader: User) -> list[KnownList]:
        """What they may see, by name."""
        return [KnownList(*row) for row in _visible.of(reader)]

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
        taking_part = self.memberships.taking_part().values("person")
        return User.objects.filter(Q(pk=self.owner_id) | Q(pk__in=taking_part), is_active=True)

    def assignable(self, entry: "ListEntry") -> "models.QuerySet[User]":
        """To whom one of its papers can be given: its members, and who has it already."""
        members = self.members().values("pk")
        return User.objects.filter(Q(pk__in=members) | Q(pk=entry.claimed_by_id)).order_by("name", "username")

    def people(self) -> "models.QuerySet[User]":
        """Who may read what is said in it: the owner, who accepted, and the people of its teams."""
        their_own = Q(pk=self.owner_id) | Q(pk__in=self.memberships.joined().values("person"))
        return User.objects.filter(their_own | self._in_teams(), is_active=True).distinct()

    def is_member(self, reader: Reader) -> bool:
        """Whether somebody takes part, and so sees who else does and what they have read."""
        return isinstance(reader, User) and self.members().filter(pk=reader.pk).exists()

    def lock(self) -> None:
        """Nobody else changes the list until the end of the transaction."""
        ReadingList.objects.select_for_update(no_key=True).only("pk").get(pk=self.pk)

    def let_go(self) -> None:
        """What was claimed by people who see the list no longer is free again, and they take part no longer."""
        in_teams = User.objects.filter(self._in_teams())
        self.memberships.of_people().filter(role=Role.NONE).exclude(person__in=in_teams).delete()
        claimed = self.entries.filter(claimed_by__isnull=False).exclude(claimed_by__in=self.people().values("pk"))
        if claimed.update(claimed_by=None, claimed_at=None, assigned_by=None):
            self.next_edition()

    def _in_teams(self) -> Q:
        """True of the people of its teams."""
        return Q(groups__in=self.memberships.of_teams().values("team"))

    def next_edition(self) -> None:
        """Says that the list looks otherwise; in the transaction that changes it."""
        ReadingList.objects.filter(pk=self.pk).next_edition()

    @transaction.atomic
    def archive(self, is_done: bool = True) -> None:
        """Puts a list away that is finished, or brings it back. In the archive it can be read, and not changed."""
        self.archived_at = timezone.now() if is_done else None
        ReadingList.objects.filter(pk=self.pk).update(archived_at=self.archived_at)
        self.next_edition()


@Prepared
def _visible(reader: User, _: Any) -> models.QuerySet[Any, Any]:
    return ReadingList.objects.visible_to(reader).by_name().values_list(*KnownList._fields)
