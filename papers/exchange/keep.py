"""Works kept: papers filled, entries tied to them, and papers that turned out to be one made one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F

from ..models import Digest, Entry, FormerKey, Paper, PaperTag, ReaderState
from .fields import fill
from .rows import insert
from .works import Member, Work

_ENTRY = [field.attname for field in Entry._meta.concrete_fields if not field.primary_key]
_WRITING = 5_061  # any number will do, as long as nothing else locks it


@contextmanager
def sole_writer() -> Iterator[None]:
    """A transaction for one at a time, so that no two make a paper of the same work. SQLite has no others."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])
        yield


def keep(works: Sequence[Work]) -> None:
    """Saves works, whether new, changed, or only to be filled again, with all of their entries."""
    for work in works:
        for gone in work.merged:
            _inherit(gone, work.paper)
    fill(works)
    _list(works)
    _save(member for work in works for member in work.members)
    for work in works:
        for gone in work.merged:
            _merge(gone, work.paper)


def _inherit(gone: Paper, kept: Paper) -> None:
    """What people did with a paper holds for the one it is merged into; what curators set, if nothing was set there."""
    ReaderState.objects.move(gone, kept)
    PaperTag.objects.move(gone, kept)
    if gone.curated:
        kept.curated = gone.curated | kept.curated
        kept.save(update_fields=["curated"])


def _list(works: Iterable[Work]) -> None:
    """Ties entries to their papers. Of a digest's entries of one paper only the first is listed; its size says how
    many are."""
    growth: Counter[int] = Counter()
    for work in works:
        met: set[int] = set()
        for member in sorted(work.members, key=_in_order):
            digest = member.entry.digest_id
            growth[digest] += int(digest not in met) - int(member.is_listed)
            member.set(paper_id=work.paper.pk, repeat=digest in met)
            met.add(digest)
    grown = [Digest(pk=digest, size=F("size") + more) for digest, more in growth.items() if more]
    Digest.objects.bulk_update(grown, ["size"])


def _in_order(member: Member) -> tuple[int, bytes]:
    return member.entry.place, bytes(member.entry.fingerprint)


def _save(members: Iterable[Member]) -> None:
    new: list[Entry] = []
    changed: list[Entry] = []
    columns: set[str] = set()
    for member in members:
        if member.is_new:
            new.append(member.entry)
        elif member.changed:
            changed.append(member.entry)
            columns |= member.changed
    insert(Entry, _ENTRY, map(attrgetter(*_ENTRY), new))
    if changed:
        Entry.objects.bulk_update(changed, sorted(columns))


def _merge(gone: Paper, kept: Paper) -> None:
    FormerKey.objects.filter(paper=gone).update(paper=kept)
    FormerKey.objects.create(key=gone.key, paper=kept)
    gone.delete()
