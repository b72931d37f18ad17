"""Sources: what they are called, and how far they are believed."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from ..exchange.naming import call
from ..exchange.trusting import trust
from ..models import Source
from .editing import EditingAdmin
from .told import do
from .wording import GivenBack, Line, Why


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    name = Line(required=True, max_length=200)
    why = Why()

    class Meta:
        model = Source
        fields = ("trust",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.name
        if self.instance.found_name is not None:
            self.fields["name"].label = "Name, set by a curator"
            self.fields["name_back"] = GivenBack("Give back: show what files call it")


@admin.register(Source)
class SourceAdmin(EditingAdmin):
    list_display = ("name", "trust")
    search_fields = ("name",)
    form = SourceForm
    readonly_fields = ("in_addresses",)
    help_texts = {"trust": "From 0 to 100; where two differ, the higher is believed. The papers follow at once."}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": ("trust",)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not self.has_change_permission(request, obj):
            return ((None, {"fields": ("name", "in_addresses", "trust")}),)
        named = ("name",) if obj.found_name is None else ("name", "name_back")
        return ((None, {"fields": (named, "in_addresses", "trust", "why")}),)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        said = {"by": request.user, "why": form.cleaned_data["why"]}
        if form.cleaned_data.get("name_back"):
            do(request, partial(call, form.instance, None, **said))
        elif "name" in form.changed_data:
            do(request, partial(call, form.instance, form.cleaned_data["name"], **said))
        if "trust" in form.changed_data:
            do(request, partial(trust, form.instance, form.cleaned_data["trust"], **said))

    @admin.display(description="In addresses")
    def in_addresses(self, source: Source) -> str:
        return source.slug
