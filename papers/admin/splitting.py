"""A paper split on the desk: some of its entries are of another work."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from ..exchange.rulings import split
from ..models import Paper
from .bounded import is_id
from .curator import person, reason
from .editing import EditingAdmin
from .told import do


class SplittingAdmin(EditingAdmin):
    """For papers."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.split))
        return [path("<int:pk>/split/", view, name="papers_paper_split"), *super().get_urls()]

    def split(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper = get_object_or_404(Paper, pk=pk)
        if not self.has_change_permission(request, paper):
            raise PermissionDenied
        chosen = [number for number in request.POST.getlist("leaving") if is_id(number)]
        leaving = list(paper.entries.filter(pk__in=chosen))
        do(request, partial(split, paper, leaving, by=person(request), why=reason(request)))
        return redirect("admin:papers_paper_change", pk)
