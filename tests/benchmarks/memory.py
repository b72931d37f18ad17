"""What a worker holds after many varied requests."""

from collections.abc import Sequence
from itertools import islice

from .rounds import rounds
from .server import Server


def measure(servers: Sequence[Server], requests: int) -> dict[int, int]:
    """By the size of the library (bytes), after so many requests to each."""
    for _ in islice(rounds(servers), requests * len(servers)):
        pass
    return {server.library.papers: server.memory for server in servers}
