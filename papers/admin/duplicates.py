"""Likely duplicates: a list of pairs, the likeliest first, each to be merged or kept apart."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from ..models import LikelyDuplicate, Paper
from .bounded import Only, ReadOnlyAdmin, is_id
from .comparison import addresses
from .decisions import compared, decide

_WIDE = ("abstract", "abstract_html", "title_html", "facets", "links", "other_titles")
#: So many are done at once; each takes the writer's lock for itself.
_AT_ONCE = 50


class OnlyPairs(Only):
    title = "state"
    adjectives = {"undecided": "To be decided", "kept_apart": "Kept apart"}

    def value(self) -> str:
        return super().value() or "undecided"

    def choices(self, changelist: Any) -> Any:
        yield from list(super().choices(changelist))[1:]  # without “All”


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(ReadOnlyAdmin):
    list_display = ("first", "second", "evidence", "score")
    list_filter = (OnlyPairs, "kind")
    ordering = ("-score", "-pk")
    actions = ("merge_selected", "keep_apart_selected")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        may_change: bool = request.user.has_perm("papers.change_paper")
        return may_change and self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        wide = (f"{which}__{name}" for which in ("first", "second") for name in _WIDE)
        return LikelyDuplicate.objects.best_first().defer(*wide)

    def get_urls(self) -> list[URLPattern]:
        return [*addresses(self), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_decide = self.has_decide_permission(request)
        waiting = may_decide and Paper.objects.uncompared().exists()
        return super().changelist_view(request, {"waiting": waiting, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """What there is to change is shown where the two are compared."""
        if request.method == "GET" and is_id(object_id) and self.has_decide_permission(request):
            pair = get_object_or_404(LikelyDuplicate.objects.best_first(), pk=object_id)
            return HttpResponseRedirect(compared([pair.first, pair.second]))
        return super().change_view(request, object_id, *args, **kwargs)

    @admin.action(description="The same paper: merge", permissions=["decide"])
    def merge_selected(self, request: HttpRequest, pairs: QuerySet[LikelyDuplicate]) -> HttpResponse:
        return self._decide(request, "merge", _groups(pairs[:_AT_ONCE]))

    @admin.action(description="Keep apart", permissions=["decide"])
    def keep_apart_selected(self, request: HttpRequest, pairs: QuerySet[LikelyDuplicate]) -> HttpResponse:
        return self._decide(request, "apart", [[pair.first, pair.second] for pair in pairs[:_AT_ONCE]])

    def _decide(self, request: HttpRequest, decision: str, groups: Iterable[list[Paper]]) -> HttpResponse:
        done = [change for papers in groups if (change := decide(request, decision, papers))]
        messages.success(request, f"{len(done):,} decided." if done else "Nothing was changed.")
        return HttpResponseRedirect(compared(done=done))


def _groups(pairs: Iterable[LikelyDuplicate]) -> list[list[Paper]]:
    """Papers that pairs join, one with the other."""
    groups: list[list[Paper]] = []
    for pair in pairs:
        joined = [group for group in groups if pair.first in group or pair.second in group]
        groups = [group for group in groups if group not in joined]
        groups.append(list(dict.fromkeys([pair.first, pair.second, *(paper for group in joined for paper in group)])))
    return groups
