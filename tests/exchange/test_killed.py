"""An ingest that is killed leaves whole pieces, and running it again completes it."""

import json
import os
import pty
import re
import signal
import termios
from pathlib import Path

import pytest

from papers.exchange.load import BATCH, WHOLE
from tests.installation import Installation


@pytest.fixture
def before(installation: Installation, tmp_path: Path) -> list[object]:
    """What is in the library already."""
    first = tmp_path / "first.jsonl"
    first.write_text(json.dumps({"title": "On Problem 7", "tags": ["old"]}))
    assert installation.run("ingest", str(first)).code == 0
    return list(installation.export())


def digest(folder: Path, size: int) -> str:
    """A file of so many entries; one of them is of a paper that is known by its title."""
    path = folder / "digest.jsonl"
    lines = ({"title": f"On Problem {n}", "arxiv_id": f"2503.{n:05}", "tags": [f"tag {n % 7}"]} for n in range(size))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


def kill_at_work(installation: Installation, path: str) -> None:
    """Kills an ingest as soon as its progress bar, on a terminal, shows that something was stored."""
    terminal, its_end = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    process = installation.start("ingest", path, stdout=its_end, stderr=its_end)
    os.close(its_end)
    seen = b""
    try:
        while not re.search(rb"[1-9]\d* entries", seen):
            seen += os.read(terminal, 1_000)
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
    assert process.returncode == -signal.SIGKILL


def test_a_small_file_leaves_the_library_as_before(
    installation: Installation, before: list[object], tmp_path: Path
) -> None:
    path = digest(tmp_path, WHOLE - 1_000)
    kill_at_work(installation, path)
    assert installation.export() == before
    tables = ("papers_paper", "papers_entry", "papers_digest", "papers_ingest", "papers_digestfile", "papers_tag")
    assert [installation.count(table) for table in tables] == [1] * len(tables)


def test_a_larger_file_leaves_whole_batches_and_running_again_completes_it(
    installation: Installation, before: list[object], another_installation: Installation, tmp_path: Path
) -> None:
    path = digest(tmp_path, WHOLE + 500)
    kill_at_work(installation, path)

    stored = installation.count("papers_entry") - len(before)
    assert 0 < stored < WHOLE + 500
    assert stored % BATCH == 0
    assert installation.count("papers_ingest", f"finished_at IS NULL AND found = {stored}") == 1

    again = installation.run("ingest", path, "--report", "json")
    assert again.code == 0
    totals = again.report["totals"]
    assert (totals["found"], totals["unchanged"]) == (WHOLE + 500, stored)
    assert installation.count("papers_ingest", "finished_at IS NULL") == 1

    first = str(tmp_path / "first.jsonl")
    assert another_installation.run("ingest", first, path).code == 0
    assert installation.export() == another_installation.export()
