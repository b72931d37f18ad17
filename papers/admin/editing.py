"""Pages on which curators change what readers see."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from ..models import Edition
from .bounded import BoundedAdmin


class EditingAdmin(BoundedAdmin):
    """For what an ingest makes and curators may touch up."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Saves only what was written: an ingest may have counted on meanwhile."""
        obj.save(update_fields=form.changed_data)
        Edition.objects.next()
