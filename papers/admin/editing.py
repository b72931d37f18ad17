"""Pages on which curators change what readers see."""

from typing import Any

from django.contrib import admin

from ..models import Edition


class EditingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For what an ingest makes and curators may touch up."""

    show_full_result_count = False

    def save_model(self, *args: Any) -> None:
        super().save_model(*args)
        Edition.objects.next()

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False
