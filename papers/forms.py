"""What a reader may write."""

from typing import cast

from django import forms
from django.http import QueryDict

from .formats.record import LONGEST_TAG
from .ids import slug
from .models import Mark, Marking, Paper, ReaderState, Status, User
from .query import PaperQuery
from .text import storable

_YES_NO = [("yes", "yes"), ("no", "no")]


class StateForm(forms.Form):
    """A mark on a paper; what is not given stays as it was."""

    status = forms.ChoiceField(choices=Status.choices, required=False)
    starred = forms.ChoiceField(choices=_YES_NO, required=False)
    dismissed = forms.ChoiceField(choices=_YES_NO, required=False)
    digest = forms.IntegerField(required=False)
    """The digest in whose page the paper stands, if it is one's."""
    row = forms.BooleanField(required=False)
    """Whether the paper stands in the page as a row …"""
    lead = forms.BooleanField(required=False)
    """… which is open in full …"""
    acts = forms.BooleanField(required=False)
    """… and, with its buttons, on its own."""

    def save(self, reader: User, paper: Paper) -> ReaderState:
        marks = {name: value == "yes" for name in ("starred", "dismissed") if (value := self.cleaned_data[name])}
        if "status" in self.data:
            marks["status"] = self.cleaned_data["status"]
        return ReaderState.objects.mark(reader, paper, **marks)


class MarkingForm(forms.Form):
    """A mark on all that a question finds, which is sent along as an address has it."""

    mark = forms.ChoiceField(choices=Mark.choices)

    def clean(self) -> None:
        self.query = PaperQuery.from_params(dict(cast(QueryDict, self.data).lists()))
        if self.query.ignored:
            raise forms.ValidationError("Only what was wholly understood can be marked.")

    def save(self, reader: User) -> Marking | None:
        return Marking.objects.make(reader, Mark(self.cleaned_data["mark"]), self.query)


class TagForm(forms.Form):
    """A tag to put on a paper, by its name."""

    name = forms.CharField(max_length=LONGEST_TAG)

    def clean_name(self) -> str:
        name = " ".join(storable(self.cleaned_data["name"]).split())
        if not slug(name):
            raise forms.ValidationError("A tag's name needs a letter or a figure.")
        return name


class PasteForm(forms.Form):
    """What somebody has in the clipboard."""

    text = forms.CharField(
        max_length=100_000,
        strip=False,
        label="What you have copied",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"}),
        error_messages={
            "required": "Paste something first.",
            "max_length": "Longer than 100,000 characters: save it as a file, and ask a curator to upload it.",
        },
    )

    def clean_text(self) -> str:
        text = storable(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError("Paste something first.")
        return text


class KeysForm(forms.Form):
    """Whether single letters are commands."""

    keys = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


class ThemeForm(forms.Form):
    """Light, dark, or as the system has it."""

    theme = forms.ChoiceField(choices=[("light", "Light"), ("dark", "Dark"), ("system", "As the system")])
