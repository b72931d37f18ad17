"""How long pages take."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from .questions import EVERY_KIND
from .results import Pages, Times
from .rounds import rounds
from .server import Server
from .session import Reply


def measure(servers: Sequence[Server], count: int) -> Pages:
    """Over so many rounds, and one before them to warm up."""
    replies: dict[str, dict[int, list[Reply]]] = defaultdict(lambda: defaultdict(list))
    for asked in takewhile(lambda asked: asked.round <= count, rounds(servers)):
        if asked.round:
            for kind in (asked.kind.name, ""):
                replies[kind][asked.papers].append(asked.reply)
    times = {kind: {papers: Times.of_replies(given) for papers, given in of.items()} for kind, of in replies.items()}
    return Pages({kind.name: times[kind.name] for kind in EVERY_KIND if kind.name in times}, times[""])
