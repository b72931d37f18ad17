"""What a reader may write."""

from django import forms
from django.db import transaction

from .models import Paper, ReaderState, Status, User

_YES_NO = [("yes", "yes"), ("no", "no")]


class StateForm(forms.Form):
    """A mark on a paper; what is not given stays as it was."""

    status = forms.ChoiceField(choices=Status.choices, required=False)
    starred = forms.ChoiceField(choices=_YES_NO, required=False)
    dismissed = forms.ChoiceField(choices=_YES_NO, required=False)
    entry = forms.IntegerField(required=False)
    """The entry whose row the mark was made in, where it was a digest's."""
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
        with transaction.atomic():
            state, _ = ReaderState.objects.update_or_create(reader=reader, paper=paper, defaults=marks)
            reader.next_edition()
        return state


class ThemeForm(forms.Form):
    """Light, dark, or as the system has it."""

    theme = forms.ChoiceField(choices=[("light", "Light"), ("dark", "Dark"), ("system", "As the system")])
