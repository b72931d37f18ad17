"""Errands run: papers follow what was done to tags and rules, a batch at a time, so that nobody waits for them."""

import time

from ..models import Edition, Errand, Rule
from .keep import sole_writer
from .retag import retag

#: Small enough to hold the writer's lock for well under a second.
_BATCH = 500
#: How long whoever changed something waits for the papers to follow. What is left then follows when somebody says so on
#: the desk, or with the next ingest.
PATIENCE = 5.0


def run_errands(seconds: float | None = PATIENCE) -> bool:
    """Runs what errands there are, for about so long or to the end; whether none is left."""
    end = None if seconds is None else time.monotonic() + seconds
    while Errand.objects.exists():
        if end is not None and time.monotonic() > end:
            return False
        _step()
    return True


def _step() -> None:
    with sole_writer():
        errand = Errand.objects.order_by("pk").first()
        if errand is None:
            return
        if papers := errand.next(_BATCH):
            retag(papers, list(Rule.objects.standing()))
            errand.save(update_fields=["beyond"])
            Edition.objects.next()
        else:
            errand.delete()
