"""Ingests: which file was read when, what came of it, and what could not be read."""

from django.conf import settings
from django.db import models


class DigestFile(models.Model):
    """A file that was ingested, known by its bytes. Small ones are kept, compressed, in the data folder."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    kept = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Ingest(models.Model):
    """One reading of one file. The counts add up: found = created + updated + unchanged + quarantined."""

    file = models.ForeignKey(DigestFile, models.PROTECT, related_name="ingests")
    format = models.CharField(max_length=40)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it runs, and if it was cut off.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    found = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.file}, {self.started_at:%Y-%m-%d %H:%M}"


class Quarantined(models.Model):
    """What should have been an entry and could not be read, as it stood in the file."""

    ingest = models.ForeignKey(Ingest, models.CASCADE, related_name="quarantine")
    line = models.PositiveIntegerField()
    text = models.TextField()
    context = models.TextField(blank=True)
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name_plural = "quarantine"

    def __str__(self) -> str:
        return f"{self.ingest.file}, line {self.line}: {self.reason}"
