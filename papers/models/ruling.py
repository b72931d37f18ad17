"""Rulings: what curators decided about which records are of one work."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Self

from django.db import models

from .change import Change


class RulingQuerySet(models.QuerySet["Ruling"]):
    def standing(self) -> Self:
        return self.filter(replaced_by__isnull=True)

    def binding(self) -> Self:
        return self.filter(binds=True)

    def on(self, fingerprints: Collection[bytes]) -> Self:
        """Those that speak of any of these records."""
        return self.filter(records__fingerprint__in=fingerprints).distinct().order_by("pk")


class Ruling(models.Model):
    """Records in parts: those of different parts are never of one work, and those of one part are, if it binds them.

    It speaks of records by their fingerprints, so that it holds whatever is taken in again, and in whatever order.
    When it is deleted, those that it replaced stand again.
    """

    change = models.OneToOneField(Change, models.CASCADE, related_name="ruling")
    binds = models.BooleanField()
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced")

    objects = RulingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.change)

    @property
    def parts(self) -> list[set[bytes]]:
        """The first is the one that keeps what the others claim as well."""
        parts: dict[int, set[bytes]] = defaultdict(set)
        for record in self.records.all():
            parts[record.part].add(bytes(record.fingerprint))
        return [parts[number] for number in sorted(parts)]

    @property
    def homes(self) -> dict[bytes, str]:
        """Of which papers its records were before, by their keys."""
        return {bytes(record.fingerprint): record.paper_key for record in self.records.all()}

    def is_settled_by(self, parts: Sequence[set[bytes]], *, binds: bool) -> bool:
        """Whether a ruling with these parts takes its place: it decides on all of its records, or otherwise."""
        mine = self.parts
        if set().union(*mine) <= set().union(*parts):
            return True
        joined = binds and any(sum(bool(part & each) for each in mine) > 1 for part in parts)
        parted = self.binds and any(sum(bool(part & each) for each in parts) > 1 for part in mine)
        return joined or parted


class RuledRecord(models.Model):
    """A record that a ruling speaks of."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="records")
    part = models.PositiveSmallIntegerField()
    fingerprint = models.BinaryField(max_length=16, editable=False)
    title_key = models.BigIntegerField(editable=False, help_text="The entry's, by which it is found.")
    paper_key = models.CharField(max_length=12, editable=False, help_text="Of the paper of which it was before.")

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="rulings_by_record")]

    def __str__(self) -> str:
        return f"{self.ruling}: part {self.part}"
