"""All that is a reader's own on its way out, as JSON Lines: one line for each thing, which says its kind."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec
from django.db.models import Model, QuerySet

from ..models import Ingest, Marking, Paper, PaperTag, ReaderState, User

_AT_ONCE = 500

type Thing = dict[str, Any]


def own_lines(reader: User) -> Iterator[str]:
    """However much there is, little of it is in memory at a time."""
    things = chain(_person(reader), _states(reader), _tags(reader), _pastes(reader), _markings(reader))
    return (msgspec.json.encode(thing).decode() + "\n" for thing in things)


def _person(reader: User) -> Iterator[Thing]:
    yield {
        "kind": "person",
        "username": reader.username,
        "name": reader.name,
        "addresses": reader.addresses,
        "joined_at": reader.date_joined,
        "caught_up_to": reader.caught_up_to,
    }
    yield {
        "kind": "preferences",
        "time_zone": reader.time_zone,
        "page_size": reader.page_size,
        "text_size": reader.text_size,
        "keys": reader.keys,
        "opening_reads": reader.opening_reads,
    }


def _states(reader: User) -> Iterator[Thing]:
    states = ReaderState.objects.filter(reader=reader).select_related("paper").prefetch_related("paper__identifiers")
    large = ("abstract", "abstract_html", "title_html", "author_lines", "other_titles", "links", "curated", "facets")
    for state in _each(states.defer(*(f"paper__{name}" for name in large)), "paper_id"):
        state.reader = reader
        yield {
            "kind": "state",
            **_paper(state.paper),
            "status": state.shown_status,
            "starred": state.starred,
            "dismissed": state.dismissed,
            "rating": state.rating,
            "note": state.note,
            "changed_at": state.changed_at,
        }


def _tags(reader: User) -> Iterator[Thing]:
    ties = PaperTag.objects.filter(by=reader, origin=PaperTag.Origin.PERSON).select_related("tag", "paper")
    for tie in _each(ties.prefetch_related("paper__identifiers"), "pk"):
        yield {"kind": "tag", "tag": tie.tag.name, **_paper(tie.paper)}


def _pastes(reader: User) -> Iterator[Thing]:
    for run in _each(Ingest.objects.pasted_by(reader).select_related("file"), "pk"):
        yield {"kind": "paste", "name": run.file.name, "pasted_at": run.started_at, "taken_back_at": run.undone_at}


def _markings(reader: User) -> Iterator[Thing]:
    for marking in _each(Marking.objects.filter(reader=reader), "pk"):
        yield {
            "kind": "marking",
            "mark": marking.mark,
            "question": marking.question,
            "papers": marking.count,
            "made_at": marking.made_at,
            "is_taken_back": marking.is_taken_back,
        }


def _paper(paper: Paper) -> Thing:
    """What it is known by. Of one that a curator hid, its key alone: the mark is the reader's, the words are not."""
    if paper.hidden:
        return {"key": paper.key}
    identifiers: dict[str, list[str]] = {}
    for each in paper.identifiers.all():
        identifiers.setdefault(each.scheme, []).append(each.value)
    return {"key": paper.key, "title": paper.title, "identifiers": identifiers}


def _each[M: Model](rows: QuerySet[M], key: str) -> Iterator[M]:
    """The rows in the order of a unique number; so many at a time, as a slow line would hold a cursor open for long."""
    last = 0
    while some := list(rows.filter(**{f"{key}__gt": last}).order_by(key)[:_AT_ONCE]):
        yield from some
        last = getattr(some[-1], key)
