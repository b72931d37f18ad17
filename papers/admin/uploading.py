"""The page where curators upload files: what was done with each stands there at once."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from ..exchange.follow_up import follow_up
from ..exchange.load import Report
from ..exchange.uploads import take_in, too_large
from ..models import Digest, Ingest
from .curator import person
from .upload_form import MOST_FILES, UploadForm

_FEW = 5


class Row(NamedTuple):
    """What was done with a file, and where to look at what came of it."""

    report: Report
    ingest: Ingest | None
    digests: list[Digest]
    has_more: bool


def upload(request: HttpRequest) -> dict[str, Any]:
    """Takes in the files that were sent, if any; what the page shows."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    rows: list[Row] = []
    if form.is_bound and form.is_valid():
        options = form.options(person(request))
        reports = [report for file in form.cleaned_data["file"] for report in take_in(file, options)]
        if not (options.dry_run or all(report.error for report in reports)):
            follow_up()
        rows = _rows(reports)
    return {
        "title": "Upload files",
        "form": form,
        "rows": rows,
        "well": sum(not row.report.error for row in rows),
        "dry_run": bool(rows) and form.cleaned_data["dry_run"],
        "limit": settings.UPLOAD_LIMIT,
        "limit_in_mb": settings.UPLOAD_LIMIT // 1_000_000,
        "too_large": too_large(),
        "most": MOST_FILES,
    }


def _rows(reports: Iterable[Report]) -> list[Row]:
    rows = []
    for report in reports:
        run = Ingest.objects.filter(pk=report.ingest).first() if report.ingest else None
        digests = list(Digest.objects.of_file(run.file_id).newest_first()[: _FEW + 1]) if run else []
        rows.append(Row(report, run, digests[:_FEW], has_more=len(digests) > _FEW))
    return rows
