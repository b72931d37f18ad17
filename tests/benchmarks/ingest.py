"""How fast papers come into a library: many into an empty one, and a day's digest into each."""

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.installation import Installation

from .corpus import SOURCE, Corpus
from .effort import Effort
from .engines import Engine
from .library import Library, done, fresh, remove
from .results import Ingested


def measure(
    engine: Engine, keep: Path, template: Installation, corpus: Corpus, sample: Path, effort: Effort
) -> dict[str, Ingested]:
    """Of made-up papers, and of the real ones in `sample` where there is such a file."""
    lines = keep / "ingest.jsonl"
    corpus.write(effort.ingested, lines)
    files = {"made up": lines, "of arXiv": sample}
    measured = {what: _measure(engine, keep, template, file, effort) for what, file in files.items() if file.exists()}
    lines.unlink()
    return measured


def _measure(engine: Engine, keep: Path, template: Installation, file: Path, effort: Effort) -> Ingested:
    """An ingest, from the start of the command to its end, and by turns a bare insert of the rows that it made."""
    papers = 0
    through, bare = [], []
    for _ in range(effort.times):
        ingested = fresh(engine, keep / "ingested", template)
        started = time.perf_counter()
        ran = done(ingested.run("ingest", str(file), "--source", SOURCE, "--report=json"))
        through.append(time.perf_counter() - started)
        papers = ran.report["totals"]["created"]
        inserted = fresh(engine, keep / "inserted", template)
        bare.append(engine.insert(inserted, engine.tables(ingested)))
        remove(engine, ingested)
        remove(engine, inserted)
    return Ingested(papers, round(papers / median(through), 1), round(papers / median(bare), 1))


def measure_day(libraries: Sequence[Library], corpus: Corpus, days: int) -> dict[int, float]:
    """Seconds for a day's digest, by the size of the library that it comes into."""
    seconds: dict[int, list[float]] = defaultdict(list)
    first = max(library.stamp.days for library in libraries)
    for number in range(first, first + days):
        for library in libraries:
            seconds[library.papers].append(library.add_day(corpus, number))
    return {papers: round(median(taken), 3) for papers, taken in seconds.items()}
