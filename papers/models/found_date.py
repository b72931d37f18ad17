"""Dates as found: when a file says that a digest in it is of, whatever a curator made of it since."""

from django.db import models

from .digest import DateBasis, Digest
from .ingest import DigestFile


class FoundDate(models.Model):
    """What a file told of the date of a digest. It leads the same file, when it comes again, to the same digest,
    however that is dated by then, and whichever digest it was joined to."""

    file = models.ForeignKey(DigestFile, models.CASCADE, related_name="found_dates", db_index=False)
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="found_dates")
    date = models.DateField()
    date_precision = models.CharField(max_length=5)
    basis = models.CharField(max_length=12, choices=DateBasis)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "digest", "date", "date_precision", "basis"], name="date_found_once_per_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.digest}"
