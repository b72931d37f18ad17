"""A library of so many papers, built once and kept."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tests.installation import Installation, Ran

from .corpus import DAY, SOURCE, Corpus
from .engines import Engine
from .sample import Sample, read


class Stamp(msgspec.Struct):
    """What a library was built from and how that went. It is written last, so that what is unfinished has none."""

    corpus: str
    papers: int
    seconds: float
    """That the first ingest took; 0 where it was not timed, as in a library that was brought along."""
    memory: int
    """That it needed (bytes); 0 likewise."""
    days: int = 1
    """Digests of a day that came after the corpus: one at first, so that the front page has something to show."""
    added: int = 0
    """Papers that came after that."""


@dataclass(frozen=True)
class Library:
    papers: int
    place: Installation
    stamp: Stamp
    sample: Sample

    def add_day(self, corpus: Corpus, number: int) -> float:
        """Takes a day's digest in, and keeps it; how many seconds that took, from the file to the last commit."""
        report = _add_day(self.place, corpus, number)
        self.stamp.days = number + 1
        self.stamp.added += report["created"]
        _stamp(self.place).write_bytes(msgspec.json.encode(self.stamp))
        return float(report["seconds"])


#: Run inside the library's own Django.
_AFTER_IT = "from tests.benchmarks import curator, member, sample; member.make(); curator.make(); sample.write()"


def empty(engine: Engine, keep: Path) -> Installation:
    """A library without papers, made anew, from which others are copied; it has the static files for all of them."""
    place = fresh(engine, keep / "empty")
    done(place.run("migrate", "-v0"))
    done(place.run("collectstatic", "-v0", "--no-input"))
    return place


def fresh(engine: Engine, data: Path, template: Installation | None = None) -> Installation:
    """A new place for a library, without anything or as a copy."""
    place = engine.place(data)
    remove(engine, place)
    data.mkdir(parents=True)
    engine.make(place, template)
    return place


def remove(engine: Engine, place: Installation) -> None:
    engine.drop(place)
    shutil.rmtree(place.data, ignore_errors=True)


def library(engine: Engine, keep: Path, template: Installation, corpus: Corpus, papers: int) -> Library:
    """The library of so many papers: as it is kept, or else built."""
    place = engine.place(keep / str(papers))
    stamp = _kept(place)
    if not stamp or not _is_good(stamp, corpus) or engine.schema(place) != engine.schema(template):
        say(f"{engine.version}: building the library of {papers:,} papers")
        stamp = _built(engine, place, template, corpus, papers)
    return Library(papers, place, stamp, read(place.data))


def done(ran: Ran) -> Ran:
    if ran.code:
        sys.exit(f"A command failed: {ran.err or ran.out}")
    return ran


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _built(engine: Engine, place: Installation, template: Installation, corpus: Corpus, papers: int) -> Stamp:
    fresh(engine, place.data, template)
    lines = place.data / "corpus.jsonl"
    corpus.write(papers, lines)
    ingested = done(place.run("ingest", str(lines), "--source", SOURCE, "--report=json"))
    lines.unlink()
    _add_day(place, corpus, 0)
    done(place.run("shell", "-v0", "-c", _AFTER_IT))
    seconds = ingested.report["totals"]["seconds"]
    stamp = Stamp(corpus.identity, papers, seconds, ingested.memory)
    _stamp(place).write_bytes(msgspec.json.encode(stamp))
    return stamp


def _add_day(place: Installation, corpus: Corpus, number: int) -> dict[str, Any]:
    digest = place.data / "day.jsonl"
    corpus.write_day(number, digest)
    (report,) = done(place.run("ingest", str(digest), "--source", SOURCE, "--report=json")).report["files"]
    assert report["created"] == DAY, report
    return dict(report)


def _is_good(stamp: Stamp, corpus: Corpus) -> bool:
    """Whether it holds the papers that it should, and what was added has not made a large library of a small one."""
    return stamp.corpus == corpus.identity and stamp.added <= stamp.papers // 2


def _kept(place: Installation) -> Stamp | None:
    path = _stamp(place)
    return msgspec.json.decode(path.read_bytes(), type=Stamp) if path.exists() else None


def _stamp(place: Installation) -> Path:
    return place.data / "stamp.json"
