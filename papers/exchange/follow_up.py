"""What follows whatever took files in: errands are run, what readers took back settles, and likely duplicates of what
is new are looked for."""

from collections.abc import Callable
from math import inf

from ..models import Marking
from .duplicates import AFTER_INGEST, compare_all
from .errands import PATIENCE, run_errands


def follow_up(*, wholly: bool = False, progress: Callable[[int], object] = int) -> None:
    """Runs errands, to the end or for as long as somebody waits for a page, and compares the newest papers.

    `progress` is told of papers as they are compared.
    """
    if wholly:
        run_errands(None)
    else:
        run_errands()
    Marking.objects.settle(inf if wholly else PATIENCE)
    compare_all(AFTER_INGEST, progress)
