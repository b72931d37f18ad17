"""Entries taken out of the library again, and the papers that nothing else names."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F

from ..models import Digest, Entry, FormerKey, Ingest, Paper, Sighting
from ..models.carried import hold_lists
from ..models.entry import EntryQuerySet
from .keep import keep, move
from .tag_names import forget
from .totals import Totals
from .works import Member, tie


@dataclass
class Withdrawal:
    """What came of taking entries out, in numbers."""

    entries: int = 0
    papers: int = 0
    """Those that went, as nothing else named them."""
    kept: int = 0
    """Those that stay with their entries, although nothing else names them: somebody marked, tagged, listed, discussed,
    corrected or hid them."""

    def __str__(self) -> str:
        said = f"{_several(self.entries, 'entry', 'entries')} and {_several(self.papers, 'paper', 'papers')} taken out"
        if not self.kept:
            return said
        kept = f"{_several(self.kept, 'paper', 'papers')} kept"
        return f"{said}; {kept}, as people marked, tagged, listed, discussed, corrected or hid them"


def withdraw_from(run: Ingest, entries: EntryQuerySet) -> Withdrawal:
    """Takes out those of these entries that an ingest found, and that no other file gives."""
    found = list(entries.select_related("digest__source"))
    elsewhere = Sighting.objects.take_over(run, found)
    move({entry.pk: place for entry, place in elsewhere.items()})
    return withdraw_unheld([entry for entry in found if entry not in elsewhere])


def withdraw_unheld(entries: Collection[Entry]) -> Withdrawal:
    """Deletes entries, but those of papers that would go with them and that people did something with."""
    going = [entry.pk for entry in entries]
    papers = Paper.objects.filter(pk__in={entry.paper_id for entry in entries})
    hold_lists(papers.values_list("pk", flat=True))
    papers.hold()
    kept = set(papers.named_only_by(going).held_by_people().values_list("pk", flat=True))
    unheld = [entry for entry in entries if entry.paper_id not in kept]
    return Withdrawal(len(unheld), withdraw(unheld), len(kept))


def withdraw(entries: Collection[Entry]) -> int:
    """Deletes entries, with their digests selected, and ties the others anew; returns how many papers went with them.
    The keys of these come back with their records. For the sole writer."""
    lost = list(map(Member.of, entries))
    papers = {member.entry.paper_id for member in lost}
    sizes = Counter(member.entry.digest_id for member in lost if member.is_listed)
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    Digest.objects.bulk_update([Digest(pk=digest, size=F("size") - less) for digest, less in sizes.items()], ["size"])
    keep(tie(lost=lost))
    gone = list(Paper.objects.filter(pk__in=papers).nameless())
    _remove(gone, lost)
    Digest.objects.filter(pk__in={member.entry.digest_id for member in lost}).empty().delete()
    forget(member.record for member in lost)
    return len(gone)


def _remove(papers: Sequence[Paper], lost: Sequence[Member]) -> None:
    records: dict[int, set[bytes]] = defaultdict(set)
    for member in lost:
        records[member.entry.paper_id].add(member.fingerprint)
    FormerKey.objects.retire({paper: records[paper.pk] for paper in papers})
    totals = Totals()
    for paper in papers:
        totals.remove(paper)
    totals.save()
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).delete()


def _several(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
