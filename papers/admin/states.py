"""Which pieces of the quarantine are listed: those that wait, or what was settled; and what can be done with them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import Quarantined
from ..models.quarantined import QuarantinedQuerySet
from .bounded import Only

#: What can be done with pieces in each state.
ACTIONS = {"waiting": ("try_again", "dismiss"), "mended": (), "dismissed": ("bring_back",)}


def state(request: HttpRequest) -> str:
    """Of the pieces that are listed."""
    only = request.GET.get("only", "")
    return only if only in ACTIONS else "waiting"


class OnlyPieces(Only):
    title = "state"
    adjectives = {"waiting": "Waiting", "mended": "Taken in", "dismissed": "Dismissed"}

    def value(self) -> str:
        only = super().value()
        return only if only in self.adjectives else "waiting"

    def choices(self, changelist: Any) -> Iterator[Any]:
        return islice(super().choices(changelist), 1, None)  # there is no list of all


class ReasonFilter(admin.SimpleListFilter):
    title = parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        listed: QuarantinedQuerySet = getattr(Quarantined.objects, state(request))()
        return [(reason, reason) for reason in listed.reasons()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        reason = self.value()
        return queryset.because(reason) if reason else queryset  # type: ignore[attr-defined]
