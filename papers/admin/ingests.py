"""Ingests: what was read when, what came of it, and what could not be read."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Ingest, Quarantined
from ..models.ingest import QuarantinedQuerySet
from . import bounded
from .bounded import BoundedAdmin, Only, ReadOnlyAdmin

_LONGEST = 20_000


class OnlyIngests(Only):
    title = "state"
    adjectives = {"finished": "Finished", "unfinished": "Cut off, or still running"}


@admin.register(Ingest)
class IngestAdmin(ReadOnlyAdmin):
    """One that was cut off is completed by running it again."""

    list_display = (
        *("file", "format", "started_at", "started_by", "state"),
        *("found", "created", "updated", "unchanged", "quarantined"),
    )
    list_filter = (OnlyIngests,)
    list_select_related = ("file", "started_by")
    search_fields = ("file__name",)
    ordering = ("-started_at", "-pk")
    fields = (
        ("file", "format", "started_by"),
        ("started_at", "finished_at"),
        ("found", "created", "updated", "unchanged", "quarantined"),
    )

    @admin.display(description="State")
    def state(self, ingest: Ingest) -> str:
        return "finished" if ingest.finished_at else "cut off, or still running"


class ReasonFilter(admin.SimpleListFilter):
    title = parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(reason, reason) for reason in Quarantined.objects.reasons()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        reason = self.value()
        return queryset.because(reason) if reason else queryset  # type: ignore[attr-defined]


@admin.register(Quarantined)
class QuarantinedAdmin(BoundedAdmin):
    """What was dismissed comes back when its file is ingested again."""

    list_display = ("reason", "file", "line", "beginning")
    list_filter = (ReasonFilter,)
    list_select_related = ("ingest__file",)
    ordering = ("-pk",)
    fields = ("reason", ("ingest", "line"), "as_it_stood", "surroundings")
    readonly_fields = ("as_it_stood", "surroundings")
    actions = ("dismiss",)

    def has_change_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Quarantined.objects.in_brief().order_by(*self.ordering)

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)  # which would list all of them once more
        return actions

    @admin.action(description="Dismiss what is selected", permissions=["delete"])
    def dismiss(self, request: HttpRequest, rows: QuarantinedQuerySet) -> None:
        """No more than the page counted: of a longer list “all” are the first."""
        messages.success(request, f"{rows.dismiss(bounded.MOST):,} dismissed.")

    @admin.display(description="File")
    def file(self, row: Quarantined) -> str:
        return str(row.ingest.file)

    @admin.display(description="Text")
    def beginning(self, row: Any) -> str:
        return str(row.beginning)

    @admin.display(description="Text")
    def as_it_stood(self, row: Quarantined) -> str:
        return row.text[:_LONGEST]

    @admin.display(description="What stood around it")
    def surroundings(self, row: Quarantined) -> str:
        return row.context[:_LONGEST]
