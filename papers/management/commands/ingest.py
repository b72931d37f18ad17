"""`ingest`: takes digest files into the library."""

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...exchange.duplicates import AFTER_INGEST, compare_all
from ...exchange.errands import run_errands
from ...exchange.load import Options, Report, ingest
from ...exchange.paths import input_files
from ...formats import readers
from ...formats.record import LONGEST_TAG
from ...ids import slug
from ...text import storable

_COUNTS = ("digests", "found", "created", "updated", "unchanged", "quarantined")


class Command(BaseCommand):
    help = "Takes digest files into the library. Each paper is kept once, however many digests name it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a file (also an archive, a mailbox or a mail), a folder, or - for standard input",
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

    def handle(self, *, paths: Sequence[str], report: str, **said: Any) -> None:
        options = Options(**{name: said[name] for name in ("format", "date", "source", "tags", "dry_run")})
        reports = []
        for file in input_files(paths):
            with tqdm(desc=file.name, unit=" entries", disable=None, leave=False) as bar:
                reports.append(ingest(file, options, bar.update))
            if report == "text":
                self._tell(reports[-1])
        if not (options.dry_run or all(report.error for report in reports)):
            run_errands(None)
            with tqdm(desc="Compared", unit=" papers", disable=None, leave=False) as bar:
                compare_all(AFTER_INGEST, bar.update)
        if report == "json":
            self.stdout.write(_json(reports))
        if any(report.error for report in reports):
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        if report.error:
            self.stderr.write(f"{report.path}: {report.error}")
        if report.found or not report.error:
            counts = ", ".join(f"{getattr(report, name)} {name}" for name in _COUNTS[1:])
            self.stdout.write(f"{report.path} ({report.format}): {counts}")
        if report.quarantined:
            self.stdout.write("  What is quarantined could not be read; the admin shows each, and why.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2025-03-11") from None


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
