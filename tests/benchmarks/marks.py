"""What it takes to mark all papers of a library at once, and to take that back; and pages until that has settled."""

import re
import time
from collections.abc import Sequence
from statistics import median

import msgspec

from .library import done
from .member import NAME
from .results import Marked
from .server import Server
from .session import Session

#: Of what nothing, or little, was marked before, and what much is written for.
MARKS = ("starred", "unread")
PAGES = {"papers": "/papers/", "is:starred": "/papers/?is=starred", "is:unread": "/papers/?is=unread"}

#: Run inside the library's own Django.
_SETTLE = "from tests.benchmarks import marks; marks.settle()"


def measure(servers: Sequence[Server], times: int) -> dict[str, dict[int, Marked]]:
    """By the mark and the size of the library; each page is asked for so many times."""
    return {mark: {server.library.papers: _measure(server, mark, times) for server in servers} for mark in MARKS}


def _measure(server: Server, mark: str, times: int) -> Marked:
    session = server.session()
    before = _pages(session, times)
    marked = session.post("/papers/markings/", mark=mark)
    removals = re.findall(r'action="(/papers/markings/\d+/removal/)"', session.text("/papers/"))
    taken_back = session.post(removals[0])
    meanwhile = _pages(session, times)
    settled = done(server.library.place.run("shell", "-v0", "-c", _SETTLE))
    batches = msgspec.json.decode(settled.out, type=list[float])
    return Marked(
        seconds=marked.seconds,
        taken_back=1_000 * taken_back.seconds,
        before=before,
        meanwhile=meanwhile,
        after=_pages(session, times),
        settling=sum(batches),
        batch=1_000 * max(batches),
    )


def settle() -> None:
    """Lets what the member took back settle, and prints how long each batch took."""
    from papers.models import Marking, User

    batches = []
    for marking in Marking.objects.filter(pk__in=Marking.objects.unsettled(User.objects.get(username=NAME))):
        is_settled = False
        while not is_settled:
            started = time.perf_counter()
            is_settled = marking.settle()
            batches.append(time.perf_counter() - started)
    print(msgspec.json.encode(batches or [0.0]).decode())


def _pages(session: Session, times: int) -> dict[str, float]:
    """Milliseconds for each, the median; asked for by turns, and once more to warm up."""
    taken = [{name: session.get(address).seconds for name, address in PAGES.items()} for _ in range(times + 1)]
    return {name: 1_000 * median(each[name] for each in taken[1:]) for name in PAGES}
