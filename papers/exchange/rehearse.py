"""What a mended text would become, were it taken in: tried on the library, and not kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ..formats.record import PaperRecord
from ..models import Entry, Identifier, Paper, Quarantined
from ..text import clean
from .keep import sole_writer
from .mend import members, reread
from .store import take_in
from .works import Member

_BEGINNING = 300


@dataclass(frozen=True)
class Becoming:
    """One paper of a mended text, and where it would come to stand."""

    record: PaperRecord
    digest: str
    place: int
    paper: Paper | None
    """The one in the library that it would be tied to, by its title there now."""
    evidence: str
    is_known: bool
    """Whether its digest says just the same already."""

    @property
    def title(self) -> str:
        return clean(self.record.title)

    @property
    def identifiers(self) -> list[str]:
        return [Identifier(scheme=scheme, value=value).label for scheme, value in self.record.identifiers]

    @property
    def abstract(self) -> str:
        """Its beginning, or that of what stands in its place."""
        text = clean(self.record.abstract or self.record.note or self.record.snippet)
        return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]} …"


def rehearse(piece: Quarantined, text: str) -> list[Becoming]:
    """What would come of a piece with this text. Raises `mend.Unmended`."""
    mended = reread(piece, text)
    with sole_writer():
        made = members([mended], piece.ingest)
        take_in(made, piece.ingest)
        entries = _entries(made)
        transaction.set_rollback(True)
    there = {paper.key: paper for paper in Paper.objects.filter(key__in=[entry.paper.key for entry in entries])}
    return [
        Becoming(
            each.record,
            str(entry.digest),
            entry.place,
            there.get(entry.paper.key),
            entry.evidence,
            is_known=entry.mended_from_id != piece.pk,
        )
        for each, entry in zip(made, entries, strict=True)
    ]


def _entries(made: Sequence[Member]) -> list[Entry]:
    """The entries that these are, now that they are taken in."""
    fingerprints = [each.entry.fingerprint for each in made]
    of_digests = Entry.objects.filter(digest__in={each.entry.digest_id for each in made}, fingerprint__in=fingerprints)
    found = {
        (entry.digest_id, bytes(entry.fingerprint)): entry
        for entry in of_digests.select_related("paper", "digest__source")
    }
    return [found[each.entry.digest_id, bytes(each.entry.fingerprint)] for each in made]
