"""Pages on which curators change what readers see."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from .bounded import BoundedAdmin
from .told import ToldAdmin


class EditingAdmin(ToldAdmin, BoundedAdmin):
    """For what an ingest makes and curators may touch up."""

    help_texts: Mapping[str, str] = {}
    """What to know before one writes in a field."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"help_texts": self.help_texts, **kwargs})
