"""Ingests: which file was read when, what came of it, and what could not be read."""

from collections import Counter
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Left

_MOST_REASONS = 20
_LOOKED_AT = 1_000
_BEGINNING = 100


class DigestFile(models.Model):
    """A file that was ingested, known by its bytes. Small ones are kept, compressed, in the data folder."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    kept = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class IngestQuerySet(models.QuerySet["Ingest"]):
    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def unfinished(self) -> Self:
        """Cut off, or still running."""
        return self.filter(finished_at__isnull=True)


class Ingest(models.Model):
    """One reading of one file. The counts add up: found = created + updated + unchanged + quarantined."""

    class Way(models.TextChoices):
        COMMAND = "command", "the ingest command"
        AGAIN = "again", "run again at the desk"

    file = models.ForeignKey(DigestFile, models.PROTECT, related_name="ingests")
    format = models.CharField(max_length=40)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it runs, and if it was cut off.")
    way = models.CharField("started by way of", max_length=10, choices=Way, default=Way.COMMAND)
    options = models.JSONField(default=dict, help_text="What else the reading depended on; dates as texts.")
    undone_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    found = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)

    objects = IngestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file}, {self.started_at:%Y-%m-%d %H:%M}"

    def reads_like(self, other: "Ingest") -> bool:
        """Whether they read one file in the same way, if perhaps on different days."""
        days = {"today", "time"}
        mine, its = ({name: value for name, value in run.options.items() if name not in days} for run in (self, other))
        return self.file_id == other.file_id and mine == its

    @property
    def can_be_read_again(self) -> bool:
        """Whether the bytes of its file were kept."""
        return self.file.kept and bool(self.options)


class QuarantinedQuerySet(models.QuerySet["Quarantined"]):
    def because(self, reason: str) -> Self:
        return self.filter(reason=reason)

    def reasons(self) -> list[str]:
        """The most frequent ones, of what was quarantined last."""
        last = self.order_by("-pk").values("reason")[:_LOOKED_AT]
        return [reason for reason, _ in Counter(row["reason"] for row in last).most_common(_MOST_REASONS)]

    def dismiss(self, most: int) -> int:
        """Deletes the first of them, at most so many, and says how many."""
        first = list(self.values_list("pk", flat=True)[:most])
        return self.model._default_manager.filter(pk__in=first).delete()[0]

    def in_brief(self) -> Self:
        """With the `beginning` of a text that may be long."""
        return self.defer("text", "context").annotate(beginning=Left("text", _BEGINNING))


class Quarantined(models.Model):
    """What should have been an entry and could not be read, as it stood in the file."""

    ingest = models.ForeignKey(Ingest, models.CASCADE, related_name="quarantine")
    line = models.PositiveIntegerField()
    text = models.TextField()
    context = models.TextField(blank=True)
    reason = models.CharField(max_length=500)

    objects = QuarantinedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quarantine"

    def __str__(self) -> str:
        return f"{self.ingest.file}, line {self.line}: {self.reason}"
