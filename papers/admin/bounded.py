"""Pages that cost the same at any size of the library."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst

#: How many rows are counted, and can be gone through; what is beyond them is found by a search.
MOST = 1_000


def counted(rows: Any) -> int:
    """How many rows there are, counted no further than one more than can be gone through."""
    return int(rows[: MOST + 1].count())


def is_id(text: str) -> bool:
    """Whether a database can look for a row by it, whether there is one or not."""
    return re.fullmatch("[0-9]{1,18}", text) is not None


def said(number: int) -> str:
    """What was counted, as one says it."""
    return f"more than {MOST:,}" if number > MOST else f"{number:,}"


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Of the first rows only."""

    @cached_property
    def _counted(self) -> int:
        return counted(self.object_list)

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def said(self) -> str:
        return said(self._counted)


class BoundedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For what ingests make: nothing is added here, and nothing deleted."""

    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER  # which are counted over everything

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is selected by no possible id is as good as not selected."""
        if request.method == "POST":
            sent = request.POST.copy()
            sent.setlist(
                ACTION_CHECKBOX_NAME, [each for each in sent.getlist(ACTION_CHECKBOX_NAME) if is_id(str(each))]
            )
            request.POST = sent  # type: ignore[assignment]
        if "%00" in request.GET.urlencode():  # which PostgreSQL takes in no text
            return redirect(request.path)
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page is called what it is about, not what can be done there."""
        called = {"title": str(context["original"]), "subtitle": None} if context.get("original") else {}
        return super().render_change_form(
            request, {**context, **called, "show_save_and_add_another": False}, *args, **kwargs
        )

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_delete_permission(self, *args: Any) -> bool:
        return False


class ReadOnlyAdmin(BoundedAdmin):
    """For what only ingests write."""

    def has_change_permission(self, *args: Any) -> bool:
        return False


class Only(admin.SimpleListFilter):
    """Narrows a list by an adjective: a method of its queryset."""

    parameter_name = "only"
    adjectives: Mapping[str, str]
    """Each with what it is called."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.adjectives.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        adjective = self.value()
        return getattr(queryset, adjective)() if adjective and adjective in self.adjectives else queryset
