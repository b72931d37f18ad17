"""How fast papers come out of a library as JSON Lines, by the website where it offers them, else by the command."""

import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice

from .results import Exported
from .server import Server
from .session import Session

_ADDRESS = "/papers.jsonl"


def measure(servers: Sequence[Server], most: int) -> dict[int, Exported]:
    """By the size of the library, over at most so many papers."""
    return {server.library.papers: _measure(server, most) for server in servers}


def _measure(server: Server, most: int) -> Exported:
    session = server.session()
    by_site = session.get(f"{_ADDRESS}?q=id:none").status == 200
    with _from_site(session, server.port) if by_site else _from_command(server) as lines:
        return Exported("website" if by_site else "command", _rate(islice(lines, most)))


def _rate(lines: Iterable[bytes]) -> float:
    started = time.perf_counter()
    count = sum(1 for _ in lines)
    return round(count / (time.perf_counter() - started), 1)


@contextmanager
def _from_site(session: Session, port: int) -> Iterator[Iterable[bytes]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", _ADDRESS, headers={"Cookie": session.cookie})
    yield connection.getresponse()
    connection.close()


@contextmanager
def _from_command(server: Server) -> Iterator[Iterable[bytes]]:
    process = server.library.place.start("export", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    yield process.stdout
    process.stdout.close()
    process.wait()
