"""How much is asked in a run; more is steadier."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    rounds: int
    """Through all kinds of pages."""
    slices: int
    seconds: float
    """In each of which requests are counted."""
    requests: int
    """Before a worker's memory is looked at."""
    exported: int
    """Papers, at most."""
    ingested: int
    """Papers, into an empty library."""
    times: int
    """That they are ingested."""
    days: int
    """Whose digests come into each library."""
    looks: int
    """At each page beside a mark on all papers."""


FULL = Effort(
    rounds=40, slices=8, seconds=1, requests=10_000, exported=10_000, ingested=10_000, times=3, days=5, looks=20
)
QUICK = Effort(rounds=4, slices=2, seconds=0.2, requests=500, exported=1_000, ingested=1_000, times=1, days=2, looks=3)
