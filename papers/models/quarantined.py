"""Quarantine: what should have been an entry and could not be read, until it is mended or dismissed."""

from collections import Counter
from typing import Self

from django.db import models
from django.db.models.functions import Left

from .change import Change
from .ingest import Ingest

_MOST_REASONS = 20
_LOOKED_AT = 1_000
_BEGINNING = 100


class QuarantinedQuerySet(models.QuerySet["Quarantined"]):
    def waiting(self) -> Self:
        """Neither mended nor dismissed."""
        return self.filter(outcome=Quarantined.Outcome.WAITING)

    def mended(self) -> Self:
        return self.filter(outcome=Quarantined.Outcome.MENDED)

    def dismissed(self) -> Self:
        return self.filter(outcome=Quarantined.Outcome.DISMISSED)

    def because(self, reason: str) -> Self:
        return self.filter(reason=reason)

    def of_file(self, file: int) -> Self:
        """Of the file of this id, whichever of its ingests found them first."""
        return self.filter(ingest__file=file)

    def up_to(self, newest: int) -> Self:
        """That were there when this one was the newest."""
        return self.filter(pk__lte=newest)

    def first_ones(self, most: int) -> Self:
        """At most so many, in their order."""
        first = list(self.values_list("pk", flat=True)[:most])
        return self.model._default_manager.filter(pk__in=first)  # type: ignore[return-value]

    def reasons(self) -> list[str]:
        """The most frequent ones, of what was quarantined last."""
        last = self.order_by("-pk").values("reason")[:_LOOKED_AT]
        return [reason for reason, _ in Counter(row["reason"] for row in last).most_common(_MOST_REASONS)]

    def in_brief(self) -> Self:
        """With the `beginning` of a text that may be long."""
        return self.defer("text", "context", "mended_text").annotate(beginning=Left("text", _BEGINNING))

    def in_whole(self) -> Self:
        """With all of the text, and what it was read by."""
        return self.defer(None).select_related("ingest__file")


class Quarantined(models.Model):
    """A piece of a file, as it stood there."""

    class Outcome(models.TextChoices):
        WAITING = "", "waiting"
        MENDED = "mended", "taken in"
        DISMISSED = "dismissed", "dismissed"

    ingest = models.ForeignKey(Ingest, models.CASCADE, related_name="quarantine")
    line = models.PositiveIntegerField()
    text = models.TextField()
    context = models.TextField(blank=True)
    reason = models.CharField(max_length=500)
    place = models.PositiveIntegerField(default=1, help_text="The place in its digest that it should have had.")
    digest = models.JSONField(default=dict, help_text="What its file says of its digest, outside of the text.")
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.WAITING, blank=True)
    settlement = models.ForeignKey(
        Change, models.SET_NULL, null=True, blank=True, related_name="settled", help_text="What brought the outcome."
    )
    mended_text = models.TextField(blank=True, help_text="What it was mended to last.")

    objects = QuarantinedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["outcome", "-id"], name="quarantine_by_outcome")]
        verbose_name = "piece in quarantine"
        verbose_name_plural = "pieces in quarantine"

    def __str__(self) -> str:
        return f"{self.ingest.file}, line {self.line}: {self.reason}"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING
