"""What was found in a file, stored: entries and their papers, and what could not be read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

from ..formats.record import Found, Unreadable
from ..models import Edition, Entry, Ingest, Quarantined, Sighting
from .digests import Digests
from .keep import keep, move, sole_writer
from .quarantine import quarantine
from .works import Member, Work, tie


def store(
    items: Sequence[Found | Unreadable],
    ingest: Ingest,
    digests: Digests,
    tags: Sequence[str] = (),
    seen: set[tuple[int, bytes]] | None = None,
) -> Counter[str]:
    """Stores one batch, whole or not at all; counts what came of it under the names of an Ingest's columns. Notes in
    `seen` which entries were found, by digest and fingerprint, whether new or not."""
    with sole_writer():
        counts = quarantine([item for item in items if isinstance(item, Unreadable)], ingest)
        members = [member(item, ingest, digests, tags) for item in items if isinstance(item, Found)]
        if seen is not None:
            seen.update((each.entry.digest_id, each.fingerprint) for each in members)
        counts += take_in(members, ingest)
        Edition.objects.next()
    counts["found"] = len(items)
    return counts


def take_in(members: Sequence[Member], ingest: Ingest) -> Counter[str]:
    """Stores what an ingest found, for a sole writer; counts what came of it."""
    new, found = _sorted_out(members)
    places = {entry.pk: place for entry, place in found.items() if place < entry.place}
    works = tie(new)
    counts = _counted(works)
    counts += Counter(updated=len(places), unchanged=len(members) - len(new) - len(places))
    keep(works)
    Sighting.objects.note(ingest, found)
    move(places)
    return counts


def member(
    found: Found, ingest: Ingest, digests: Digests, tags: Sequence[str], mended_from: Quarantined | None = None
) -> Member:
    """What was found, as an entry of its digest that is not saved yet."""
    record = found.record
    if tags:
        record = msgspec.structs.replace(record, tags=tuple(dict.fromkeys((*record.tags, *tags))))
    text = record.as_json()
    fingerprint = blake2b(text.encode(), digest_size=16).digest()
    digest = digests.of(found.digest)
    entry = Entry(
        digest=digest,
        ingest=ingest,
        place=found.place,
        record=text,
        fingerprint=fingerprint,
        mended_from=mended_from,
    )
    made = Member(entry, record)
    made.derive()
    return made


def _sorted_out(members: Iterable[Member]) -> tuple[list[Member], dict[Entry, int]]:
    """Those whose record is not in their digest yet, each once; and the entries that are there, each with the place
    where it was found now."""
    by_digest: dict[int, dict[bytes, Member]] = defaultdict(dict)
    for member in members:
        first = by_digest[member.entry.digest_id].setdefault(member.fingerprint, member)
        first.entry.place = min(first.entry.place, member.entry.place)
    found = {}
    for digest, by_fingerprint in by_digest.items():
        known = Entry.objects.filter(digest=digest, fingerprint__in=by_fingerprint)
        for entry in known.only("fingerprint", "place", "ingest"):
            found[entry] = by_fingerprint.pop(bytes(entry.fingerprint)).entry.place
    return [member for by_fingerprint in by_digest.values() for member in by_fingerprint.values()], found


def _counted(works: Iterable[Work]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for work in works:
        new = sum(member.is_new for member in work.members)
        made = int(work.paper.pk is None and new > 0)
        counts += Counter(created=made, updated=new - made)
    return counts
