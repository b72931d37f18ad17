"""All that is a reader's own on its way out, as JSON Lines: one line for each thing, which says its kind."""

from collections.abc import Iterator
from itertools import chain

import msgspec

from ..models import Ingest, Marking, PaperTag, ReaderState, User
from .own_lists import own_on_lists
from .things import Thing, each_of, known_by


def own_lines(reader: User) -> Iterator[str]:
    """However much there is, little of it is in memory at a time."""
    marked = chain(_states(reader), _tags(reader), _pastes(reader), _markings(reader))
    things = chain(_person(reader), marked, own_on_lists(reader))
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
        "offers_by_mail": reader.offers_by_mail,
    }


def _states(reader: User) -> Iterator[Thing]:
    states = ReaderState.objects.filter(reader=reader).select_related("paper").prefetch_related("paper__identifiers")
    large = ("abstract", "abstract_html", "title_html", "author_lines", "other_titles", "links", "curated", "facets")
    for state in each_of(states.defer(*(f"paper__{name}" for name in large)), "paper_id"):
        state.reader = reader
        yield {
            "kind": "state",
            **known_by(state.paper),
            "status": state.shown_status,
            "starred": state.starred,
            "dismissed": state.dismissed,
            "rating": state.rating,
            "note": state.note,
            "changed_at": state.changed_at,
        }


def _tags(reader: User) -> Iterator[Thing]:
    ties = PaperTag.objects.filter(by=reader, origin=PaperTag.Origin.PERSON).select_related("tag", "paper")
    for tie in each_of(ties.prefetch_related("paper__identifiers"), "pk"):
        yield {"kind": "tag", "tag": tie.tag.name, **known_by(tie.paper)}


def _pastes(reader: User) -> Iterator[Thing]:
    for run in each_of(Ingest.objects.pasted_by(reader).select_related("file"), "pk"):
        yield {"kind": "paste", "name": run.file.name, "pasted_at": run.started_at, "taken_back_at": run.undone_at}


def _markings(reader: User) -> Iterator[Thing]:
    for marking in each_of(Marking.objects.filter(reader=reader), "pk"):
        yield {
            "kind": "marking",
            "mark": marking.mark,
            "question": marking.question,
            "papers": marking.count,
            "made_at": marking.made_at,
            "is_taken_back": marking.is_taken_back,
        }
