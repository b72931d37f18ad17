"""Pages on which curators change what readers see."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from ..models import Edition


class EditingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For what an ingest makes and curators may touch up."""

    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Saves only what was written: an ingest may have counted on meanwhile."""
        obj.save(update_fields=form.changed_data)
        Edition.objects.next()

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False
