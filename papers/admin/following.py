"""Pages after whose changes papers have to follow."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from ..exchange.errands import run_errands
from ..ids import slug
from ..models import Errand, Tag
from ..text import storable
from .bounded import ReadOnlyAdmin
from .editing import EditingAdmin


def follow(request: HttpRequest) -> None:
    """Lets the papers follow for a while, and says so if that was not enough."""
    if not run_errands():
        messages.warning(request, "Many papers have to follow. What is left is on the desk, under “Errands”.")


class FollowingAdmin(EditingAdmin):
    """Papers follow outside the transaction that saves what was changed, so that nobody waits for it to end."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        if request.method == "POST":
            follow(request)
        return response

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().delete_view(request, *args, **kwargs)
        if request.method == "POST":
            follow(request)
        return response


@admin.register(Errand)
class ErrandAdmin(ReadOnlyAdmin):
    """What was left to do; each ingest goes on with it, too."""

    list_display = ("__str__",)
    list_select_related = ("tag",)
    ordering = ("pk",)
    fields = ("tag", "question")
    actions = ("go_on",)

    def has_go_on_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.change_tag")

    @admin.action(description="Let the papers follow", permissions=["go_on"])
    def go_on(self, request: HttpRequest, rows: object) -> None:
        if run_errands():
            messages.success(request, "All papers have followed.")
        else:
            messages.info(request, "Some more papers have followed, and some are left: do it again, or wait.")


def tag_name(text: str) -> str:
    """A tag's name as somebody typed it."""
    name = " ".join(storable(text).split())
    if not slug(name):
        raise ValidationError(f"“{name}” is no name for a tag: there is no letter in it.")
    return name


class TagField(forms.CharField):
    """A tag by any of its names."""

    def clean(self, value: Any) -> Tag | None:
        name = super().clean(value)
        tag = Tag.objects.called(name) if name else None
        if name and not tag:
            raise ValidationError(f"There is no tag called “{name}”.")
        return tag
