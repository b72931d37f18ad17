"""Ingests: which file was read when, and what came of it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef


class DigestFile(models.Model):
    """A file that was ingested, known by its bytes. Small ones are kept, compressed, in the data folder."""

    sha256 = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Empty where its bytes could not be read."
    )
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    kept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~models.Q(sha256=""), name="file_once_by_its_bytes")
        ]

    def __str__(self) -> str:
        return self.name


class IngestQuerySet(models.QuerySet["Ingest"]):
    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def unfinished(self) -> Self:
        """Cut off, or still running."""
        return self.filter(finished_at__isnull=True, error="", undone_at__isnull=True)

    def pasted_by(self, person: models.Model) -> Self:
        return self.filter(way=Ingest.Way.PASTE, started_by=person)

    def since(self, moment: dt.datetime) -> Self:
        return self.filter(started_at__gte=moment)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def reading_like(self, run: "Ingest") -> list["Ingest"]:
        """Those that read the same file in the same way, and are not undone; the newest first."""
        same = self.filter(file=run.file, undone_at__isnull=True).order_by("-pk")
        return [each for each in same if each.reads_like(run)]

    def standing(self) -> Self:
        """Neither undone nor ended in an error."""
        return self.filter(undone_at__isnull=True, error="")

    def failed(self) -> Self:
        """Which ended in an error, if they were not undone, nor their files read to the end since."""
        later = self.model._default_manager.filter(
            finished_at__isnull=False, file=OuterRef("file"), pk__gt=OuterRef("pk")
        )
        return self.filter(undone_at__isnull=True).exclude(error="").exclude(Exists(later))


class Ingest(models.Model):
    """One reading of one file. The counts add up: found = created + updated + unchanged + quarantined.

    They follow a piece that is mended later out of `quarantined`; read again with its file, it counts as unchanged.
    """

    class Way(models.TextChoices):
        COMMAND = "command", "the ingest command"
        AGAIN = "again", "run again at the desk"
        UPLOAD = "upload", "uploaded at the desk"
        PASTE = "paste", "pasted by a reader"

    file = models.ForeignKey(DigestFile, models.PROTECT, related_name="ingests")
    format = models.CharField(max_length=40)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it runs, and if it was cut off.")
    way = models.CharField("started by way of", max_length=10, choices=Way, default=Way.COMMAND)
    undone_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    circumstances = models.JSONField(
        default=dict, editable=False, help_text="What it went by beside what is written in the file."
    )
    found = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, help_text="What ended it before all of the file was read.")

    objects = IngestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file}, {self.started_at:%Y-%m-%d %H:%M}"

    def reads_like(self, other: "Ingest") -> bool:
        """Whether they read one file in the same way, if perhaps on different days."""
        return self.file_id == other.file_id and self._of_any_day == other._of_any_day

    @property
    def _of_any_day(self) -> dict[str, Any]:
        dating = {"today": None, "file_time": None}
        return {**self.circumstances, "dating": {**self.circumstances.get("dating", {}), **dating}}

    @property
    def can_be_read_again(self) -> bool:
        """Whether the bytes of its file were kept."""
        return self.file.kept and bool(self.circumstances)
