"""`export`: the library's papers in a file, all of them or those that a question asks for."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import world
from tests.installation import Installation


@pytest.fixture
def library(installation: Installation, tmp_path: Path) -> Installation:
    digest = tmp_path / "digest.jsonl"
    lines = [world.line(n, tags=["odd"] if n % 2 else ["even"]) for n in range(1, 6)]
    digest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert installation.run("ingest", str(digest)).code == 0
    return installation


def titles(exported: str) -> list[str]:
    return [json.loads(line)["title"][-1] for line in exported.splitlines()]


def test_an_export_taken_into_an_empty_library_exports_the_same(
    library: Installation, another_installation: Installation, tmp_path: Path
) -> None:
    exported = tmp_path / "export.jsonl"
    assert library.run("export", "-o", str(exported)).code == 0
    assert another_installation.run("ingest", str(exported)).code == 0
    assert another_installation.export() == library.export()


@pytest.mark.parametrize(
    ("question", "found"),
    [("tag=odd", "135"), ("problem 000002", "2"), ("author=Ada Author4&q=simple", "4"), ("x y", "")],
)
def test_a_question_narrows(question: str, found: str, library: Installation) -> None:
    assert sorted(titles(library.run("export", question).out)) == list(found)


def test_a_question_that_is_not_understood_is_told_and_writes_nothing(library: Installation, tmp_path: Path) -> None:
    ran = library.run("export", "year=lately", "-o", str(tmp_path / "export.jsonl"))
    assert ran.code == 1
    assert "not understood: year=lately" in ran.err
    assert not (tmp_path / "export.jsonl").exists()


@pytest.mark.parametrize("question", ["is=unread", "is:read", "simple -is:starred", "list:thursday"])
def test_nobody_s_marks_can_be_asked_for(question: str, library: Installation) -> None:
    ran = library.run("export", question)
    assert (ran.code, ran.out) == (1, "")
    assert "“is” and “list” ask for what is a reader's own" in ran.err


def test_a_file_that_cannot_be_written_is_told_in_one_line(library: Installation, tmp_path: Path) -> None:
    ran = library.run("export", "-o", str(tmp_path / "missing" / "export.jsonl"))
    assert ran.code == 1
    assert (
        ran.err.strip() == f"CommandError: {tmp_path}/missing/export.jsonl cannot be written: No such file or directory"
    )


def test_a_pipe_whose_reader_has_had_enough_is_no_error(library: Installation) -> None:
    process = library.start("export", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    _, said = process.communicate()
    assert said == b""
    assert process.returncode == 0
