"""What a curator writes about a paper, beside what the digests say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError

from ..exchange.curate import FIELDS, said_of
from ..formats.record import PaperRecord, flaw
from ..models import Digest, Entry, Paper
from .wording import DATE, GivenBack, Line, Text, Why, authors_as_kept, date_as_kept

#: Behind a field's name: the box that gives it back.
BACK = "_back"
#: What each field is called.
_LABELS = {name: name.capitalize() for name in FIELDS} | {"published": "Date"}
_MOST_TEXTS, _MOST_DIGESTS, _MOST_ENTRIES = 20, 5, 100


class Told(NamedTuple):
    """What digests say about a field, beside the field that they say it about."""

    field: str
    text: str
    is_believed: bool
    digests: list[Digest]
    others: int
    """How many digests say so besides."""


class CurationForm(forms.ModelForm):  # type: ignore[type-arg]
    title = Text(required=True, widget=AdminTextareaWidget(attrs={"rows": 2}), help_text="TeX is understood.")
    authors = Text(help_text="One on each line.")
    abstract = Text(help_text="TeX is understood; a blank line parts paragraphs.")
    published = Line(label="Date", help_text=DATE)
    venue = Line()
    why = Why()

    class Meta:
        model = Paper
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = said_of(self.instance)
        self.initial.update(self._known.shown)
        for name in FIELDS:
            if name in self.instance.curated:
                self.fields[name].label = f"{_LABELS[name]}, set by a curator"
                self.fields[name + BACK] = GivenBack("Give back: show what the digests say")

    def clean_authors(self) -> str:
        return authors_as_kept(self.cleaned_data["authors"])

    def clean_published(self) -> str:
        return date_as_kept(self.cleaned_data["published"])

    def clean(self) -> dict[str, Any]:
        """What is too large for a record is too large for a curator."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        texts = {name: cleaned.get(name, "") for name in ("title", "abstract", "venue")}
        record = PaperRecord(**texts, authors=tuple(cleaned.get("authors", "").splitlines()))
        if "title" in cleaned and (wrong := flaw(record)):
            raise ValidationError(f"It cannot be kept so: {wrong}.")
        return cleaned

    @property
    def said(self) -> dict[str, str]:
        """What was written anew."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}

    @property
    def given_back(self) -> list[str]:
        return [name for name in FIELDS if self.cleaned_data.get(name + BACK)]

    def told(self) -> Iterator[Told]:
        for name in FIELDS:
            for text, digests in list(self._known.by_digests[name].items())[:_MOST_TEXTS]:
                if text:
                    is_believed = text == self._known.found[name]
                    others = max(len(digests) - _MOST_DIGESTS, 0)
                    yield Told(_LABELS[name], text, is_believed, digests[:_MOST_DIGESTS], others)

    @property
    def entries(self) -> list[Entry]:
        return list(self._known.entries[:_MOST_ENTRIES])

    @property
    def other_entries(self) -> int:
        """How many there are besides."""
        return len(self._known.entries) - len(self.entries)
