"""What was measured, as it is kept between runs: one file for each database."""

import datetime as dt
import math
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import fmean

import msgspec

from .engines import Engine
from .library import Stamp
from .session import Reply


class Times(msgspec.Struct):
    """How long the pages of a kind took (milliseconds), and how large they were as sent (bytes)."""

    count: int
    p50: float
    p95: float
    size: float

    @classmethod
    def of(cls, seconds: Sequence[float], sizes: Sequence[int]) -> "Times":
        ordered = sorted(seconds)
        p50, p95 = (round(1_000 * ordered[math.ceil(share * len(ordered)) - 1], 3) for share in (0.5, 0.95))
        return cls(len(ordered), p50, p95, round(fmean(sizes)))

    @classmethod
    def of_replies(cls, replies: Sequence[Reply]) -> "Times":
        return cls.of([reply.seconds for reply in replies], [len(reply.body) for reply in replies])


class Pages(msgspec.Struct):
    """By kind, and by the size of the library; and of all kinds together."""

    of: dict[str, dict[int, Times]]
    all: dict[int, Times]


class Beside(msgspec.Struct):
    """Requests a second for a page, and, each as a share of another's in the same moment, for what stands beside it."""

    page: float
    empty: float
    """Of the empty view that returns the same bytes: what the page reaches of it."""
    static: float
    """Of the same bytes as a static file."""
    unchanged: float | None
    """What a 304 reaches of the empty view; None where there are none."""


class Marked(msgspec.Struct):
    """A mark on all papers at once, and what it takes to take it back: milliseconds, where it says nothing else."""

    seconds: float
    """To mark them."""
    taken_back: float
    """Until it answers that the mark is taken back."""
    before: dict[str, float]
    """By the page: the median before anything was marked,"""
    meanwhile: dict[str, float]
    """while it is taken back but has not settled,"""
    after: dict[str, float]
    """and when it has."""
    settling: float
    """Seconds that it takes to settle, in all."""
    batch: float
    """The longest of the batches in which it does."""

    @property
    def slower(self) -> dict[str, float]:
        """By the page: how many times as long it takes until that has settled."""
        return {page: time / self.before[page] for page, time in self.meanwhile.items()}


class Ingested(msgspec.Struct):
    """Papers a second: through the product, and by a bare insert of the same rows."""

    papers: int
    ingest: float
    bare: float


class Built(msgspec.Struct):
    """The first ingest of a library."""

    rate: float
    """Papers a second."""
    memory: int
    """Bytes."""

    @classmethod
    def of(cls, stamp: Stamp) -> "Built":
        return cls(round(stamp.papers / stamp.seconds, 1) if stamp.seconds else 0, stamp.memory)


class Exported(msgspec.Struct):
    way: str
    rate: float
    """Papers a second."""


class Results(msgspec.Struct):
    """Each part is the last one measured, by the size of the library where it says nothing else."""

    database: str
    machine: str
    measured: dt.date
    sizes: list[int]
    pages: Pages | None = None
    admin: dict[str, dict[int, Times]] = {}
    """By the kind of page of the desk, and by the size of the library."""
    lists: dict[str, dict[int, float]] = {}
    """How much longer a page takes for who shares many reading lists, by the page and by the size of the library."""
    marks: dict[str, dict[int, Marked]] = {}
    """By the mark, and by the size of the library."""
    beside: dict[str, Beside] = {}
    """At the largest size: by the page, and how it was asked for."""
    memory: dict[int, int] = {}
    """Of a worker (bytes)."""
    memory_after: int = 0
    """Requests."""
    exported: dict[int, Exported] = {}
    built: dict[int, Built] = {}
    ingested: dict[str, Ingested] = {}
    """By what sort of papers they are."""
    day: dict[int, float] = {}
    """Seconds for a day's digest."""


def load(keep: Path, engine: Engine, sizes: list[int]) -> Results:
    """What the last run of these sizes left, for a run of some parts to go on from."""
    path = keep / f"{engine.name}.json"
    fresh = Results(engine.version, _machine(), dt.date.today(), sizes)  # noqa: DTZ011
    if path.exists():
        last = msgspec.json.decode(path.read_bytes(), type=Results)
        if last.sizes == sizes:
            return msgspec.structs.replace(
                last, database=fresh.database, machine=fresh.machine, measured=fresh.measured
            )
    return fresh


def save(keep: Path, engine: Engine, results: Results) -> None:
    (keep / f"{engine.name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(results)))


def kept(keep: Path) -> list[Results]:
    """What was last measured on each database, SQLite first."""
    paths = sorted(keep.glob("*.json"), reverse=True)
    return [msgspec.json.decode(path.read_bytes(), type=Results) for path in paths]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}, Django {version('django')}, gunicorn {version('gunicorn')}"
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, {python}; {load}"
