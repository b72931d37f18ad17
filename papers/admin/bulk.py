"""Many papers corrected at once, as one change."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from ..exchange.curate import curate_all
from ..formats.record import PaperRecord, flaw
from ..models import Paper
from . import bounded
from .editing import EditingAdmin
from .told import do
from .wording import DATE, Text, Why, authors_as_kept, date_as_kept

#: What many papers may have in common.
_FIELDS = {"venue": "Venue", "published": "Date", "authors": "Authors", "abstract": "Abstract"}
#: How each is kept as it is meant.
_KEPT: Mapping[str, Callable[[str], str]] = {
    "authors": authors_as_kept,
    "published": date_as_kept,
    "venue": lambda text: " ".join(text.split()),
}
_FEW = 10


class BulkForm(forms.Form):
    papers = forms.CharField(widget=forms.HiddenInput)
    field = forms.ChoiceField(label="What to correct", choices=list(_FIELDS.items()), widget=forms.RadioSelect)
    text = Text(
        label="Set it to",
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=f"Authors one on each line; a date as {DATE} Nothing means that they have none.",
    )
    back = forms.BooleanField(required=False, label="Give it back instead: show what the digests say")
    why = Why()

    def clean_papers(self) -> list[int]:
        chosen = [int(pk) for pk in self.cleaned_data["papers"].split() if pk.isdecimal() and len(pk) < 19]
        return chosen[: bounded.MOST]

    def clean(self) -> None:
        field, text = self.cleaned_data.get("field"), self.cleaned_data.get("text", "")
        try:
            kept = _KEPT.get(field or "", str)(text)
        except ValidationError as error:
            self.add_error("text", error)
            return
        values: dict[str, Any] = {} if field == "published" or not field else {field: kept}
        if "authors" in values:
            values["authors"] = tuple(kept.splitlines())
        if wrong := flaw(PaperRecord(title="Any", **values)):
            self.add_error("text", f"It cannot be kept so: {wrong}.")
        self.cleaned_data["text"] = kept

    @property
    def said(self) -> dict[str, str]:
        return {} if self.cleaned_data["back"] else {self.cleaned_data["field"]: self.cleaned_data["text"]}

    @property
    def given_back(self) -> list[str]:
        return [self.cleaned_data["field"]] if self.cleaned_data["back"] else []


class BulkAdmin(EditingAdmin):
    """A list from which many are corrected at once."""

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(require_POST(self.correction_view))
        return [path("correction/", view, name="papers_paper_correction"), *super().get_urls()]

    @admin.action(description="Correct what is selected", permissions=["change"])
    def correct(self, request: HttpRequest, rows: QuerySet[Paper]) -> HttpResponse:
        """Of a longer list “all” are the first, as many as the page counted."""
        chosen = rows.values_list("pk", flat=True)[: bounded.MOST]
        return self._asked(request, BulkForm(initial={"papers": " ".join(map(str, chosen)), "field": "venue"}))

    def correction_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = BulkForm(request.POST)
        if not form.is_valid():
            return self._asked(request, form)
        said = {"by": request.user, "why": form.cleaned_data["why"]}
        do(request, partial(curate_all, form.cleaned_data["papers"], form.said, form.given_back, **said))
        return redirect("admin:papers_paper_changelist")

    def _asked(self, request: HttpRequest, form: BulkForm) -> HttpResponse:
        chosen = [pk for pk in str(form["papers"].value() or "").split() if pk.isdecimal() and len(pk) < 19]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Correct {len(chosen):,} paper{'s' * (len(chosen) != 1)}",
            "opts": self.opts,
            "form": form,
            "first": Paper.objects.filter(pk__in=chosen[:_FEW]).order_by("-position"),
            "others": max(len(chosen) - _FEW, 0),
        }
        return TemplateResponse(request, "admin/papers/paper/correction.html", context)
