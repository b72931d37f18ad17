"""Entries of one record in two digests: one goes when these are joined, and comes back when they are parted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ..models import Digest, Entry, Ingest, Sighting
from .refusal import Refused

#: What entries of one record have in common; all else is an entry's own.
_OF_RECORD = {"paper_id", "record", "fingerprint", "title_key", "is_loose", "note_html"}
_OWN = sorted({field.attname for field in Entry._meta.concrete_fields} - _OF_RECORD - {"digest_id"})


def remembered(twins: Mapping[Entry, Entry]) -> list[dict[str, Any]]:
    """What it takes to make entries again of others with their records, which stay."""
    found: dict[int, list[list[int]]] = defaultdict(list)
    for row in Sighting.objects.filter(entry__in=[*twins, *twins.values()]).order_by("pk"):
        found[row.entry_id].append([row.ingest_id, row.place])
    return [
        {
            "own": {name: getattr(gone, name) for name in _OWN},
            "found": found[gone.pk],
            "twin": {"pk": kept.pk, "ingest": kept.ingest_id, "found": found[kept.pk]},
        }
        for gone, kept in twins.items()
    ]


def part(dropped: Iterable[Mapping[str, Any]], kept: Digest, gone: Digest) -> None:
    """Makes the entries of `gone` again that were dropped because `kept` has the same; what is read of a record is as
    it is there by now. What was found since stays found."""
    of_twin = {each["twin"]["pk"]: each for each in dropped}
    twins = {twin.pk: twin for twin in kept.entries.filter(pk__in=of_twin)}
    ingests = {each["own"]["ingest_id"] for each in of_twin.values()}
    if (
        len(twins) < len(of_twin)
        or Ingest.objects.filter(pk__in=ingests).count() < len(ingests)
        or any(twins[pk].ingest_id != each["twin"]["ingest"] for pk, each in of_twin.items())
    ):
        raise Refused("Some of what both had said is no longer there; undo first what took it away.")
    Entry.objects.bulk_create(
        Entry(
            **{name: getattr(twins[pk], name) for name in _OF_RECORD},
            **{**each["own"], "digest_id": gone.pk, "listed": False},
        )
        for pk, each in of_twin.items()
    )
    handed = {ingest for each in of_twin.values() for ingest, _ in each["found"]} | ingests
    handed |= {twin.ingest_id for twin in twins.values()}
    Sighting.objects.filter(entry__in=twins, ingest__in=handed).delete()
    Sighting.objects.bulk_create(
        Sighting(entry_id=entry, ingest_id=ingest, place=place)
        for each in of_twin.values()
        for entry, found in ((each["own"]["id"], each["found"]), (each["twin"]["pk"], each["twin"]["found"]))
        for ingest, place in found
    )
