"""`quickstart`: from a fresh checkout to a library, and the second time nothing new."""

import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

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


def test_the_curator_may_come_from_the_environment(tmp_path: Path) -> None:
    environment = {"DJANGO_SUPERUSER_USERNAME": "ines", "DJANGO_SUPERUSER_PASSWORD": "a long enough password"}
    done = manage("quickstart", "--no-serve", data=tmp_path, **environment)
    assert "The curator is ines, with the password from the environment." in done.stdout
    assert environment["DJANGO_SUPERUSER_PASSWORD"] not in done.stdout


def test_digests_of_one_s_own_come_in_place_of_the_sample(tmp_path: Path) -> None:
    digest = tmp_path / "mine.jsonl"
    digest.write_text('{"title": "A paper of my own", "digest_date": "2025-03-11"}\n')
    done = manage("quickstart", str(digest), "--no-serve", data=tmp_path)
    assert done.returncode == 0, done.stderr
    assert counts(tmp_path)["papers_paper"] == 1


def test_a_digest_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    done = manage("quickstart", str(tmp_path / "missing.txt"), "--no-serve", data=tmp_path)
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
