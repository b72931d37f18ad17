"""The command: builds the libraries that are missing, measures, and says what was reached of the goals."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from tests.commands import ROOT

from . import beside, desk, docs, export, ingest, lists, marks, memory, pages
from .corpus import Corpus
from .effort import FULL, QUICK, Effort
from .engines import Engine, PostgreSQL, SQLite
from .library import empty, library, say
from .report import report
from .results import Built, Results, kept, load, save
from .server import serving

PARTS = ("pages", "lists", "admin", "marks", "memory", "export", "ingest")


def main(arguments: Sequence[str] | None = None, effort: Effort | None = None) -> None:
    said = _parser().parse_args(arguments)
    keep = said.keep.absolute()
    for name in said.database if said.only else ():
        engine = SQLite() if name == "sqlite" else PostgreSQL(os.environ["DATABASE_URL"])
        results = load(keep, engine, sorted(said.papers))
        asked = effort or (QUICK if said.quick else FULL)
        measure(engine, keep / name, results, Corpus(said.corpus), said.sample, asked, said.only)
        save(keep, engine, results)
        print(report(results))
    if said.write_docs:
        docs.write(kept(keep))


def measure(
    engine: Engine,
    keep: Path,
    results: Results,
    corpus: Corpus,
    sample: Path,
    effort: Effort,
    parts: Sequence[str] = PARTS,
) -> None:
    """Measures the parts into the results, and leaves the others as they are."""
    template = empty(engine, keep)
    libraries = [library(engine, keep, template, corpus, papers) for papers in results.sizes]
    results.built = {each.papers: Built.of(each.stamp) for each in libraries}
    if {"pages", "admin", "marks", "export"} & {*parts}:
        with serving(libraries) as servers:
            if "pages" in parts:
                say(f"{engine.version}: pages")
                results.pages = pages.measure(servers, effort.rounds)
                beside.keep(servers[-1], template.data / "static" / "pages")
            if "admin" in parts:
                say(f"{engine.version}: admin")
                results.admin = desk.measure(servers, effort.rounds)
            if "marks" in parts:
                say(f"{engine.version}: marks")
                results.marks = marks.measure(servers, effort.looks)
            if "export" in parts:
                say(f"{engine.version}: export")
                results.exported = export.measure(servers, effort.exported)
    if "pages" in parts:
        with serving(libraries[-1:]) as [server]:
            results.beside = beside.measure(server, effort)
    if "lists" in parts:
        say(f"{engine.version}: lists")
        with serving(libraries, workers=1) as servers:
            results.lists = lists.measure(servers, effort.looks)
    if "memory" in parts:
        say(f"{engine.version}: memory")
        with serving(libraries, workers=1) as servers:
            results.memory = memory.measure(servers, effort.requests)
            results.memory_after = effort.requests
    if "ingest" in parts:
        say(f"{engine.version}: ingest")
        results.ingested = ingest.measure(engine, keep, template, corpus, sample, effort)
        results.day = ingest.measure_day(libraries, corpus, effort.days)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--papers", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], help="sizes of libraries"
    )
    parser.add_argument(
        "--database",
        nargs="+",
        choices=["sqlite", "postgresql"],
        default=["sqlite", "postgresql"] if "DATABASE_URL" in os.environ else ["sqlite"],
        help="PostgreSQL on the server of DATABASE_URL, in databases of its own; by default, both if that is set",
    )
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "benchmarks", help="where the libraries are kept")
    parser.add_argument(
        "--corpus", type=Path, default=ROOT.parent / "shared" / "make_corpus.py", help="the script that makes papers"
    )
    parser.add_argument(
        "--sample",
        type=Path,
        default=ROOT.parent / "shared" / "data" / "arxiv-sample.jsonl.gz",
        help="real papers, which are ingested too where there is such a file",
    )
    parser.add_argument(
        "--only", nargs="*", choices=PARTS, default=PARTS, help="leave the other parts as last measured"
    )
    parser.add_argument("--quick", action="store_true", help="ask less, and measure less surely")
    parser.add_argument("--write-docs", action="store_true", help="put what was last measured into docs/")
    return parser


if __name__ == "__main__":
    main()
