"""What is a reader's own, one thing after the other, each with what the paper that it is about is known by."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from ..models import Paper

_AT_ONCE = 500

type Thing = dict[str, Any]


def known_by(paper: Paper) -> Thing:
    """Of one that a curator hid, its key alone: the mark is the reader's, the words are not."""
    if paper.hidden:
        return {"key": paper.key}
    identifiers: dict[str, list[str]] = {}
    for each in paper.identifiers.all():
        identifiers.setdefault(each.scheme, []).append(each.value)
    return {"key": paper.key, "title": paper.title, "identifiers": identifiers}


def each_of[M: Model](rows: QuerySet[M], key: str) -> Iterator[M]:
    """The rows in the order of a unique number; so many at a time, as a slow line would hold a cursor open for long."""
    last = 0
    while some := list(rows.filter(**{f"{key}__gt": last}).order_by(key)[:_AT_ONCE]):
        yield from some
        last = getattr(some[-1], key)
