"""Ingests: what was read when, what came of it, and how it is undone or done again."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from ..exchange.follow_up import follow_up
from ..exchange.load import WHOLE
from ..exchange.refusal import Refused
from ..exchange.undo import again, undo
from ..models import Entry, Ingest
from ..models.ingest import IngestQuerySet
from . import bounded
from .bounded import Only, ReadOnlyAdmin, counted, said
from .curator import person, reason
from .told import ToldAdmin, do
from .uploading import upload

_MOST_ENTRIES = 100


class OnlyIngests(Only):
    title = "state"
    adjectives = {"finished": "Finished", "unfinished": "Cut off, or still running", "failed": "Ended in an error"}


@admin.register(Ingest)
class IngestAdmin(ToldAdmin, ReadOnlyAdmin):
    """One that was cut off is completed by running it again."""

    list_display = (
        *("file", "format", "started_at", "started_by", "state"),
        *("found", "created", "updated", "unchanged", "quarantined"),
    )
    list_filter = (OnlyIngests,)
    list_select_related = ("file", "started_by")
    search_fields = ("file__name",)
    ordering = ("-started_at", "-pk")
    actions = ("settle",)
    fields = (
        ("file", "format"),
        ("way", "started_by"),
        ("started_at", "finished_at", "undone_at"),
        ("found", "created", "updated", "unchanged", "quarantined"),
        "error",
    )

    def get_fields(self, request: HttpRequest, obj: Ingest | None = None) -> Any:
        """Where it ended well, there is no error to tell."""
        return self.fields if obj and obj.error else self.fields[:-1]

    def get_urls(self) -> list[Any]:
        views = {"again": self.again, "undo": self.undo}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(require_POST(view)), name=f"papers_ingest_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        run = context["original"]
        found = Entry.objects.found_by(run)
        number = counted(found)
        beside = {
            "entries": found.in_order().select_related("digest__source")[:_MOST_ENTRIES],
            "number": said(number),
            "has_more": number > _MOST_ENTRIES,
            "may_undo": self.has_undo_permission(request),
        }
        return super().render_change_form(request, {**context, **beside}, *args, **kwargs)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ingests are added by uploading files."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **upload(request)}
        return TemplateResponse(request, "admin/papers/ingest/upload.html", context)

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What comes of it is another ingest, which is shown."""
        run = self._run(request, pk)
        try:
            report = again(run, by=person(request))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:papers_ingest_change", pk)
        follow_up()
        counts = ", ".join(f"{getattr(report, name)} {name}" for name in ("created", "updated", "unchanged"))
        messages.success(request, f"Read again: {report.found} found, {counts}, {report.quarantined} in quarantine.")
        return redirect("admin:papers_ingest_change", report.ingest)

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self._run(request, pk)
        if Entry.objects.found_by(run)[: WHOLE + 1].count() > WHOLE:
            messages.error(request, f"It is too large to be undone here. Run: python manage.py undo_ingest {pk}")
        else:
            do(request, partial(undo, run, by=person(request), why=reason(request)))
        return redirect("admin:papers_ingest_change", pk)

    @admin.action(description="Settle those that ended in an error", permissions=["undo"])
    def settle(self, request: HttpRequest, rows: IngestQuerySet) -> None:
        """They want no more attention. Of a longer list “all” are the first, as many as the page counted."""
        failed = list(rows.failed().select_related("file")[: bounded.MOST])
        for run in failed:
            undo(run, by=person(request))
        messages.success(request, f"{len(failed):,} settled; the others stay as they are.")

    def _run(self, request: HttpRequest, pk: int) -> Ingest:
        if not self.has_undo_permission(request):
            raise PermissionDenied
        return get_object_or_404(Ingest.objects.select_related("file"), pk=pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.add_ingest")

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.change_ingest")

    @admin.display(description="State")
    def state(self, ingest: Ingest) -> str:
        if ingest.undone_at:
            return "undone"
        if ingest.error:
            return ingest.error
        return "finished" if ingest.finished_at else "cut off, or still running"
