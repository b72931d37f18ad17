"""The library's edition: a number that grows with every change of what readers see."""

import time

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest


class EditionManager(models.Manager["Edition"]):
    def current(self) -> int:
        return self.values_list("number", flat=True).first() or 0

    def next(self) -> None:
        """Says that the library has changed; in the transaction that changes it.

        By the clock (microseconds), so that a library that was put back from a copy does not repeat its numbers.
        """
        now = time.time_ns() // 1_000
        if not self.update(number=Greatest(F("number") + 1, now)):
            self.bulk_create([Edition(pk=1, number=now)], ignore_conflicts=True)


class Edition(models.Model):
    """One row, set anew by everything that changes the library: a page of an older edition may be out of date."""

    number = models.PositiveBigIntegerField()

    objects = EditionManager()

    def __str__(self) -> str:
        return f"Edition {self.number}"
