"""Visits: when a reader was last here, and which papers were there by then."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import OperationalError, connection, models
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

_NOTED_EVERY = dt.timedelta(hours=1)
#: After so long without a request a visit has ended …
_AWAY = dt.timedelta(hours=2)
#: … which is certain so long after what was last noted.
_ENDED = _AWAY + _NOTED_EVERY


class Visitor(models.Model):
    """Somebody who comes and goes."""

    visited_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When they were last here.")
    last_paper = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="The last paper that had come in by then."
    )
    visited_before = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the visit before this one ended."
    )
    last_paper_before = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="The last paper that had come in by then."
    )

    class Meta:
        abstract = True

    def arrive(self, now: dt.datetime) -> bool:
        """Somebody asks for a page: where their last visit had ended, it is the one before this from now on. Says
        whether that they are here is to be noted again; until then it is known to this object only."""
        if self.visited_at is None:
            return True
        away = now - self.visited_at
        if away >= _ENDED:
            self.visited_before, self.last_paper_before = self.visited_at, self.last_paper
        return away >= _NOTED_EVERY

    def note_visit(self, now: dt.datetime) -> None:
        """By one statement, of several at once by the first; never waited for, as the next page does it too."""
        papers = apps.get_model("papers", "Paper")._default_manager.order_by("-pk").values("pk")
        stale = Q(visited_at=None) | Q(visited_at__lte=now - _NOTED_EVERY)
        try:
            with without_waiting():
                type(self)._default_manager.filter(stale, pk=self.pk).update(
                    visited_at=now,
                    last_paper=Coalesce(Subquery(papers[:1]), 0),
                    visited_before=self.visited_before,
                    last_paper_before=self.last_paper_before,
                )
        except OperationalError:
            return


@contextmanager
def without_waiting() -> Iterator[None]:
    """SQLite has one writer at a time, and an ingest may be that for a while."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
