"""Tags: what they are called, what they mean, and where they stand."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from ..exchange.refusal import Refused
from ..exchange.tags import FIELDS, check, merge, set_tag
from ..models import Tag
from .bounded import Only
from .curator import person
from .following import FollowingAdmin, TagField, follow, tag_name
from .told import do

_MOST_MERGED = 50
_MOST_NAMES = 200


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    name = forms.CharField(
        max_length=200,
        widget=AdminTextInputWidget,
        help_text="It stays, whatever digests call it. Where it differs by more than case or punctuation, the tag gets "
        "an address of its own, and what it was called before still leads to it.",
    )
    other_names = forms.CharField(
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text="One on each line. A digest that says one of them means this tag.",
    )
    parent = TagField(
        required=False,
        label="Stands under",
        widget=AdminTextInputWidget,
        help_text="Another tag, by its name. It shows where it belongs in the list of tags; whoever asks for the other "
        "one gets its own papers only.",
    )

    class Meta:
        model = Tag
        fields = ("description", "hidden")
        widgets = {"description": AdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = self.instance
        self.initial["name"] = tag.name
        self.initial["parent"] = tag.parent.name if tag.parent else ""
        self.initial["other_names"] = "\n".join(_names(tag))

    def clean_name(self) -> str:
        return tag_name(self.cleaned_data["name"])

    def clean_other_names(self) -> list[str]:
        return list(map(tag_name, filter(str.strip, self.cleaned_data["other_names"].splitlines())))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in self.said.items():
            try:
                check(self.instance, {name: value})
            except Refused as refusal:
                self.add_error(name, str(refusal))
        if len(cleaned.get("other_names", ())) > _MOST_NAMES:
            raise ValidationError(f"A tag has no more than {_MOST_NAMES} other names.")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What was written anew."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in {*self.changed_data} & {*self.cleaned_data}}


def _names(tag: Tag) -> list[str]:
    return [alias.name for alias in tag.aliases.order_by("slug")[:_MOST_NAMES]]


class OnlyTags(Only):
    title = "kind"
    adjectives = {"aliases": "Other names", "hidden": "Hidden", "unused": "On no paper"}


@admin.register(Tag)
class TagAdmin(FollowingAdmin):
    list_display = ("name", "papers", "is_name_of", "stands_under", "description", "off_the_site")
    list_filter = (OnlyTags,)
    list_select_related = ("alias_of", "parent")
    search_fields = ("name",)
    ordering = ("slug",)
    form = TagForm
    readonly_fields = ("in_addresses", "papers", "is_name_of")
    actions = ("merge",)

    def get_fields(self, request: HttpRequest, obj: Tag | None = None) -> Any:
        if obj and obj.alias_of_id:
            return ("name", "in_addresses", "is_name_of")
        return ("name", "in_addresses", "other_names", "parent", "description", "hidden", "papers")

    def has_change_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """A mere name is changed where its tag is."""
        return super().has_change_permission(request, obj) and not (obj and obj.alias_of_id)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.named_like(search_term), False  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if form.said:
            do(request, partial(set_tag, form.instance, form.said, by=person(request)))

    @admin.action(description="Merge what is selected", permissions=["change"])
    def merge(self, request: HttpRequest, rows: QuerySet[Tag]) -> TemplateResponse | None:
        """Asks which one stays, and merges the others into it."""
        tags = list({tag.meant: None for tag in rows.select_related("alias_of")[: _MOST_MERGED + 1]})
        kept = next((tag for tag in tags if str(tag.pk) == request.POST.get("kept")), None)
        if not 1 < len(tags) <= _MOST_MERGED:
            messages.error(request, f"Choose two tags or more, up to {_MOST_MERGED}, of which one stays.")
        elif kept:
            do(request, partial(merge, kept, tags, by=person(request)))
            follow(request)
        else:
            context = {**self.admin_site.each_context(request), "title": "Which one stays?", "tags": tags}
            return TemplateResponse(request, "admin/papers/tag/merge.html", {**context, "opts": self.opts})
        return None

    @admin.display(description="Another name of")
    def is_name_of(self, tag: Tag) -> str:
        return str(tag.alias_of or "")

    @admin.display(description="In addresses")
    def in_addresses(self, tag: Tag) -> str:
        return tag.slug

    @admin.display(description="Papers")
    def papers(self, tag: Tag) -> str:
        return f"{tag.size:,}"

    @admin.display(description="Hidden")
    def off_the_site(self, tag: Tag) -> str:
        return "hidden" if tag.hidden else ""

    @admin.display(description="Under")
    def stands_under(self, tag: Tag) -> str:
        return str(tag.parent or "")

    @admin.display(description="Other names")
    def other_names(self, tag: Tag) -> str:
        return "\n".join(_names(tag))
