"""Papers hidden and shown again on the desk: several at once, with one reason, once it was asked again."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ..exchange.hide import hide, show
from ..language import wanted
from ..models import Change, Paper
from ..models.papers import PaperQuerySet
from ..query import PaperQuery
from ..text import storable
from . import bounded
from .curator import person
from .editing import EditingAdmin
from .told import do

_MOST_NAMED = 20


class HidingForm(forms.Form):
    papers = forms.CharField(widget=forms.HiddenInput)
    """Their ids, all in one field, as a form has no room for many."""
    why = forms.CharField(max_length=500, label="Why", widget=AdminTextareaWidget(attrs={"rows": 2}))

    def clean_papers(self) -> dict[int, Paper]:
        given: str = self.cleaned_data["papers"]
        ids = given.split(",")
        if not all(map(bounded.is_id, ids)) or len(ids) > bounded.MOST:
            raise ValidationError("These are no papers.")
        papers = Paper.objects.in_brief().in_bulk(list(map(int, ids)))
        if not papers:
            raise ValidationError("None of these papers is in the library.")
        return papers

    def clean_why(self) -> str:
        return storable(self.cleaned_data["why"]).strip()


class ShowingForm(HidingForm):
    why = forms.CharField(required=False, max_length=500, label="Why", widget=AdminTextareaWidget(attrs={"rows": 2}))


class HidingAdmin(EditingAdmin):
    """For papers."""

    actions: Any = ("hide", "show")

    def get_urls(self) -> list[Any]:
        views = {"hiding": self.hiding, "showing": self.showing}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"papers_paper_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    @admin.action(description="Hide from readers …", permissions=["change"])
    def hide(self, request: HttpRequest, rows: PaperQuerySet) -> HttpResponse:
        return self._ask(request, HidingForm(initial={"papers": _listed(rows)}))

    @admin.action(description="Show to readers again …", permissions=["change"])
    def show(self, request: HttpRequest, rows: PaperQuerySet) -> HttpResponse:
        return self._ask(request, ShowingForm(initial={"papers": _listed(rows)}))

    def hiding(self, request: HttpRequest) -> HttpResponse:
        return self._decide(request, HidingForm)

    def showing(self, request: HttpRequest) -> HttpResponse:
        return self._decide(request, ShowingForm)

    def _decide(self, request: HttpRequest, form_class: type[HidingForm]) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, form_class(initial={"papers": request.GET.get("papers", "")}))
        form = form_class(request.POST)
        if not form.is_valid():
            return self._ask(request, form)
        papers, why = form.cleaned_data["papers"], form.cleaned_data["why"]
        shows = form_class is ShowingForm
        do(request, partial(show if shows else hide, papers, by=person(request), why=why))
        return HttpResponseRedirect(reverse("admin:papers_paper_changelist"))

    def _ask(self, request: HttpRequest, form: HidingForm) -> HttpResponse:
        """The page that says which papers these are, and asks why."""
        given = form["papers"].value() or ""
        chosen = HidingForm({"papers": given, "why": "?"})
        papers = chosen.cleaned_data["papers"] if chosen.is_valid() else {}
        if not papers:
            messages.warning(request, "Choose papers first: no such paper was found.")
            return HttpResponseRedirect(reverse("admin:papers_paper_changelist"))
        shows = isinstance(form, ShowingForm)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Show to readers again" if shows else "Hide from readers",
            "form": form,
            "shows": shows,
            "papers": list(papers.values())[:_MOST_NAMED],
            "others": max(len(papers) - _MOST_NAMED, 0),
        }
        return TemplateResponse(request, "admin/papers/paper/hiding.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = context["original"]
        hiding = Change.objects.hiding(paper) if paper.hidden else None
        return super().render_change_form(request, {**context, "hiding": hiding}, *args, **kwargs)

    @admin.display(description="Hidden")
    def off_the_site(self, paper: Paper) -> str:
        return "hidden" if paper.hidden else ""


def and_hidden(found: QuerySet[Paper], query: PaperQuery, papers: PaperQuerySet) -> QuerySet[Paper]:
    """What a question found, and of hidden papers, of which its index knows nothing, those that hold all its words: no
    more than are counted."""
    words = [each.text for each in wanted(query.node)] if query.node else []
    hidden = list(papers.hidden().holding(words).values_list("pk", flat=True)[: bounded.MOST]) if words else []
    if not hidden:
        return found
    seen = list(found.values_list("pk", flat=True)[: bounded.MOST + 1])
    return papers.among([*seen, *hidden]).in_date_order()


def _listed(rows: PaperQuerySet) -> str:
    """The ids of the first of them, no more than a page counted."""
    return ",".join(map(str, rows.values_list("pk", flat=True)[: bounded.MOST]))
