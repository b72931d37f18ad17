"""Sightings: which ingests found an entry that more than one file gives."""

from collections.abc import Collection, Mapping

from django.db import models

from .entry import Entry
from .ingest import Ingest


class SightingManager(models.Manager["Sighting"]):
    def note(self, run: Ingest, found: Mapping[Entry, int]) -> None:
        """That a run found entries, at these places, which others had made. One that reads the same file in the same
        way finds nothing new."""
        makers = Ingest.objects.select_related("file").in_bulk({entry.ingest_id for entry in found})
        others = {pk for pk, maker in makers.items() if not maker.reads_like(run)}
        by_others = {entry: place for entry, place in found.items() if entry.ingest_id in others}
        made = [Sighting(entry=entry, ingest_id=entry.ingest_id, place=entry.place) for entry in by_others]
        seen = [Sighting(entry=entry, ingest=run, place=place) for entry, place in by_others.items()]
        self.bulk_create(made + seen, ignore_conflicts=True)

    def hand_on(self, twins: Mapping[Entry, Entry]) -> None:
        """Entries are about to go, each with the same record as another: what found the one has found the other."""
        pairs = [pair for pair in twins.items() if pair[0].ingest_id != pair[1].ingest_id]
        rows = {(kept, each.ingest_id): each.place for gone, kept in pairs for each in (kept, gone)}
        rows |= {(twins[row.entry], row.ingest_id): row.place for row in self.filter(entry__in=twins)}
        handed = [Sighting(entry=entry, ingest_id=ingest, place=place) for (entry, ingest), place in rows.items()]
        self.bulk_create(handed, ignore_conflicts=True)

    def take_over(self, run: Ingest, entries: Collection[Entry]) -> dict[Entry, int]:
        """Forgets that a run found any of these entries. Those that others found are theirs from then on; returns them
        with the places that they have there."""
        self.filter(ingest=run, entry__in=entries).delete()
        left = self.filter(entry__in=entries).order_by("-ingest")
        others = {row.entry_id: row.ingest_id for row in left}
        places: dict[int, int] = {}
        for row in left:
            places[row.entry_id] = min(row.place, places.get(row.entry_id, row.place))
        kept = [entry for entry in entries if entry.pk in others]
        for entry in kept:
            entry.ingest_id = others[entry.pk]
        Entry.objects.bulk_update(kept, ["ingest"])
        return {entry: places[entry.pk] for entry in kept}


class Sighting(models.Model):
    """An ingest found an entry, at a place. There are none of entries that but one file gives, as `Entry.ingest` says
    which."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sightings", db_index=False)
    ingest = models.ForeignKey(Ingest, models.CASCADE, related_name="sightings")
    place = models.PositiveIntegerField()

    objects = SightingManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "ingest"], name="one_sighting_per_ingest")]

    def __str__(self) -> str:
        return f"{self.entry}, in {self.ingest}"
