"""Papers made ready to stand in a list: what looks the same to every reader is rendered once an edition."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.cache import caches
from django.template.loader import render_to_string

from ..models import Paper


class Parts(NamedTuple):
    """Pieces of a paper's row, as HTML."""

    authors: str
    named: str
    tags: str


def dress(papers: Sequence[Paper], edition: int) -> None:
    """Gives each paper its `parts`."""
    cache = caches["rendered"]
    by_key = {f"{edition}-{paper.pk}": paper for paper in papers}
    known = cache.get_many(by_key)
    new = {key: paper for key, paper in by_key.items() if key not in known}
    Paper.objects.add_detail(list(new.values()))
    made = {key: _parts(paper) for key, paper in new.items()}
    cache.set_many(made, timeout=None)
    parts = known | made
    for key, paper in by_key.items():
        paper.parts = parts[key]


def _parts(paper: Paper) -> Parts:
    return Parts(*(render_to_string(f"components/{name}.html", {"paper": paper}) for name in Parts._fields))
