"""Tags: what they are called, and what they mean."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Tag
from .editing import SPELLING, EditingAdmin


@admin.register(Tag)
class TagAdmin(EditingAdmin):
    list_display = ("name", "size", "description")
    search_fields = ("name",)
    ordering = ("slug",)
    fields = ("name", "slug", "description", "size")
    readonly_fields = ("slug", "size")
    help_texts = {"name": SPELLING}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.named_like(search_term), False  # type: ignore[attr-defined]
