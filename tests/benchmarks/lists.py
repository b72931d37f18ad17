"""How much longer a page takes for a member of many reading lists than for a superuser who shares none, and reads the
same besides."""

import random
from collections.abc import Mapping, Sequence
from statistics import median

from .member import NAME, SUPERUSER
from .server import Server
from .session import Session
from .words import Draw, Words

PAGES = {
    "front page": "/",
    "a day's digest": "/digests/{day}/",
    "papers": "/papers/?after={position}",
    "papers of a word": "/papers/?q={common} {some}",
    "a paper": "/papers/{key}/",
    "type-ahead": "/papers/suggestions/?q={beginning}",
}


def measure(servers: Sequence[Server], times: int) -> dict[str, dict[int, float]]:
    """By the page and the size of the library: the median of so many, each asked for by both, of one as of the other;
    and one before them to warm up. Of servers with one worker, so that what it keeps is kept for both: a visitor asks
    first, and so neither of them finds rows rendered by the other."""
    measured = {server.library.papers: _measure(server, times) for server in servers}
    return {page: {papers: ratios[page] for papers, ratios in measured.items()} for page in PAGES}


def _measure(server: Server, times: int) -> Mapping[str, float]:
    readers = {name: Session(server.port).sign_in(name) for name in (NAME, SUPERUSER)}
    visitor = Session(server.port)
    draws = {page: Draw(Words(server.library.sample), page) for page in PAGES}
    ratios = {}
    for page, address in PAGES.items():
        taken: dict[str, list[float]] = {name: [] for name in readers}
        for number in range(times + 1):
            (asked,) = draws[page].fill([address])
            visitor.get(asked)
            for name in random.Random(number).sample(sorted(readers), 2):  # neither is always the first
                reply = readers[name].get(asked, is_part=page == "type-ahead")
                assert reply.status == 200, (reply.status, asked)
                taken[name].append(reply.seconds)
        ratios[page] = median(taken[NAME][1:]) / median(taken[SUPERUSER][1:])
    for session in (visitor, *readers.values()):
        session.close()
    return ratios
