"""The real server of a library, on a port of this machine."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.commands import ROOT
from tests.installation import Installation, answers, free_port

from .library import Library
from .session import Session

_THREADS = 4


@dataclass(frozen=True)
class Server:
    library: Library
    port: int
    process: subprocess.Popen[bytes]
    sessions: list[Session] = field(default_factory=list)

    def session(self) -> Session:
        """Another connection of the member, who signs in once; it ends with the server."""
        known = self.sessions[0].cookies if self.sessions else None
        self.sessions.append(Session(self.port, known) if known else Session(self.port).sign_in())
        return self.sessions[-1]

    @property
    def memory(self) -> int:
        """What the largest of its workers holds (bytes)."""
        pid = self.process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return max(map(_resident, workers))


@contextmanager
def serving(libraries: Sequence[Library], *, workers: int = 2) -> Iterator[list[Server]]:
    """The servers of some libraries, with as many workers and threads as quickstart gives them."""
    with ExitStack() as stack:
        servers = [stack.enter_context(_started(library, workers)) for library in libraries]
        for server in servers:
            if not answers(server.port, server.process):
                sys.exit(f"The server ended: {_log(server.library).read_text()}")
        yield servers


@contextmanager
def _started(library: Library, workers: int) -> Iterator[Server]:
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "digest_site.wsgi", f"--bind=127.0.0.1:{port}"]
    options = [f"--workers={workers}", f"--threads={_THREADS}", "--log-level=warning"]
    with _log(library).open("wb") as log:
        process = subprocess.Popen(
            [*gunicorn, *options], cwd=ROOT, env=_environment(library.place, port), stdout=log, stderr=log
        )
    server = Server(library, port, process)
    try:
        yield server
    finally:
        for session in server.sessions:
            session.close()
        process.terminate()
        process.wait()


def _environment(place: Installation, port: int) -> dict[str, str]:
    ours = {"SITE_URL": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "tests.benchmarks.empty_site"}
    return {**place.environment, **ours, "MALLOC_ARENA_MAX": "1"}


def _log(library: Library) -> Path:
    return library.place.data / "log"


def _resident(pid: str) -> int:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) * 1024
