"""What a reader may write."""

from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from .formats.record import LONGEST_TAG
from .ids import slug
from .models import Digest, Mark, Marking, Paper, ReaderState, ReadingList, Status, User
from .query import PaperQuery
from .text import storable

#: More characters than anybody reads again.
LONGEST_NOTE = 20_000
#: As many papers as the longest page has.
MOST_OF_PAGE = 100
_YES_NO = [("yes", "yes"), ("no", "no")]
_TAKEN = "You have a list of this name already."


class PlaceForm(forms.Form):
    """Where a paper stands in the page from which an act comes."""

    digest = forms.IntegerField(required=False)
    """The digest in whose page the paper stands, if it is one's."""
    list = forms.CharField(required=False, max_length=12)
    """The key of the reading list in whose page it does."""
    row = forms.BooleanField(required=False)
    """Whether the paper stands in the page as a row …"""
    lead = forms.BooleanField(required=False)
    """… which is open in full …"""
    acts = forms.BooleanField(required=False)
    """… and, with its buttons, on its own."""


class StateForm(PlaceForm):
    """A mark on a paper; what is not given stays as it was."""

    status = forms.ChoiceField(choices=Status.choices, required=False)
    starred = forms.ChoiceField(choices=_YES_NO, required=False)
    dismissed = forms.ChoiceField(choices=_YES_NO, required=False)
    rating = forms.TypedChoiceField(choices=[(n, n) for n in range(1, 6)], coerce=int, empty_value=None, required=False)

    def save(self, reader: User, paper: Paper) -> Marking | None:
        marks: dict[str, Any] = {
            name: value == "yes" for name in ("starred", "dismissed") if (value := self.cleaned_data[name])
        }
        if "status" in self.data:
            marks["status"] = self.cleaned_data["status"]
        if "rating" in self.data:
            marks["rating"] = self.cleaned_data["rating"]
        return Marking.objects.mark(reader, paper, **marks) if marks else None


class NoteForm(PlaceForm):
    """One's own words about a paper; no words take the note away."""

    note = forms.CharField(required=False)
    was = forms.CharField(required=False)
    """The stamp of the note that was to be changed."""

    def clean_note(self) -> str:
        note = storable(self.cleaned_data["note"])
        if len(note) > LONGEST_NOTE:
            raise forms.ValidationError(
                f"Not saved: the note has {len(note):,} characters, and {LONGEST_NOTE:,} is the most. Shorten it by "
                f"{len(note) - LONGEST_NOTE:,}, and save it again."
            )
        return note

    @transaction.atomic
    def save(self, reader: User, paper: Paper) -> Marking | None:
        """Raises ValidationError where the note was changed since somebody began to write, as by them elsewhere, and
        Paper.DoesNotExist where the paper is no longer there."""
        reader.lock()
        paper = Paper.objects.visible_to(reader).held(paper.key)
        mine, note = ReaderState.objects.of_paper(reader, paper), self.cleaned_data["note"]
        if self.cleaned_data["was"] != mine.note_stamp and note != mine.note:
            raise forms.ValidationError(
                "Not saved yet: the note was changed in another place while you wrote, and says now what stands above. "
                "Take from it what you need; to save puts your text in its place."
            )
        return Marking.objects.mark(reader, paper, note=note)


class ActivityForm(forms.Form):
    """What of the team's activity is asked for, as an address has it; what makes no sense there is not asked."""

    list = forms.CharField(required=False, max_length=12)
    """The key of a reading list."""
    mentions = forms.ChoiceField(choices=[("me", "me")], required=False)
    before = forms.CharField(required=False, max_length=60)

    @property
    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class HandoutForm(forms.Form):
    """How a list is put on paper."""

    until = forms.DateField(required=False, label="Due until", widget=forms.DateInput(attrs={"type": "date"}))
    abstracts = forms.ChoiceField(
        choices=[("", "in short"), ("full", "in full"), ("none", "left out")], required=False, label="Abstracts"
    )


class MarkingForm(forms.Form):
    """A mark on all that a question finds, which is sent along as an address has it; or on the papers of a page, by
    their keys; or on those of a digest."""

    mark = forms.ChoiceField(choices=[(mark.value, mark.label) for mark in Mark.of_many()])
    digest = forms.IntegerField(required=False)

    def clean(self) -> None:
        self.keys = set(cast(QueryDict, self.data).getlist("paper"))
        if len(self.keys) > MOST_OF_PAGE:
            raise forms.ValidationError(f"No page has more than {MOST_OF_PAGE} papers.")
        self.query = PaperQuery.from_params(dict(cast(QueryDict, self.data).lists()))
        if self.query.ignored:
            raise forms.ValidationError("Only what was wholly understood can be marked.")

    @property
    def among(self) -> str:
        """Of what the papers are that it marks, as it is said."""
        return " of this page" if self.keys else " of this digest" if self.cleaned_data["digest"] else ""

    def save(self, reader: User) -> Marking | None:
        """One at a time: see `sole_writer`. Refuses all where one of the papers is none that the reader may see."""
        mark, papers = Mark(self.cleaned_data["mark"]), Paper.objects.visible_to(reader)
        if self.keys:
            known = papers.in_bulk(filter(str.isalnum, self.keys), field_name="key")
            if len(known) < len(self.keys):
                raise Http404("One of these papers is not there.")
            return Marking.objects.make_among(reader, mark, papers.among(paper.pk for paper in known.values()))
        if digest := self.cleaned_data["digest"]:
            named = get_object_or_404(Digest.objects.visible_to(reader), pk=digest)
            return Marking.objects.make_among(reader, mark, papers.listed_in(named))
        return Marking.objects.make(reader, mark, self.query)


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


class ListForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new reading list: a name is enough."""

    class Meta:
        model = ReadingList
        fields = ("name",)
        labels = {"name": "Name of a new list"}

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.owner = owner

    def clean_name(self) -> str:
        name = " ".join(storable(self.cleaned_data["name"]).split())
        if not slug(name):
            raise forms.ValidationError("A list's name needs a letter or a figure.")
        if self.instance.owner.reading_lists.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_TAKEN)
        return name

    def saved(self) -> ReadingList | None:
        """The list, once it is saved; None where something keeps it from that, which the form says then: also where a
        list of this name was made this very moment, as by a second click."""
        if not self.is_valid():
            return None
        try:
            with transaction.atomic():
                self.instance.owner.lock()  # nobody gives them a list of this name meanwhile
                made: ReadingList = self.save()
                return made
        except IntegrityError:
            self.add_error("name", _TAKEN)
            return None


class ListSettingsForm(ListForm):
    """What a reading list is, as its owner has it."""

    class Meta:
        model = ReadingList
        fields = ("name", "description", "visibility", "order")
        widgets = {"description": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}
        labels = {"description": "What it is for", "visibility": "Who sees it", "order": "How its papers stand"}

    def clean_description(self) -> str:
        description = storable(self.cleaned_data["description"]).strip()
        if len(description) > LONGEST_NOTE:
            raise forms.ValidationError(f"Longer than {LONGEST_NOTE:,} characters, which is the most.")
        return description
