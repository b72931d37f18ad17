"""Ingests: what was read when, and what came of it."""

from django.contrib import admin

from ..models import Ingest
from .bounded import Only, ReadOnlyAdmin


class OnlyIngests(Only):
    title = "state"
    adjectives = {"finished": "Finished", "unfinished": "Cut off, or still running", "failed": "Ended in an error"}


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
        "error",
    )

    @admin.display(description="State")
    def state(self, ingest: Ingest) -> str:
        if ingest.error:
            return ingest.error
        return "finished" if ingest.finished_at else "cut off, or still running"
