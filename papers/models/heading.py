"""Headings: what files say above the entries of a digest, whatever curators made of it since."""

from typing import Self

from django.db import models
from django.db.models import F

from .digest import DateBasis, Digest
from .ingest import DigestFile


class HeadingQuerySet(models.QuerySet["Heading"]):
    def without_entries(self) -> Self:
        """Of files of which nothing is left in the digest."""
        return self.exclude(digest__entries__ingest__file=F("file"))

    def called(self, column: str) -> list[str]:
        """What they say in a column, each once, in the order of the alphabet; all but what says nothing."""
        return sorted(filter(None, self.values_list(column, flat=True).distinct()))


class Heading(models.Model):
    """What a file says of a digest: its date, its title and who sends it. It leads the same file, when it comes again,
    to the same digest, however that is dated by then, and whichever digest it was joined to."""

    file = models.ForeignKey(DigestFile, models.CASCADE, related_name="headings", db_index=False)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="headings")
    date = models.DateField()
    date_precision = models.CharField(max_length=5)
    basis = models.CharField(max_length=12, choices=DateBasis)
    title = models.CharField(max_length=500, blank=True)
    source_name = models.CharField(max_length=200, blank=True)

    objects = HeadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "digest", "date", "date_precision", "basis", "title", "source_name"],
                name="heading_once_per_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.digest}"
