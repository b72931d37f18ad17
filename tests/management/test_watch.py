"""`ingest --watch`: files are taken in as they come, and it ends when it is told to."""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import world
from tests.installation import Installation

PATIENCE = 60
LINE = json.dumps(world.line(1)) + "\n"


class Watching:
    """The command at work in a folder, and what it says."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.folder = folder
        self.installation = installation
        self._out, self._err = installation.data / "out", installation.data / "err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = installation.start(
                "ingest", "--watch", str(folder), "--every", "0.2", "--tag", "watched", stdout=out, stderr=err
            )
        self.wait_for(lambda: "Watching" in self.out)

    @property
    def out(self) -> str:
        return self._out.read_text()

    @property
    def err(self) -> str:
        return self._err.read_text()

    def wait_for(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{self.out}\n{self.err}"
            assert self.process.poll() is None, self.err
            time.sleep(0.05)

    def put(self, name: str, text: str) -> None:
        """As a careful program does it, at once."""
        (self.folder / ".on-its-way").write_text(text)
        (self.folder / ".on-its-way").rename(self.folder / name)

    def has(self, *names: str) -> Callable[[], bool]:
        return lambda: all((self.folder / name).exists() for name in names)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watching(installation: Installation, tmp_path: Path) -> Iterator[Watching]:
    folder = tmp_path / "inbox"
    folder.mkdir()
    watching = Watching(installation, folder)
    yield watching
    if watching.process.poll() is None:
        watching.process.kill()
        watching.process.wait()


def test_files_are_taken_in_and_moved_each_with_one_line(watching: Watching) -> None:
    watching.put("one.jsonl", LINE + "{broken\n")
    watching.put("prose.txt", "Dear all,\nhere is nothing to read.\n")
    watching.wait_for(watching.has("done/one.jsonl", "failed/prose.txt", "failed/prose.txt.txt"))
    watching.put("one.jsonl", LINE)
    watching.wait_for(watching.has("done/one-2.jsonl"))
    assert watching.end() == 0
    first = f"{watching.folder}/one.jsonl (jsonl): 2 found, 1 created, 0 updated, 0 unchanged, 1 quarantined"
    again = f"{watching.folder}/one.jsonl (jsonl): 1 found, 0 created, 0 updated, 1 unchanged, 0 quarantined"
    assert watching.out.splitlines()[1:] == [first, again]
    reason = (watching.folder / "failed/prose.txt.txt").read_text()
    assert reason.startswith("in no format that Lectern knows")
    assert reason.count("\n") == 1
    assert watching.err == f"{watching.folder}/prose.txt: {reason}"
    assert watching.installation.count("papers_papertag") == 3  # two of its own, and the one of the option


def test_a_file_that_grows_is_left_until_it_is_all_there(watching: Watching) -> None:
    with (watching.folder / "slow.jsonl").open("w") as file:
        for number in range(1, 11):
            file.write(json.dumps(world.line(number)) + "\n")
            file.flush()
            time.sleep(0.1)
    watching.wait_for(watching.has("done/slow.jsonl"))
    assert "10 found, 10 created" in watching.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well_when_told_to_and_finishes_the_file_at_hand(number: signal.Signals, watching: Watching) -> None:
    watching.put("large.jsonl", "".join(json.dumps(world.line(n)) + "\n" for n in range(3_000)))
    watching.put("later.jsonl", LINE)
    watching.wait_for(lambda: watching.installation.data.joinpath("files").exists())  # begun
    assert watching.end(number) == 0
    assert watching.has("done/large.jsonl", "later.jsonl")()
    assert watching.installation.count("papers_paper") == 3_000
    assert watching.err == ""


def test_a_file_that_nobody_may_read_fails_and_the_others_go_on(watching: Watching) -> None:
    if os.geteuid() == 0:
        watching.put("empty.jsonl", "")
    else:
        (watching.folder / ".secret").touch(mode=0)
        (watching.folder / ".secret").rename(watching.folder / "empty.jsonl")
    watching.put("one.jsonl", LINE)
    watching.wait_for(watching.has("failed/empty.jsonl.txt", "done/one.jsonl"))


def test_a_folder_that_is_away_for_a_while_is_said_once_and_waited_for(watching: Watching) -> None:
    away = watching.folder.rename(watching.folder.with_name("away"))
    watching.wait_for(lambda: "cannot be read: No such file or directory; trying again" in watching.err)
    time.sleep(0.5)
    away.rename(watching.folder)
    watching.put("one.jsonl", LINE)
    watching.wait_for(watching.has("done/one.jsonl"))
    assert len(watching.err.splitlines()) == 1


@pytest.mark.database("sqlite")
def test_a_database_that_is_away_is_said_once_and_the_file_stays_until_it_is_back(watching: Watching) -> None:
    path = watching.installation.data / "lectern.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE papers_ingest RENAME TO elsewhere")
    watching.put("one.jsonl", LINE)
    watching.wait_for(
        lambda: "one.jsonl: the database refused: no such table: papers_ingest; trying again" in watching.err
    )
    time.sleep(0.5)
    assert watching.has("one.jsonl")()
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE elsewhere RENAME TO papers_ingest")
    watching.wait_for(watching.has("done/one.jsonl"))
    assert len(watching.err.splitlines()) == 1
    assert watching.installation.count("papers_paper") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name the files to take in, or a folder with --watch"),
        (("a.md", "--watch", "."), "name the files to take in, or a folder with --watch"),
        (("--watch", "/dev/null"), "/dev/null cannot be watched: Not a directory"),
        (("--watch", "/no/such/folder"), "/no/such/folder cannot be watched: No such file or directory"),
        (("--watch", ".", "--dry-run"), "--watch goes with neither --dry-run nor --report json"),
        (("--watch", ".", "--every", "nan"), "“nan” is no number of seconds"),
        (("--watch", ".", "--every", "0"), "“0” is no number of seconds"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    arguments: tuple[str, ...], said: str, installation: Installation
) -> None:
    ran = installation.run("ingest", *arguments)
    assert ran.code != 0
    assert said in ran.err
    assert "Traceback" not in ran.err
