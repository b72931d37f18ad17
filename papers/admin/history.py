"""The history: everything that people did to the library, each with a way back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ..access import may_take_back
from ..exchange.refusal import Refused
from ..exchange.taking_back import take_back
from ..models import Change
from .bounded import Only, ReadOnlyAdmin, is_id
from .told import FEW, rows, tell_what_is_left

_MANY = 100


class OnlyChanges(Only):
    title = "state"
    adjectives = {"standing": "Standing", "taken_back": "Undone"}


class ByFilter(admin.SimpleListFilter):
    title, parameter_name = "person", "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(person.pk), str(person)) for person in Change.objects.people()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        by = self.value()
        return queryset.made_by(int(by)) if by and is_id(by) else queryset  # type: ignore[attr-defined]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Every operation writes itself down here, and says in `exchange.taking_back` how it is undone."""

    list_filter = (OnlyChanges, "kind", ByFilter)
    search_fields = ("said", "why")
    search_help_text = "Words of what was done, or why."
    ordering = ("-pk",)
    fields = ()
    #: In the plural: “2 changes”.
    counted_as = "changes"

    def get_urls(self) -> Any:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<int:pk>/undo/", undo, name="papers_change_undo"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Change.objects.newest_first().with_subjects(FEW + 1).defer("before", "after")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context["rows"] = rows(context["cl"].result_list, request)
        return response

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().change_view(request, object_id, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context:
            change = Change.objects.newest_first().with_subjects(_MANY + 1).filter(pk=context["original"].pk)
            context |= {"title": "A change", "rows": rows(change, request, _MANY)}
        return response

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = get_object_or_404(Change, pk=pk)
        if not may_take_back(request.user, change.kind):
            raise PermissionDenied
        try:
            take_back(change, request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.info(request, f"Undone: {change.said}.")
        tell_what_is_left(request)
        return HttpResponseRedirect(_next(request) or reverse("admin:papers_change_change", args=[pk]))


def _next(request: HttpRequest) -> str:
    """Where the button stood."""
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else ""
