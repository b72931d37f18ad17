"""What a curator writes about a paper, beside what the digests say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError

from ..dates import PartialDate
from ..exchange.curate import FIELDS, said_of
from ..formats.record import PaperRecord, flaw
from ..models import Digest, Entry, Paper
from ..text import storable

#: Behind a field's name: the box that gives it back.
BACK = "_back"
_MOST_TEXTS, _MOST_DIGESTS, _MOST_ENTRIES = 20, 5, 100


class Told(NamedTuple):
    """What digests say about a field, beside the field that they say it about."""

    field: str
    text: str
    is_believed: bool
    digests: list[Digest]
    others: int
    """How many digests say so besides."""


class _Text(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": AdminTextareaWidget, **kwargs})

    def to_python(self, value: Any) -> str:
        return storable(super().to_python(value) or "")


class CurationForm(forms.ModelForm):  # type: ignore[type-arg]
    title = _Text(required=True, widget=AdminTextareaWidget(attrs={"rows": 2}), help_text="TeX is understood.")
    authors = _Text(help_text="One on each line.")
    abstract = _Text(help_text="TeX is understood; a blank line parts paragraphs.")
    published = _Text(widget=AdminTextInputWidget, help_text="2025-03-11, 2025-03 or 2025.")
    venue = _Text(widget=AdminTextInputWidget)

    class Meta:
        model = Paper
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = said_of(self.instance)
        self.initial.update(self._known.shown)
        for name in FIELDS:
            if name in self.instance.curated:
                self.fields[name].label = f"{name.capitalize()}, set by a curator"
                self.fields[name + BACK] = forms.BooleanField(
                    required=False, label="Give back: show what the digests say"
                )

    def clean_authors(self) -> str:
        names = (" ".join(line.split()) for line in self.cleaned_data["authors"].splitlines())
        return "\n".join(filter(None, names))

    def clean_published(self) -> str:
        given: str = self.cleaned_data["published"]
        date = PartialDate.parse(given)
        if given and not date:
            raise ValidationError("There is no such date. It is written as 2025-03-11, 2025-03 or 2025.")
        return str(date or "")

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
                    yield Told(name.capitalize(), text, is_believed, digests[:_MOST_DIGESTS], others)

    @property
    def entries(self) -> list[Entry]:
        return list(self._known.entries[:_MOST_ENTRIES])

    @property
    def other_entries(self) -> int:
        """How many there are besides."""
        return len(self._known.entries) - len(self.entries)
