"""`quickstart`: from a fresh checkout to a library, and the second time nothing new."""

import socket
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import manage

TABLES = ("papers_paper", "papers_entry", "papers_digest", "papers_user", "papers_ingest")


def counts(data: Path) -> dict[str, int]:
    with closing(sqlite3.connect(data / "lectern.sqlite3")) as library:
        return {table: library.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def test_it_sets_up_everything_and_says_the_password_once(tmp_path: Path) -> None:
    first = manage("quickstart", "--no-serve", data=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "The curator is curator, and the password, said only now, is " in first.stdout
    assert (tmp_path / "static" / "staticfiles.json").exists()
    made = counts(tmp_path)
    assert made["papers_digest"] == 3
    with closing(sqlite3.connect(tmp_path / "lectern.sqlite3")) as library:
        everything_is_new = library.execute("SELECT caught_up_to IS NULL FROM papers_user").fetchall()
    assert everything_is_new == [(1,)]
    assert made["papers_paper"] >= 36
    key = (tmp_path / "secret_key").read_text()
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600

    second = manage("quickstart", "--no-serve", data=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "password" not in second.stdout
    assert counts(tmp_path) == made
    assert (tmp_path / "secret_key").read_text() == key


type OfMyOwn = tuple[Path, subprocess.CompletedProcess[str]]
ENVIRONMENT = {"DJANGO_SUPERUSER_USERNAME": "ines", "DJANGO_SUPERUSER_PASSWORD": "a long enough password"}


@pytest.fixture(scope="module")
def of_my_own(tmp_path_factory: pytest.TempPathFactory) -> OfMyOwn:
    """A data folder set up with a digest of one's own and one that is not there, and what the command said."""
    data = tmp_path_factory.mktemp("of_my_own")
    digest = data / "mine.jsonl"
    digest.write_text('{"title": "A paper of my own", "digest_date": "2025-03-11"}\n')
    return data, manage("quickstart", str(digest), str(data / "missing.txt"), "--no-serve", data=data, **ENVIRONMENT)


def test_the_curator_may_come_from_the_environment(of_my_own: OfMyOwn) -> None:
    _, done = of_my_own
    assert "The curator is ines, with the password from the environment." in done.stdout
    assert ENVIRONMENT["DJANGO_SUPERUSER_PASSWORD"] not in done.stdout


def test_digests_of_one_s_own_come_in_place_of_the_sample(of_my_own: OfMyOwn) -> None:
    data, _ = of_my_own
    assert counts(data)["papers_paper"] == 1


def test_a_digest_that_cannot_be_read_is_told_of(of_my_own: OfMyOwn) -> None:
    _, done = of_my_own
    assert done.returncode == 1
    assert "missing.txt: cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = manage("quickstart", "--port", str(port), data=tmp_path)
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert not (tmp_path / "static").exists()
