"""Papers, digests and where they came from."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Digest, Ingest, Paper, Quarantined, Source, Tag
from ..models.paper import PaperQuerySet
from ..query import PaperQuery
from .editing import EditingAdmin
from .read_only import ReadOnlyAdmin


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """Papers are found by the same words as on the site."""

    list_display = ("title", "published", "named_on")
    search_fields = ("title",)
    ordering = ("-position",)
    fields = (
        ("key", "arxiv_version"),
        "title",
        "other_titles",
        "author_lines",
        "abstract",
        "abstract_kind",
        ("published", "published_precision", "named_on"),
        "venue",
        "links",
        "curated",
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return PaperQuery.from_text(search_term).ask(cast(PaperQuerySet, queryset)), False


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "size", "date_basis")
    list_filter = ("date_basis", "source")
    list_select_related = ("source",)
    date_hierarchy = "date"
    ordering = ("-date",)


@admin.register(Source)
class SourceAdmin(EditingAdmin):
    """A change of trust reaches the papers with the command `recompute`."""

    list_display = ("name", "trust")
    readonly_fields = ("name",)


@admin.register(Tag)
class TagAdmin(EditingAdmin):
    list_display = ("name", "size", "description")
    search_fields = ("name",)
    readonly_fields = ("name", "slug")


@admin.register(Ingest)
class IngestAdmin(ReadOnlyAdmin):
    """Each reading of a file, and what came of it. One without an end was cut off; running it again completes it."""

    list_display = (
        "file",
        "format",
        "started_at",
        "finished_at",
        "found",
        "created",
        "updated",
        "unchanged",
        "quarantined",
    )
    list_select_related = ("file",)
    ordering = ("-started_at",)


@admin.register(Quarantined)
class QuarantinedAdmin(ReadOnlyAdmin):
    """What could not be read, as it stood in its file, and why."""

    list_display = ("reason", "file", "line", "beginning")
    list_select_related = ("ingest__file",)
    ordering = ("-pk",)

    @admin.display(description="File")
    def file(self, row: Quarantined) -> str:
        return str(row.ingest.file)

    @admin.display(description="Text")
    def beginning(self, row: Quarantined) -> str:
        return row.text[:100]
