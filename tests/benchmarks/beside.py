"""Pages beside what they cannot outrun: an empty view and a static file of the same bytes, on the same server."""

import gzip
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

from .corpus import later
from .effort import Effort
from .library import Library
from .results import Beside
from .server import Server
from .session import ENCODING, Session
from .words import Draw, Words

CONNECTIONS = 2
_PAGES = {
    "front page": ("/", f"/digests/{later(0):%Y/%m/%d}/"),
    "papers": ("/papers/", *["/papers/?after={position}"] * 7),
}
_ENCODINGS = {"as browsers ask": ENCODING, "uncompressed": "identity"}


class Request(NamedTuple):
    address: str
    unless: str = ""


def keep(server: Server, folder: Path) -> None:
    """Keeps the pages as they are sent, for the empty view, and as static files of servers that start after that."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    session = server.session()
    for address in chain.from_iterable(_pages(server.library).values()):
        content = session.get(address, encoding="identity").body
        (folder / _name(address)).write_bytes(content)
        (folder / f"{_name(address)}.gz").write_bytes(gzip.compress(content))


def measure(server: Server, effort: Effort) -> dict[str, Beside]:
    """By the page and how it is asked for, in short slices by turns."""
    sessions = [server.session() for _ in range(CONNECTIONS)]
    return {
        f"{name}, {how}": _beside(sessions, addresses, encoding, effort)
        for name, addresses in _pages(server.library).items()
        for how, encoding in _ENCODINGS.items()
    }


def _pages(library: Library) -> dict[str, list[str]]:
    """Of 25 papers each; several of a kind, so that none is asked for twice in a row."""
    draw = Draw(Words(library.sample), "beside")
    return {name: draw.fill(addresses) for name, addresses in _PAGES.items()}


def _name(address: str) -> str:
    return re.sub(r"\W", "-", address) + ".html"


def _beside(sessions: Sequence[Session], addresses: Sequence[str], encoding: str, effort: Effort) -> Beside:
    tags = {address: sessions[0].get(address, encoding=encoding).headers["ETag"] for address in addresses}
    asked: Mapping[str, list[Request]] = {
        "page": [Request(address) for address in addresses],
        "empty": [Request(f"/empty/{_name(address)}") for address in addresses],
        "static": [Request(f"/static/pages/{_name(address)}") for address in addresses],
        "unchanged": [Request(address, tag) for address, tag in tags.items() if tag],
    }
    rates: dict[str, list[float]] = {name: [] for name, requests in asked.items() if requests}
    for number in range(effort.slices + 1):
        for name, measured in rates.items():
            rate = _rate(sessions, asked[name], encoding, effort.seconds, 304 if name == "unchanged" else 200)
            if number:  # the first round warms up
                measured.append(rate)

    def share(of: str, among: str) -> float:
        """Of rates in the same round, as what disturbs the machine comes and goes."""
        return round(median(a / b for a, b in zip(rates[of], rates[among], strict=True)), 3)

    unchanged = share("unchanged", "empty") if "unchanged" in rates else None
    return Beside(round(median(rates["page"]), 1), share("page", "empty"), share("page", "static"), unchanged)


def _rate(
    sessions: Sequence[Session], requests: Sequence[Request], encoding: str, seconds: float, wanted: int
) -> float:
    """Replies a second over all connections at once."""

    def go(number: int) -> int:
        count = 0
        while not count or time.perf_counter() < end:
            request = requests[(count + number) % len(requests)]
            reply = sessions[number].get(request.address, encoding=encoding, unless=request.unless)
            assert reply.status == wanted, (reply.status, request)
            count += 1
        return count

    started = time.perf_counter()
    end = started + seconds
    with ThreadPoolExecutor(len(sessions)) as threads:
        count = sum(threads.map(go, range(len(sessions))))
    return count / (time.perf_counter() - started)
