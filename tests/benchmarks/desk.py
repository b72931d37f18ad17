"""How long pages of the curator's desk take."""

import random
import re
from collections import defaultdict
from collections.abc import Sequence

from . import curator
from .results import Times
from .server import Server
from .session import Reply, Session
from .words import Draw, Words

_LISTS = {
    "front page of the desk": ("/admin/",),
    "papers": ("paper/",),
    "papers of a question": (
        *("paper/?q={common}", "paper/?q={some}", "paper/?q={rare}", "paper/?q=tag:{tag}", "paper/?q=in:{month}"),
        *('paper/?q=author:"{author}"', 'paper/?q="{phrase}"', "paper/?q={common} -{some}"),
    ),
    "papers without an abstract": ("paper/?only=without_abstract", "paper/?only=without_abstract&q={common}"),
    "papers hidden": ("paper/?only=hidden", "paper/?only=hidden&q={common}"),
    "likely duplicates": ("likelyduplicate/", "likelyduplicate/?kind__exact=title"),
    "likely duplicates kept apart": ("likelyduplicate/?only=kept_apart",),
    "digests": ("digest/", "digest/?q=corpus", "digest/?date_basis__exact=content"),
    "digests to look at": ("digest/?only=guessed", "digest/?only=behind"),
    "sources": ("source/",),
    "tags": ("tag/", "tag/?q={tag}", "tag/?only=aliases", "tag/?only=hidden", "tag/?only=unused"),
    "rules": ("rule/", "rule/?only=standing", "rule/?only=idle", "rule/?q=never"),
    "ingests": ("ingest/", "ingest/?only=finished", "ingest/?only=unfinished", "ingest/?only=failed"),
    "quarantine": ("quarantined/", "quarantined/?reason=it has no title"),
    "quarantine, what was settled": ("quarantined/?only=mended", "quarantined/?only=dismissed"),
    "the history": ("change/", "change/?only=standing", "change/?kind__exact=corrected", "change/?q=title"),
    "the history, what was undone": ("change/?only=taken_back", "change/?kind__exact=merged"),
    "errands": ("errand/",),
}
#: Their last page, as far as they can be gone through.
_DEEP = {
    "papers, deep in the list": "paper/",
    "papers of a question, deep in the list": "paper/?q={common}",
    "likely duplicates, deep in the list": "likelyduplicate/",
    "digests, deep in the list": "digest/",
    "the history, deep in the list": "change/",
    "quarantine, deep in the list": "quarantined/",
}
#: What lists lead to.
_ONES = {
    "a paper": "paper/?q={common}",
    "two papers compared": "likelyduplicate/",
    "a digest": "digest/",
    "a source": "source/",
    "a tag": "tag/",
    "a rule": "rule/",
    "an ingest": "ingest/",
    "a piece in quarantine": "quarantined/",
    "a change": "change/",
}
_HISTORIES = {"the history of a paper": "a paper", "the history of a digest": "a digest"}


class Desk:
    """A curator's browser, and the addresses to ask for in one library."""

    def __init__(self, server: Server) -> None:
        self.papers = server.library.papers
        self.session = Session(server.port).sign_in(curator.NAME)
        self._draw = Draw(Words(server.library.sample), "desk")
        ones = {name: self._found(*self._filled(page)) for name, page in _ONES.items()}
        histories = {
            name: [each.replace("/change/", "/history/") for each in ones[of]] for name, of in _HISTORIES.items()
        }
        self._ones = ones | histories
        self._last = {name: self._end(*self._filled(page)) for name, page in _DEEP.items()}

    def addresses(self, number: int) -> dict[str, str]:
        """One of each kind: of the same make in each library, and in each round another."""
        lists = {name: self._filled(pages[number % len(pages)])[0] for name, pages in _LISTS.items()}
        led_to = {name: found[number % len(found)] for name, found in self._ones.items()}
        return lists | self._last | led_to

    def _filled(self, *pages: str) -> list[str]:
        return self._draw.fill([page if page.startswith("/") else f"/admin/papers/{page}" for page in pages])

    def _found(self, address: str) -> list[str]:
        """What a list leads to; a pair is only seen where it is compared."""
        found = sorted(set(re.findall(r'href="(/admin/papers/\w+/\d+/change/)[?"]', self.session.text(address))))
        if "likelyduplicate" in address:
            return [self.session.get(each).headers["Location"] for each in found]
        return found

    def _end(self, address: str) -> str:
        pages = re.findall(r"[?;&]p=(\d+)", self.session.text(address))
        return f"{address}{'&' if '?' in address else '?'}p={max(map(int, pages), default=1)}"


def measure(servers: Sequence[Server], count: int) -> dict[str, dict[int, Times]]:
    """By the kind of page and the size of the library, which are asked by turns; over so many rounds, and one before
    them to warm up."""
    desks = [Desk(server) for server in servers]
    replies: dict[str, dict[int, list[Reply]]] = defaultdict(lambda: defaultdict(list))
    for number in range(count + 1):
        asked = [desk.addresses(number) for desk in desks]
        for turn, name in enumerate(random.Random(number).sample(list(asked[0]), len(asked[0]))):
            for n in range(len(desks)):
                which = (n + turn) % len(desks)  # none is always the first
                reply = desks[which].session.get(asked[which][name])
                assert reply.status == 200, (reply.status, asked[which][name])
                if number:
                    replies[name][desks[which].papers].append(reply)
    for desk in desks:
        desk.session.close()
    return {name: {papers: Times.of_replies(given) for papers, given in replies[name].items()} for name in asked[0]}
