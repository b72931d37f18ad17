"""What follows whatever took files in: errands are run, and likely duplicates of what is new are looked for."""

from collections.abc import Callable

from .duplicates import AFTER_INGEST, compare_all
from .errands import run_errands


def follow_up(*, wholly: bool = False, progress: Callable[[int], object] = int) -> None:
    """Runs errands, to the end or for as long as somebody waits for a page, and compares the newest papers.

    `progress` is told of papers as they are compared.
    """
    if wholly:
        run_errands(None)
    else:
        run_errands()
    compare_all(AFTER_INGEST, progress)
