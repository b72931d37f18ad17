"""A person who reads."""

import datetime as dt
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models, transaction
from django.db.models import F
from django.utils.functional import cached_property

from ..access import Reader
from ..language import ANY_LIST
from .edition import Edition
from .visit import Visitor

if TYPE_CHECKING:
    from .reading_list import KnownList

#: How many papers a page shows to whom says nothing else.
PAGE_SIZE = 25
#: What they may choose from.
PAGE_SIZES = (10, PAGE_SIZE, 50, 100)


class TextSize(models.TextChoices):
    """How large text is set, beside what the browser says."""

    SMALL = "small", "smaller"
    EVEN = "", "as it comes"
    LARGE = "large", "larger"
    LARGEST = "largest", "largest"


class User(Visitor, AbstractUser):
    """Somebody who signs in. What they have read is theirs alone."""

    username = models.CharField(
        "user name",
        max_length=150,
        unique=True,
        help_text="For signing in: letters, figures and @ . + - _, and no spaces.",
        validators=[UnicodeUsernameValidator(message="A user name has letters, figures and @ . + - _, and no spaces.")],
        error_messages={"unique": "Somebody else has this user name. Choose another."},
    )
    email = models.EmailField("e-mail address", blank=True)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=150, blank=True, help_text="As colleagues see it, in any order and script.")
    caught_up_to = models.DateField(
        null=True, blank=True, help_text="Papers of digests up to this day count as read, unless marked otherwise."
    )

    # How they read.
    time_zone = models.CharField(max_length=50, blank=True, help_text="Empty: that of the site.")
    page_size = models.PositiveSmallIntegerField(default=PAGE_SIZE, help_text="How many papers a page shows.")
    text_size = models.CharField(max_length=7, choices=TextSize, default=TextSize.EVEN, blank=True)
    keys = models.BooleanField(default=True, help_text="Whether single letters are commands.")
    offers_by_mail = models.BooleanField(default=True, help_text="Whether lists that are offered to them come by mail.")
    opening_reads = models.BooleanField(default=False, help_text="Whether to open a paper marks it as read.")

    claimed_teams = models.ManyToManyField(
        Group, blank=True, editable=False, related_name="+", help_text="Those they are in because OpenID says so."
    )
    edition = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="Grows with every change of how papers look to them."
    )

    #: How many lists are offered to them: known of who has signed in, and told on every page.
    offers: int = 0

    objects: ClassVar[UserManager[Self]] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A newcomer has the newest digest before them, and not all that came before it."""
        if self._state.adding and self.caught_up_to is None:
            digests = apps.get_model("papers", "Digest")._default_manager.all()
            newest = digests.sent().newest_day() or digests.newest_day()
            self.caught_up_to = newest and newest - dt.timedelta(days=1)
        columns, is_new = kwargs.get("update_fields"), self._state.adding
        super().save(*args, **kwargs)
        if not is_new and (columns is None or {"name", "username"} & {*columns}):
            Edition.objects.next()  # as others see what they are called; last, as whatever changes people counts it so

    @property
    def stamp(self) -> tuple[object, ...]:
        """Another one whenever papers look otherwise to the reader."""
        return self.pk, self.edition, self.caught_up_to, self.visited_before, self.offers, *self.lists

    def next_edition(self) -> None:
        """Says that papers look otherwise to the reader; in the transaction that changes it."""
        User.objects.filter(pk=self.pk).update(edition=F("edition") + 1)
        self.edition += 1

    def switch_keys(self, is_on: bool) -> None:
        with transaction.atomic():
            User.objects.filter(pk=self.pk).update(keys=is_on)
            self.next_edition()

    @property
    def is_last_superuser(self) -> bool:
        """Whether without them nobody could give anybody powers."""
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.pk)
        return self.is_superuser and self.is_active and not others.exists()

    @property
    def addresses(self) -> list[str]:
        """Where they get mail."""
        return [each.email for each in self.emailaddress_set.all()] or list(filter(None, [self.email]))

    @property
    def zone(self) -> ZoneInfo | None:
        """Their time zone; None where that is the site's, or none that is known here."""
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    @cached_property
    def unsettled(self) -> list[int]:
        """The markings that are taken back, but whose states do not all say so yet; looked up once a request."""
        return list(apps.get_model("papers", "Marking")._default_manager.unsettled(self))

    @cached_property
    def lists(self) -> "list[KnownList]":
        """The reading lists that they may see; looked up once a request, so that who is taken off one sees no more of
        it from the next on."""
        return list(apps.get_model("papers", "ReadingList").known_to(self))

    @property
    def own_lists(self) -> "list[KnownList]":
        """Those that are theirs or shared with them."""
        return [each for each in self.lists if each.role]

    def lists_called(self, value: str) -> "list[KnownList]":
        """Those that they may see of this name, as an address carries it, or with this key; or all of their own."""
        return self.own_lists if value == ANY_LIST else [each for each in self.lists if value in (each.slug, each.key)]

    def on_lists(self) -> "User":
        """The reader as a reading list knows them: caught up with nothing, as a paper that was put before them there
        is unread until they say otherwise, however old it is. Never to be saved."""
        reader = copy(self)
        reader.caught_up_to = None
        return reader

    def lock(self) -> None:
        """Nobody else marks for the reader until the end of the transaction; what they have of themselves is up to
        date then."""
        locked = User.objects.select_for_update(no_key=True).only("caught_up_to", "edition").get(pk=self.pk)
        self.caught_up_to, self.edition = locked.caught_up_to, locked.edition
        self.__dict__.pop("unsettled", None)

    @property
    def initials(self) -> str:
        """Two letters that stand for the person in the bar and on a routing slip."""
        words = self.get_full_name().split()
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def page_size(reader: Reader) -> int:
    """How many papers a page shows them."""
    return reader.page_size if isinstance(reader, User) else PAGE_SIZE
