"""A paper split on the desk: some of its entries are of another work."""

import re
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from ..exchange.rulings import split
from ..models import Paper
from ..text import storable
from .decisions import person
from .editing import EditingAdmin
from .told import do

_NUMBER = re.compile("[0-9]{1,18}")
_LONGEST_REASON = 1_000


class SplittingAdmin(EditingAdmin):
    """For papers."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.split))
        return [path("<int:pk>/split/", view, name="papers_paper_split"), *super().get_urls()]

    def split(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper = get_object_or_404(Paper, pk=pk)
        if not self.has_change_permission(request, paper):
            raise PermissionDenied
        chosen = [number for number in request.POST.getlist("leaving") if _NUMBER.fullmatch(number)]
        why = storable(request.POST.get("why", "")).strip()[:_LONGEST_REASON]
        do(request, partial(split, paper, list(paper.entries.filter(pk__in=chosen)), by=person(request), why=why))
        return redirect("admin:papers_paper_change", pk)
