"""A whole ingest undone, and a file read again from the bytes that were kept."""

import gzip
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import astuple
from typing import IO, cast

from django.db import transaction
from django.utils import timezone

from ..models import Change, Edition, Entry, Ingest, Paper, Quarantined, User
from .circumstances import circumstances_of
from .files import InputFile, kept_at
from .headings import forget, headed_by
from .keep import sole_writer
from .load import WHOLE, Options, Report, ingest
from .quarantine import settle
from .refusal import Refused
from .touched import bring_back, remembered
from .withdraw import Withdrawal, withdraw_from

_AT_ONCE = 250


def undo(run: Ingest, *, by: User | None, why: str = "", progress: Callable[[int], object] = int) -> Change:
    """Takes out what an ingest made. What other ingests name stays, and so do papers that people did something with.

    In one transaction, if there is no more of it than of a file that is stored in one.
    """
    with transaction.atomic() if run.entries.count() <= WHOLE else nullcontext():
        with sole_writer():
            run.refresh_from_db(fields=["undone_at"])
            if run.undone_at:
                raise Refused("It is undone already.")
            before = {"digests": remembered(run)}
        withdrawal, last, headed = Withdrawal(), 0, headed_by(run)
        while batch := list(Paper.objects.found_by(run).after(last).values_list("pk", flat=True)[:_AT_ONCE]):
            last = batch[-1]
            with sole_writer():
                withdrawal = _sum(withdrawal, withdraw_from(run, Entry.objects.found_by(run).of_papers(batch)))
                Edition.objects.next()
            progress(len(batch))
        with sole_writer():
            Ingest.objects.filter(pk=run.pk).update(undone_at=timezone.now())
            forget(run, *headed)
            settle(list(run.quarantine.mended()), Quarantined.Outcome.WAITING, None)
            said = f"Undid the ingest of {run.file}: {withdrawal}"
            return Change.objects.record(Change.Kind.WITHDRAWN, by, [run], said, why=why, before=before)


def again(run: Ingest, *, by: User | None) -> Report:
    """Reads the kept bytes of an ingest's file once more, as it was told to read them. What this reading finds takes
    the place of what earlier ones made of the file."""
    if not run.can_be_read_again:
        raise Refused("The file is too large to be kept: ingest it again from where it is.")
    kept = circumstances_of(run)
    file = InputFile(kept.path, _opener(run), kept.dating.file_time)
    report = ingest(file, Options.as_before(kept, by=by, way=Ingest.Way.AGAIN))
    if report.error:
        raise Refused(f"{run.file} {report.error}")
    return report


def take_back(change: Change) -> None:
    """What was undone is taken in again."""
    run = Ingest.objects.get(pk=change.subjects.get().name.removeprefix("ingest:"))
    bring_back(run, change.before.get("digests", ()))
    again(run, by=change.by)


def _opener(run: Ingest) -> Callable[[], IO[bytes]]:
    place = kept_at(run.file.sha256)
    return lambda: cast(IO[bytes], gzip.open(place))


def _sum(*withdrawals: Withdrawal) -> Withdrawal:
    return Withdrawal(*map(sum, zip(*map(astuple, withdrawals), strict=True)))
