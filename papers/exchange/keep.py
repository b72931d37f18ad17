"""Works kept: papers filled, entries tied to them, and papers that turned out to be one made one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F

from ..models import Change, Digest, Entry, FormerKey, Paper
from ..models.carried import hold_lists
from .fields import fill
from .retag import obey
from .rows import insert
from .works import Member, Work, works_of

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
    back = [(work.formers[0], work.paper) for work in works if work.paper.pk is None and work.formers]
    for former, paper in back:
        paper.key = former.key
    merging = [paper.pk for work in works if work.merged for paper in (work.paper, *work.merged) if paper.pk]
    if merging or back:
        hold_lists([*merging, *(former.paper_id for former, _ in back if former.paper_id)])
    for work in works:
        for gone in work.merged:
            records = {member.fingerprint for member in work.members if member.entry.paper_id == gone.pk}
            FormerKey.objects.merge(gone, work.paper, records)
    fill(works)
    _list(works)
    _save(member for work in works for member in work.members)
    for gone in chain.from_iterable(work.merged for work in works):
        gone.delete()
    obey([work.paper for work in works])
    _give_back(back)
    _lead_on(works)


def _give_back(back: Iterable[tuple[FormerKey, Paper]]) -> None:
    """Gives papers that are there again what people did with them, those that were merged last first."""
    changed: set[int] = set()
    hidden: dict[int, bool] = {}
    for former, paper in sorted(back, key=lambda pair: -pair[0].pk):
        former.refresh_from_db()
        changed |= {paper.pk, former.paper_id or paper.pk}
        FormerKey.objects.made_of(former.fingerprints).exclude(pk=former.pk).update(paper=paper)
        former.give_back(paper)
        hidden[paper.pk] = Change.objects.hides(paper, otherwise=former.hidden)
        if former.paper:
            hidden[former.paper.pk] = Change.objects.hides(former.paper, otherwise=former.hidden_before)
    works = works_of(changed)
    for work in works:
        work.hidden = hidden.get(work.paper.pk, work.hidden)
    if works:
        keep(works)


def _lead_on(works: Iterable[Work]) -> None:
    for work in works:
        astray = [former.pk for former in work.formers if former.paper_id != work.paper.pk]
        if astray:
            FormerKey.objects.filter(pk__in=astray).update(paper=work.paper)


def _list(works: Iterable[Work]) -> None:
    """Ties entries to their papers. Of a digest's entries of one paper only the first is listed, of a hidden one none;
    its size says how many are."""
    growth: Counter[int] = Counter()
    for work in works:
        met: set[int] = set()
        for member in sorted(work.members, key=_in_order):
            digest = member.entry.digest_id
            listed = digest not in met and not work.hidden
            growth[digest] += int(listed) - int(member.is_listed)
            member.set(paper_id=work.paper.pk, listed=listed)
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


def move(places: Mapping[int, int]) -> None:
    """Gives entries, by their ids, other places in their digests."""
    works = works_of(Entry.objects.filter(pk__in=places).values_list("paper", flat=True)) if places else []
    for work in works:
        for member in work.members:
            member.set(place=places.get(member.entry.pk, member.entry.place))
    keep(works)
