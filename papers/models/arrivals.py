"""Arrivals: what has come in since a reader's last visit."""

from collections import Counter
from dataclasses import dataclass

from ..search import borne
from .digest import Digest
from .papers import PaperQuerySet
from .user import User

#: So many papers are counted.
_MOST = 1_000
_NAMED = 2


@dataclass(frozen=True)
class Arrivals:
    """How many papers came in, and the newest of the digests that named them."""

    count: int
    is_all: bool
    """Whether there are no more than were counted."""
    digests: list[Digest]
    others: int
    """How many more digests there are."""


def arrivals(papers: PaperQuerySet, reader: User) -> Arrivals:
    """Those of the papers that are new to a reader who was here before; the last to come are looked at."""
    new = papers.filter(papers.come_since_last_visit(reader)).order_by("-pk")
    facets = list(new.values_list("facets", flat=True)[: _MOST + 1])
    named_by = borne("digest", Counter(" ".join(facets[:_MOST]).split()))
    digests = Digest.objects.numbered(named_by).newest_first()
    others = max(len(named_by) - _NAMED, 0)
    return Arrivals(min(len(facets), _MOST), len(facets) <= _MOST, list(digests[:_NAMED]), others)
