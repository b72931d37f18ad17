"""Digests and who sends them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest

from ..models import Digest, Source
from .bounded import Only
from .editing import SPELLING, EditingAdmin


class OnlyDigests(Only):
    title = "date"
    adjectives = {"guessed": "A guess"}


@admin.register(Digest)
class DigestAdmin(EditingAdmin):
    list_display = ("__str__", "date_basis", "title", "size")
    list_filter = (OnlyDigests, "date_basis")
    list_select_related = ("source",)
    search_fields = ("source__name", "title")
    ordering = ("-date", "-pk")
    fields = ("source", "written_date", "date_basis", "title", "size")
    readonly_fields = ("source", "written_date", "date_basis", "size")
    help_texts = {"title": "It gives way to one that a file gives the digest and that comes sooner in the alphabet."}

    @admin.display(description="Date")
    def written_date(self, digest: Digest) -> str:
        return digest.written_date.said


@admin.register(Source)
class SourceAdmin(EditingAdmin):
    list_display = ("name", "trust")
    search_fields = ("name",)
    fields = ("name", "slug", "trust")
    readonly_fields = ("slug",)
    help_texts = {"name": SPELLING}

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "trust" in form.changed_data:
            messages.info(request, "Papers follow a change of trust with: python manage.py recompute")
