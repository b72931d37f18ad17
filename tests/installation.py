"""Whole installations: a data folder and a database of their own, where commands run as an operator runs them."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import quote

import psycopg
from django.db import connection

from tests.commands import ROOT


class Ran(NamedTuple):
    """What became of a command."""

    code: int
    out: str
    err: str
    memory: int
    """The most it held at a time (bytes)."""

    @property
    def report(self) -> dict[str, Any]:
        """What `--report json` printed, which is one object and nothing else."""
        assert self.out.count("\n") == 1
        report: dict[str, Any] = json.loads(self.out)
        return report


@dataclass(frozen=True)
class Installation:
    data: Path
    database: str = ""
    """A DATABASE_URL, where it is not the SQLite file in the data folder."""
    settings: str = "digest_site.settings"

    def start(self, *arguments: str, **streams: IO[Any] | int) -> subprocess.Popen[bytes]:
        """Starts a command."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, **streams)  # type: ignore[call-overload, no-any-return]

    def serve(self, port: int, environment: dict[str, str], **streams: IO[Any] | int) -> subprocess.Popen[bytes]:
        """Starts a server, as quickstart does, with these settings."""
        gunicorn = [sys.executable, "-m", "gunicorn", "digest_site.wsgi", f"--bind=127.0.0.1:{port}"]
        command, settings = [*gunicorn, "--workers=2", "--threads=4"], {**self.environment, **environment}
        return subprocess.Popen(command, cwd=ROOT, env=settings, **streams)  # type: ignore[call-overload, no-any-return]

    @property
    def environment(self) -> dict[str, str]:
        """What a process of it needs, and nothing else."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        database = {"DATABASE_URL": self.database} if self.database else {}
        return {**kept, **database, "DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": self.settings}

    def run(self, *arguments: str, given: Path | None = None) -> Ran:
        """Runs a command to its end, with a file as its standard input."""
        out, err = self.data / "out", self.data / "err"
        with out.open("wb") as stdout, err.open("wb") as stderr, open(given or os.devnull, "rb") as stdin:
            process = self.start(*arguments, stdin=stdin, stdout=stdout, stderr=stderr)
            held = 0
            while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
                held = max(held, _most_held(process.pid))
                time.sleep(0.01)
        _, status, usage = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        return Ran(process.returncode, out.read_text(), err.read_text(), held or usage.ru_maxrss * 1024)

    def export(self) -> list[dict[str, Any]]:
        """The library's papers as `export` writes them, without their keys, in an order of their own."""
        exported = self.run("export")
        assert exported.code == 0, exported.err
        lines = [json.loads(line) for line in exported.out.splitlines()]
        return sorted(({**line, "key": ""} for line in lines), key=lambda line: json.dumps(line, sort_keys=True))

    def count(self, table: str, where: str = "true") -> int:
        """How many rows there are, as somebody else sees it at this moment."""
        with closing(self._connected()) as database:
            row = database.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
            return int(row[0])

    def _connected(self) -> Any:
        if self.database:
            return psycopg.connect(self.database)
        return sqlite3.connect(self.data / "lectern.sqlite3")


def _most_held(pid: int) -> int:
    """The most memory that a process has held so far (bytes), 0 where the system does not say. What it says of one that
    has ended counts what its parent held when it was started."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(peak.split()[1]) * 1024


@contextmanager
def installed(data: Path, settings: str = Installation.settings) -> Iterator[Installation]:
    """A new installation, on the kind of database that the tests run on."""
    with _database(data) as database:
        installation = Installation(data, database, settings)
        migrated = installation.run("migrate", "-v0")
        assert migrated.code == 0, migrated.err
        yield installation


@contextmanager
def copied(original: Installation, data: Path) -> Iterator[Installation]:
    """A copy of an installation that nobody is using, without the files that it keeps."""
    with _database(data, original) as database:
        yield Installation(data, database)


_numbers = count()


@contextmanager
def _database(data: Path, original: Installation | None = None) -> Iterator[str]:
    if connection.vendor == "sqlite":
        if original:
            shutil.copy(original.data / "lectern.sqlite3", data)
        yield ""
        return
    server = connection.settings_dict
    login = f"{quote(server['USER'])}:{quote(server['PASSWORD'])}@{server['HOST']}:{server['PORT'] or 5432}"
    name = f"lectern_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(f"postgresql://{login}/postgres", autocommit=True) as owner:
        template = original.database.rsplit("/")[-1] if original else "template1"
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield f"postgres://{login}/{name}"
        finally:
            owner.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Waits until a server answers; False if it ended instead."""
    while server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        finally:
            connection.close()
    return False
