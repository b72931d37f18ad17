"""Digests: who sends them, when, and what they name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Exists, Max, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone

from ..access import Reader, may_read_library
from ..dates import PartialDate, Precision
from .user import User

_SECONDS_A_PAPER = 45
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class Source(models.Model):
    """Who sends digests: a page, a list, a letter. Where two disagree about a paper, the more trusted is believed."""

    #: The slug of what readers paste.
    PASTED = "pasted"

    name = models.CharField(max_length=200)
    found_name = models.CharField(  # noqa: DJ001 - no name of a curator's stands
        max_length=200, null=True, editable=False, help_text="What files call it, while a curator calls it otherwise."
    )
    slug = models.CharField(max_length=200, unique=True, editable=False)
    trust = models.PositiveSmallIntegerField(
        default=50,
        validators=[MaxValueValidator(100)],
        help_text="From 0 to 100; where two differ, the higher is believed.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Left:
    """How much of a digest is left to somebody."""

    count: int
    size: int

    @property
    def read(self) -> int:
        return self.size - self.count

    @property
    def time(self) -> str:
        """How long it takes to skim what is left, as one would say it."""
        minutes = ceil(self.count * _SECONDS_A_PAPER / 60)
        number, unit = (round(minutes / 60), "hour") if minutes >= 90 else (minutes, "minute")
        return f"about {_NUMBERS[number] if number < len(_NUMBERS) else f'{number:,}'} {unit}{'s' * (number != 1)}"


class DateBasis(models.TextChoices):
    """What a digest's date was taken from, the surest first."""

    CURATOR = "curator", "set by a curator"
    OPTION = "option", "said at the ingest"
    CONTENT = "content", "written in the file"
    MAIL = "mail", "by the mail's date"
    FILE_NAME = "file name", "in the file's name"
    IDENTIFIERS = "identifiers", "day and month written in the file, year by its newest arXiv id"
    FILE_TIME = "file time", "by the file's time"
    TODAY = "today", "the day of the ingest"

    @property
    def doubt(self) -> int:
        """The less, the surer."""
        return list(type(self)).index(self)


def site_day(moment: dt.datetime | None = None) -> dt.date:
    """The day by the site's clock, now or at a moment: what is everybody's is dated by it, whoever asks from where."""
    return timezone.localdate(moment, timezone.get_default_timezone())


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, reader: Reader) -> Self:
        return self if may_read_library(reader) else self.none()

    def guessed(self) -> Self:
        """Whose dates, or their years, are not written anywhere."""
        return self.filter(date_basis__in=(DateBasis.IDENTIFIERS, DateBasis.FILE_TIME, DateBasis.TODAY))

    def behind(self) -> Self:
        """Whose papers have yet to follow what was done to it or its source."""
        return self.filter(filled_to__isnull=False)

    def of_date(self, source: Source, date: PartialDate) -> Self:
        """The one of a source and date, if there is one."""
        return self.filter(source=source, date=date.first_day, date_precision=date.precision)

    def found_by(self, ingest: models.Model) -> Self:
        """In which an ingest found something."""
        entries: Any = self.model._meta.get_field("entries").related_model._default_manager
        return self.filter(Exists(entries.found_by(ingest).filter(digest=OuterRef("pk"))))

    def of_file(self, file: int) -> Self:
        """Which a file of this id turned out to hold."""
        return self.filter(headings__file=file).distinct()

    def numbered(self, numbers: Iterable[int]) -> Self:
        """Those with these ids."""
        return self.filter(pk__in=numbers)

    def sent(self) -> Self:
        """Which somebody sends: what readers paste is none, and so takes no digest's place."""
        return self.exclude(source__slug=Source.PASTED)

    def touched(self) -> Self:
        """Which curators dated, or call otherwise than files do."""
        return self.filter(Q(date_basis=DateBasis.CURATOR) | Q(found_title__isnull=False))

    def empty(self) -> Self:
        return self.filter(entries__isnull=True)

    def newest_first(self) -> Self:
        return self.select_related("source").order_by("-date", "-id")

    def newest_day(self) -> dt.date | None:
        """That of the newest digest; one that is dated ahead by mistake does not count."""
        day: dt.date | None = self.filter(date__lte=site_day()).aggregate(day=Max("date"))["day"]
        return day

    def on(self, day: dt.date) -> Self:
        return self.filter(date=day).select_related("source").order_by("source__slug", "date_precision")

    def of(self, source_slug: str) -> Self:
        return self.filter(source__slug=source_slug)

    def before(self, day: dt.date) -> Self:
        return self.filter(date__lt=day).newest_first()

    def after(self, day: dt.date) -> Self:
        return self.filter(date__gt=day).select_related("source").order_by("date", "id")

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(date__range=(first, last)).order_by("date")

    def with_something_left_for(self, reader: User) -> Self:
        """With `has_left`: whether some of a digest's papers are new to the reader."""
        entries: Any = self.model._meta.get_field("entries").related_model
        listed = entries.objects.listed()
        has_left: Any = Exists(listed.left_for(reader).filter(digest=OuterRef("pk")))
        if reader.caught_up_to:  # in cases, because SQLite looks at both sides of an “or”
            newer = When(date__gt=reader.caught_up_to, then=has_left)
            has_left = Case(newer, When(listed.digests_kept_for(reader), then=True), default=False)
        return self.annotate(has_left=has_left)

    def left_for(self, reader: User) -> Self:
        """With papers that are new to the reader."""
        return self.with_something_left_for(reader).filter(has_left=True)


class Digest(models.Model):
    """One issue of a source: the papers it named on a day, in its order."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="digests")
    date = models.DateField()
    date_precision = models.CharField(max_length=5, default="day")
    date_basis = models.CharField(max_length=12, choices=DateBasis)
    title = models.CharField(max_length=500, blank=True)
    found_title = models.CharField(  # noqa: DJ001 - no title of a curator's stands
        max_length=500, null=True, editable=False, help_text="What files title it, while a curator titles it otherwise."
    )
    size = models.PositiveIntegerField(default=0, editable=False, help_text="How many papers it names.")
    filled_to = models.BigIntegerField(
        null=True, editable=False, help_text="The last of its papers that follows a change; empty where all do."
    )

    objects = DigestQuerySet.as_manager()

    #: Whether something of it is left to the reader, where that was asked, and how much, where it was counted.
    has_left = False
    left: Left | None = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "date", "date_precision"], name="one_digest_a_day")]
        indexes = [
            models.Index(fields=["-date"], name="digests_newest_first"),
            models.Index(fields=["id"], condition=Q(filled_to__isnull=False), name="digests_behind"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.written_date}"

    def get_absolute_url(self) -> str:
        day = self.date
        return reverse("digest", args=[day.year, day.month, day.day, self.source.slug])

    @property
    def day_url(self) -> str:
        """The page of its day, which other digests may share."""
        return reverse("day", args=[self.date.year, self.date.month, self.date.day])

    def left_for(self, reader: User) -> Left:
        return Left(self.entries_left_for(reader).count(), self.size)

    def entries_left_for(self, reader: User) -> Any:
        """Those whose papers are new to the reader. Of a digest that they are caught up with they are soon found, as no
        paper was first named after the digest."""
        listed = self.entries.listed()
        is_known = reader.caught_up_to and self.date <= reader.caught_up_to
        return listed.kept_for(reader) if is_known else listed.left_for(reader)

    @property
    def number(self) -> int:
        """Which issue of its source it is, by date."""
        return Digest.objects.filter(source=self.source, date__lte=self.date).count()

    @property
    def written_date(self) -> PartialDate:
        precision: Precision = self.date_precision  # type: ignore[assignment]
        return PartialDate.of(self.date, precision)
