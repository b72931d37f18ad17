"""Pages on which curators change what readers see."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from ..models import Edition
from .bounded import BoundedAdmin
from .told import ToldAdmin

#: Of two spellings of one name the first in the alphabet stays, whatever order files come in.
SPELLING = "A name that differs only in case or punctuation gives way to the spelling that digests use."


class EditingAdmin(ToldAdmin, BoundedAdmin):
    """For what an ingest makes and curators may touch up."""

    help_texts: Mapping[str, str] = {}
    """What to know before one writes in a field."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"help_texts": self.help_texts, **kwargs})

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Saves only what was written: an ingest may have counted on meanwhile."""
        obj.save(update_fields=form.changed_data)
        Edition.objects.next()
