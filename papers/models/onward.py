"""Onward: the next paper that is left to a reader, in a digest where it stands."""

from typing import NamedTuple, Self

from .digest import Digest
from .entry import Entry
from .keyset import behind
from .user import User


class Place(NamedTuple):
    """Where somebody is: in a digest, perhaps at one of its entries."""

    digest: Digest
    entry: Entry | None = None
    is_past: bool = True
    """Whether they are done with the entry."""

    @classmethod
    def of(cls, digest: Digest | None, past: str = "", first: str = "") -> Self | None:
        """At the paper with the key `past`, or, yet to begin with it, `first`: in the digest, or else in the newest
        that named it."""
        entries = digest.entries.listed() if digest else Entry.objects.listed()
        entry = entries.of_key(past or first).newest_first().first() if past or first else None
        if entry:
            return cls(entry.digest, entry, is_past=bool(past))
        return cls(digest) if digest else None


def next_left(reader: User, place: Place | None) -> Entry | None:
    """What is left behind their place in that digest, or else in older ones; last in the newest that they went by."""
    if place and (entry := _left_behind(place, reader)):
        return entry
    digests = Digest.objects.visible_to(reader).left_for(reader).newest_first()
    older = behind(digests, (place.digest.date, place.digest.pk)).first() if place else None
    digest = older or digests.first()
    return _left_behind(Place(digest), reader) if digest else None


def _left_behind(place: Place, reader: User) -> Entry | None:
    left = place.digest.entries_left_for(reader).in_order()
    if place.entry:
        key = (place.entry.place, place.entry.pk - (not place.is_past))
        left = behind(left, key)
    first: Entry | None = left.first()
    return first
