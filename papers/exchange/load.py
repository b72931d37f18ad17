"""A file taken into the library: recognised, read, stored, and told of."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from itertools import batched, chain
from typing import Any, Self

import msgspec
from django.db import Error, InterfaceError, OperationalError, transaction
from django.utils import timezone

from ..formats import recognise
from ..formats.document import Document, UnreadableFile
from ..formats.parts.mail import Mail
from ..formats.record import Found, Reading, Unreadable
from ..ids import arxiv_month
from ..models import DigestFile, Entry, Ingest, User
from ..models.digest import site_day
from .circumstances import Circumstances
from .dating import Dating
from .digests import Digests
from .files import InputFile
from .keep import sole_writer
from .source_name import source_name
from .store import store
from .withdraw import withdraw_from

#: A file with up to this many entries is one transaction; a larger one goes in batches.
WHOLE = 5_000
#: Small enough to hold the writer's lock for well under a second.
BATCH = 500
#: Where entries are large, a file counts as large with fewer of them (characters).
_WHOLE_TEXT = 50_000_000


@dataclass(frozen=True, kw_only=True)
class Options:
    """What whoever ingests a file says about it."""

    format: str = ""
    date: dt.date | None = None
    source: str | None = None
    tags: Sequence[str] = ()
    dry_run: bool = False
    by: User | None = None
    way: Ingest.Way = Ingest.Way.COMMAND
    as_one: bool = False
    """Whether all of it is of one digest, whatever the file says of digests."""
    today: dt.date | None = None
    """The day to which it is dated where nothing else dates it, if not today."""

    @classmethod
    def as_before(cls, kept: Circumstances, **others: Any) -> Self:
        """To read a file once more as it was read."""
        others |= {"date": kept.dating.option, "today": kept.dating.today}
        return cls(format=kept.format, source=kept.source, tags=kept.tags, as_one=kept.as_one, **others)


class Report(msgspec.Struct, kw_only=True):
    """What an ingest did with one file, in the words of `--report json`."""

    path: str
    format: str = ""
    digests: int = 0
    found: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    error: str | None = None
    ingest: int | None = None
    """The number by which it can be undone."""
    retry: bool = False
    """Whether the database was away or busy, so that the same file may be taken in later."""


def ingest(file: InputFile, options: Options, progress: Callable[[int], object] = int) -> Report:
    """Takes one file in. Whatever is wrong with it is in the report; it raises nothing that a file can cause.

    `progress` is told of entries as they are stored.
    """
    report = Report(path=file.path)
    started = time.monotonic()
    begun: list[Ingest] = []
    try:
        with transaction.atomic() if options.dry_run else nullcontext():
            _ingest(file, options, progress, report, begun)
            if options.dry_run:
                transaction.set_rollback(True)
    except UnreadableFile as error:
        report.error = str(error)
    except OSError as error:
        report.error = f"cannot be read: {error.strerror}"
    except Error as error:
        report.error = f"the database refused: {str(error).strip().partition('\n')[0]}"
        report.retry = isinstance(error, OperationalError | InterfaceError)
    report.seconds = round(time.monotonic() - started, 3)
    if report.error and not options.dry_run and options.way is not Ingest.Way.PASTE:  # who pasted it has it still
        _put_failure_on_record(file, options, report, begun)
    return report


def _ingest(
    file: InputFile, options: Options, progress: Callable[[int], object], report: Report, begun: list[Ingest]
) -> None:
    """`begun` is given the run as soon as it stands, whatever becomes of it."""
    reader, document = recognise(Document(file.name, file.open), options.format)
    report.format = reader.name
    reading = reader.read(document)
    first, is_whole = _first(reading)
    circumstances = Circumstances(
        dating=_dating(file, options, document.mail, first),
        name=source_name(file, document, reader),
        source=options.source,
        tags=options.tags,
        as_one=options.as_one,
        format=options.format,
        path=file.path if file.path == "-" else file.name,
    )
    kept = not options.dry_run and file.keep()
    counts: Counter[str] = Counter()
    seen: set[tuple[int, bytes]] | None = set() if options.way is Ingest.Way.AGAIN else None
    with transaction.atomic() if is_whole else nullcontext():
        run = Ingest.objects.create(
            file=_on_record(file, kept=kept),
            format=reader.name,
            started_by=options.by,
            way=options.way,
            circumstances=circumstances.as_json(),
        )
        if not is_whole:
            begun.append(run)
        digests = circumstances.digests(run.file)
        for batch in batched(chain(first, reading), BATCH):
            with transaction.atomic():
                counts += store(batch, run, digests, options.tags, seen)
                Ingest.objects.filter(pk=run.pk).update(**counts)
            progress(len(batch))
            if not is_whole:
                _tell(report, digests, counts)
        if seen is not None:
            _withdraw_unseen(run, seen)
        Ingest.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    _tell(report, digests, counts)
    report.ingest = None if options.dry_run else run.pk


def _withdraw_unseen(run: Ingest, seen: Collection[tuple[int, bytes]]) -> None:
    """Takes out what earlier readings of the file made, and this one did not find: they read it wrong. What people did
    something with stays."""
    with sole_writer():
        for earlier in run.file.ingests.exclude(pk=run.pk):
            if earlier.reads_like(run):
                found = Entry.objects.found_by(earlier)
                unseen = [entry.pk for entry in found if not _is_seen(entry, seen)]
                withdraw_from(earlier, found.filter(pk__in=unseen))


def _is_seen(entry: Entry, seen: Collection[tuple[int, bytes]]) -> bool:
    """What a curator made of a piece that cannot be read is not looked for in the file."""
    return entry.mended_from_id is not None or (entry.digest_id, bytes(entry.fingerprint)) in seen


def _tell(report: Report, digests: Digests, counts: Counter[str]) -> None:
    report.digests = len(digests)
    for name, count in counts.items():
        setattr(report, name, count)


def _first(reading: Reading) -> tuple[list[Found | Unreadable], bool]:
    """The entries of a file small enough to be one transaction, and True; or else the first of them, and False."""
    first: list[Found | Unreadable] = []
    size = 0
    for item in reading:
        first.append(item)
        size += len(item.text) if isinstance(item, Unreadable) else len(item.record.abstract) + len(item.record.note)
        if len(first) > WHOLE or size > _WHOLE_TEXT:
            return first, False
    return first, True


def _on_record(file: InputFile, *, kept: bool) -> DigestFile:
    sha256, size = file.identity
    row, is_new = DigestFile.objects.get_or_create(
        sha256=sha256, defaults={"name": file.name, "size": size, "kept": kept}
    )
    if kept and not row.kept:  # it failed before
        row.kept = kept
        row.save(update_fields=["kept"])
    if is_new:
        Ingest.objects.filter(file__sha256="", file__name=file.name).update(file=row)
    return row


def _put_failure_on_record(file: InputFile, options: Options, report: Report, begun: list[Ingest]) -> None:
    """The run says what ended it; where none stands, one is made that does. A database that refuses this too is already
    told of."""
    with suppress(Error), transaction.atomic():
        if not Ingest.objects.filter(pk__in=[run.pk for run in begun]).update(error=report.error):
            run = Ingest.objects.create(
                file=_on_record_at_least(file),
                format=report.format,
                started_by=options.by,
                way=options.way,
                error=report.error or "",
            )
            begun.append(run)
    report.ingest = begun[0].pk if begun else None


def _on_record_at_least(file: InputFile) -> DigestFile:
    """A file by its bytes, or by its name alone where they cannot be read."""
    try:
        return _on_record(file, kept=False)
    except (UnreadableFile, OSError):
        row, _ = DigestFile.objects.get_or_create(sha256="", name=file.name, defaults={"size": 0})
        return row


def _dating(file: InputFile, options: Options, mail: Mail | None, first: Sequence[Found | Unreadable]) -> Dating:
    months = (
        arxiv_month(value)
        for item in first
        if isinstance(item, Found)
        for scheme, value in item.record.identifiers
        if scheme == "arxiv"
    )
    return Dating(
        today=options.today or site_day(),
        option=options.date,
        mail_date=mail.date if mail else None,
        file_name=file.name,
        newest_month=max(months, default=None),
        file_time=file.time,
    )
