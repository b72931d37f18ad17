"""`ingest`: takes digest files into the library."""

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ...exchange.follow_up import follow_up
from ...exchange.load import Options, Report, ingest
from ...exchange.paths import input_files
from ...formats import readers
from ...formats.record import LONGEST_TAG
from ...ids import slug
from ...text import storable
from ..watch import Watch

_COUNTS = ("digests", "found", "created", "updated", "unchanged", "quarantined")


class Command(BaseCommand):
    help = "Takes digest files into the library. Each paper is kept once, however many digests name it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file, which may be a mail, a mailbox or an archive of others; a folder; or - for standard input",
        )
        parser.add_argument(
            "--watch",
            metavar="FOLDER",
            help="take in what comes into this folder, and the folders in it, until interrupted; files move to done/ "
            "in it or, with the reason beside them, to failed/",
        )
        parser.add_argument(
            "--every",
            type=_seconds,
            default=5.0,
            metavar="SECONDS",
            help="how often to look into the watched folder (default 5); a file is taken in when two looks find it the "
            "same",
        )
        parser.add_argument("--format", default="", choices=sorted(readers()), help="do not guess the format")
        parser.add_argument(
            "--date", type=_day, metavar="YYYY-MM-DD", help="the digests' date, where the file has no full one"
        )
        parser.add_argument("--source", type=_name, metavar="NAME", help="who sends the digest, whatever the file says")
        parser.add_argument(
            "--tag",
            type=_name,
            dest="tags",
            action="append",
            default=[],
            metavar="TAG",
            help="a tag for all its papers",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--report", choices=["text", "json"], default="text", help="how to tell what was done")

    def handle(self, *, paths: Sequence[str], report: str, watch: str | None, every: float, **said: Any) -> None:
        options = Options(**{name: said[name] for name in ("format", "date", "source", "tags", "dry_run")})
        if bool(paths) == (watch is not None):
            raise CommandError("name the files to take in, or a folder with --watch")
        if watch is None:
            self._ingest(paths, options, report)
        elif options.dry_run or report == "json":
            raise CommandError("--watch goes with neither --dry-run nor --report json")
        else:
            self._watch(watch, every, options)

    def _watch(self, folder: str, every: float, options: Options) -> None:
        try:
            watch = Watch(folder, every, options, tell=self._tell_in_a_line, complain=self.stderr.write)
        except OSError as error:
            raise CommandError(f"{folder} cannot be watched: {error.strerror}") from None
        self.stdout.write(f"Watching {folder} until you press Ctrl-C.")
        self.stdout.flush()
        watch.run()

    def _ingest(self, paths: Sequence[str], options: Options, report: str) -> None:
        reports = []
        for file in input_files(paths):
            with tqdm(desc=file.name, unit=" entries", disable=None, leave=False) as bar:
                reports.append(ingest(file, options, bar.update))
            if report == "text":
                self._tell(reports[-1])
        if not (options.dry_run or all(report.error for report in reports)):
            with tqdm(desc="Compared", unit=" papers", disable=None, leave=False) as bar:
                follow_up(wholly=True, progress=bar.update)
        if report == "json":
            self.stdout.write(_json(reports))
        if any(report.error for report in reports):
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        self._tell_in_a_line(report)
        if report.quarantined:
            self.stdout.write("  What is quarantined could not be read; the admin shows each, and why.")

    def _tell_in_a_line(self, report: Report) -> None:
        path = " ".join(storable(report.path).split())  # a name may have line ends in it
        if report.error:
            self.stderr.write(f"{path}: {report.error}")
        if report.found or not report.error:
            counts = ", ".join(f"{getattr(report, name)} {name}" for name in _COUNTS[1:])
            self.stdout.write(f"{path} ({report.format}): {counts}")
            self.stdout.flush()


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2025-03-11") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds <= 86_400:
        raise ArgumentTypeError(f"“{text}” is no number of seconds, from 0.1 to a day")
    return seconds


def _name(text: str) -> str:
    name = " ".join(storable(text).split())
    if not slug(name) or len(name) > LONGEST_TAG:
        raise ArgumentTypeError(
            f"“{storable(text)[:40]}” is no name: up to {LONGEST_TAG} characters, letters among them"
        )
    return name


def _json(reports: Sequence[Report]) -> str:
    totals = {name: sum(getattr(report, name) for report in reports) for name in (*_COUNTS, "seconds")}
    return msgspec.json.encode({"files": reports, "totals": totals}).decode()
