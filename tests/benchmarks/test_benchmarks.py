"""The benchmarks themselves: a small library is built, kept and measured in every way, and each goal is told of."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import connection

from tests.commands import ROOT

from . import docs
from .__main__ import main
from .corpus import Corpus
from .effort import Effort
from .engines import Engine, PostgreSQL, SQLite
from .goals import Goal, goals
from .library import library, remove
from .plot import plot
from .questions import BEST, EVERY_KIND, QUESTIONS, SEVERAL, Questions
from .report import report
from .results import Results, Times, kept
from .sample import Sample, SamplePaper

SIZES = (60, 300)
LEAST = Effort(rounds=1, slices=1, seconds=0.05, requests=20, exported=50, ingested=30, times=1, days=1, looks=1)
#: Makes papers as the shared script does, but few and short.
SCRIPT = """
import argparse, datetime as dt, json
parser = argparse.ArgumentParser()
for name in ("papers", "seed", "end", "dup-rate"):
    parser.add_argument("--" + name)
said = parser.parse_args()
words = "attention network learning translation retrieval decoder gradient transformer language diffusion".split()
for n in range(int(said.papers)):
    day = dt.date.fromisoformat(said.end) - dt.timedelta(days=(int(said.papers) - n) // 3)
    some = " ".join(words[(n * step + int(said.seed)) % len(words)] for step in (1, 2, 3, 5, 7))
    print(json.dumps({
        "arxiv_id": f"{day:%y%m}.{n:05}", "title": f"Problem {n} of {said.seed}: {some}", "abstract": f"We {some}.",
        "authors": [f"Ada Author{n % 7}", "Ben Bystander"], "tags": [f"topic {n % 3}"],
        "published": str(day), "digest_date": str(day),
    }))
"""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    """The kind of database that the tests run on."""
    if connection.vendor == "sqlite":
        yield SQLite()
        return
    server = connection.settings_dict
    login = f"{quote(server['USER'])}:{quote(server['PASSWORD'])}@{server['HOST']}:{server['PORT'] or 5432}"
    url = f"postgres://{login}/lectern_{os.getpid()}"
    monkeypatch.setenv("DATABASE_URL", url)
    postgresql = PostgreSQL(url)
    yield postgresql
    for folder in (tmp_path / "postgresql").iterdir():
        remove(postgresql, postgresql.place(folder))


def test_a_run_builds_libraries_once_measures_them_and_tells_of_each_goal(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "make_corpus.py"
    script.write_text(SCRIPT)
    sample = tmp_path / "sample.jsonl"
    sample.write_text('{"title": "A real paper"}\n')
    options = [f"--keep={tmp_path}", f"--corpus={script}", f"--sample={sample}", f"--database={engine.name}"]
    options += ["--papers", *map(str, SIZES)]
    main(options, LEAST)
    said = capsys.readouterr()
    (results,) = kept(tmp_path)
    assert said.out == report(results) + "\n"
    assert said.err.count("building") == len(SIZES)
    reached = {goal.what for goal in goals(results) if goal.reached is not None}
    lacking = {goal.what for goal in goals(results) if goal.verdict == "not there yet"}
    assert reached | lacking == {goal.what for goal in goals(results)}
    assert len(reached) >= 7

    assert {what: ingested.papers for what, ingested in results.ingested.items()} == {"made up": 30, "of arXiv": 1}
    assert results.pages
    assert results.pages.all[SIZES[0]].count == sum(
        len(kind.addresses) for kind in EVERY_KIND if kind.name in results.pages.of
    )
    assert all(len(of) == len(SIZES) for of in results.pages.of.values())
    ElementTree.fromstring(plot([results, results]))

    library(engine, tmp_path / engine.name, engine.place(tmp_path / engine.name / "empty"), Corpus(script), SIZES[1])
    assert "building" not in capsys.readouterr().err


def test_best_match_is_asked_for_the_same_words_a_round_later() -> None:
    day = dt.date(2026, 7, 1)
    texts = [" ".join(f"words{letter * n}" for letter in "abcdefgh") for n in range(1, 9)]
    papers = [SamplePaper("2" * 12, n, "Title", text, ["Ada"], ["tag"], day, day) for n, text in enumerate(texts)]
    questions = Questions(Sample(papers, [1]), [SEVERAL, BEST])
    rounds = [questions.round(number) for number in range(2)]
    several, best = ([{address for of, address in asked if of == kind} for asked in rounds] for kind in (SEVERAL, BEST))
    assert best[1] == {f"{address}&sort=best" for address in several[0]}
    assert best[1].isdisjoint(best[0])


def test_thirty_questions_are_asked() -> None:
    assert sum(map(len, QUESTIONS.values())) == 30


def test_what_was_not_measured_is_not_made_up() -> None:
    nothing = Results("SQLite", "a machine", dt.date(2026, 7, 1), list(SIZES))
    told = list(goals(nothing))
    assert {goal.verdict for goal in told} == {"not measured"}
    assert not any(goal.reached_said for goal in told)
    assert all(goal.what in report(nothing) for goal in told)


def test_a_goal_is_met_or_not() -> None:
    assert [Goal("page", 1.5, reached).verdict for reached in (1.4, 1.5, 1.6)] == ["met", "met", "not met"]
    assert [Goal("ingest", 0.5, reached, is_share=True).verdict for reached in (0.4, 0.5)] == ["not met", "met"]


def test_percentiles_are_times_that_were_taken() -> None:
    assert Times.of([n / 1_000 for n in range(1, 101)], [1]) == Times(100, 50.0, 95.0, 1)


def test_the_page_on_speed_has_a_place_for_what_is_measured() -> None:
    assert len(docs.PLACE.findall((ROOT / "docs" / "speed.md").read_text())) == 1
