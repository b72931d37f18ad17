"""Rounds through all kinds of pages, of all libraries in turn, so that whatever disturbs one disturbs all."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from .questions import Kind, Questions, kinds
from .server import Server
from .session import Reply


class Asked(NamedTuple):
    round: int
    kind: Kind
    papers: int
    """In the library that was asked."""
    reply: Reply


def rounds(servers: Sequence[Server]) -> Iterator[Asked]:
    """As many as are taken; as the member, over one connection to each server."""
    sessions = [server.session() for server in servers]
    there = kinds(sessions[0])
    questions = [Questions(server.library.sample, there) for server in servers]
    for number in count():
        for turn, each in enumerate(zip(*(ask.round(number) for ask in questions), strict=True)):
            for n in range(len(servers)):
                which = (n + turn) % len(servers)  # none is always the first
                kind, address = each[which]
                reply = sessions[which].get(address, is_part=kind.is_part)
                assert reply.status == 200, (reply.status, address)
                yield Asked(number, kind, servers[which].library.papers, reply)
