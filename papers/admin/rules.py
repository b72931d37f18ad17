"""Rules: a question as on the site, and the tag that its papers bear. What one would do is seen before it is saved."""

import json
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from ..exchange.rules import delete_rule, set_rule
from ..exchange.tagging import tag_named
from ..ids import slug
from ..models import Paper, Rule, Tag
from ..models.rule import unfit
from ..query import PaperQuery
from ..text import storable
from . import bounded
from .bounded import Only
from .curator import person
from .following import FollowingAdmin, tag_name
from .told import do

_SHOWN = 10


class Preview(NamedTuple):
    """What a rule would do."""

    number: str
    papers: list[Paper]
    """The first of them."""
    lost: str
    """How many of the papers that it tags now it would no longer, if any."""
    looked_at: str


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    question = forms.CharField(
        max_length=500,
        widget=AdminTextInputWidget,
        help_text="As on the site: words, “phrases”, title:diffusion, author:lovelace, in:2025-03, -not, or.",
    )
    tagged = forms.CharField(
        max_length=200, label="Tag", widget=AdminTextInputWidget, help_text="By its name. It is made if there is none."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Rule
        fields = ("question", "is_on")

    preview: Preview | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_on"].label = "Switched on"
        self._before = Rule.objects.filter(pk=self.instance.pk).select_related("tag__alias_of").first()
        if self._before:
            self.initial["tagged"] = self._before.tag.meant.name

    def clean_question(self) -> str:
        question = " ".join(storable(self.cleaned_data["question"]).split())
        if reason := unfit(PaperQuery.from_text(question)):
            raise ValidationError(reason)
        return question

    def clean_tagged(self) -> str:
        return tag_name(self.cleaned_data["tagged"])

    def is_valid(self) -> bool:
        """Only once what it would do was seen: till then the page comes back with it."""
        if not super().is_valid():
            return False
        said = json.dumps([self.cleaned_data[name] for name in ("question", "tagged", "is_on")])
        if self.cleaned_data["seen"] == said:
            return True
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = said  # type: ignore[index]
        self.preview = self._previewed()
        return False

    def _previewed(self) -> Preview:
        query = PaperQuery.from_text(self.cleaned_data["question"])
        found = query.ask(Paper.objects.all()) if self.cleaned_data["is_on"] else Paper.objects.none()
        lost, looked_at = self._lost(found)
        return Preview(bounded.said(bounded.counted(found)), list(found[:_SHOWN]), lost, looked_at)

    def _lost(self, found: Any) -> tuple[str, str]:
        if not self._before:
            return "", ""
        tagged = list(Paper.objects.tagged_by_rules(self._before.tag)[: bounded.MOST + 1])
        places = [paper.position for paper in tagged]
        same = slug(self.cleaned_data["tagged"]) == self._before.tag.meant.slug
        kept = found.at_places(places).count() if same else 0
        return bounded.said(len(tagged) - kept) if len(tagged) > kept else "", bounded.said(len(tagged))


class OnlyRules(Only):
    title = "state"
    adjectives = {"standing": "Switched on", "idle": "Tags no paper"}


@admin.register(Rule)
class RuleAdmin(FollowingAdmin):
    list_display = ("question", "tags_as", "switched")
    list_filter = (OnlyRules,)
    list_select_related = ("tag__alias_of",)
    search_fields = ("question", "tag__name")
    ordering = ("tag__slug", "pk")
    form = RuleForm
    fields = ("question", "tagged", "is_on", "seen")
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)  # which would not say what it did
        return actions

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        rule = form.instance
        rule.tag = tag_named(form.cleaned_data["tagged"])
        do(request, partial(set_rule, rule, by=person(request)))

    def delete_model(self, request: HttpRequest, obj: Rule) -> None:
        do(request, partial(delete_rule, obj, by=person(request)))

    @admin.display(description="Tag")
    def tags_as(self, rule: Rule) -> Tag:
        return rule.tag.meant

    @admin.display(description="Tag")
    def tagged(self, rule: Rule) -> Tag:
        return rule.tag.meant

    @admin.display(description="State")
    def switched(self, rule: Rule) -> str:
        return "switched on" if rule.is_on else "switched off"

    @admin.display(description="")
    def seen(self, rule: Rule) -> str:
        return ""
