"""What a curator says about files that they upload: as the `ingest` command's options."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from ..exchange.load import Options
from ..exchange.uploads import Upload
from ..formats import readers
from ..formats.record import LONGEST_TAG
from ..models import Ingest, User
from .following import tag_name

#: So many are sent at once without a script, which sends them one after another.
MOST_FILES = 20


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, one or more, each under the name that it bears."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = [file for file in data or () if isinstance(file, UploadedFile)]
        if not files:
            raise ValidationError("Choose a file, or several.")
        if len(files) > MOST_FILES:
            raise ValidationError(f"These are {len(files)} files; send up to {MOST_FILES} at once.")
        return files


class NameField(forms.CharField):
    """The name of a source or tag, which has a letter or figure in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_TAG, "widget": AdminTextInputWidget, **kwargs})

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        return tag_name(name) if name else ""


class UploadForm(forms.Form):
    file = FilesField(label="Files")
    format = forms.ChoiceField(required=False, label="Format")
    date = forms.DateField(
        required=False,
        label="Date",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The digests’ date, where the file has no full one.",
    )
    source = NameField(label="Source", help_text="Who sends the digest, whatever the file says.")
    tags = forms.CharField(
        required=False,
        max_length=1_000,
        label="Tags",
        widget=AdminTextInputWidget,
        help_text="For all its papers, with commas between.",
    )
    dry_run = forms.BooleanField(required=False, label="Only say what would be done")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        formats = sorted((reader.title, name) for name, reader in readers().items())
        self.fields["format"].choices = [  # type: ignore[attr-defined]
            ("", "Recognise it by what is in the file"),
            *((name, title) for title, name in formats),
        ]

    def clean_tags(self) -> tuple[str, ...]:
        names = tuple(tag_name(name) for name in self.cleaned_data["tags"].split(",") if name.strip())
        if any(len(name) > LONGEST_TAG for name in names):
            raise ValidationError(f"A tag has up to {LONGEST_TAG} characters.")
        return tuple(dict.fromkeys(names))

    def options(self, by: User) -> Options:
        said = {name: self.cleaned_data[name] for name in ("format", "date", "tags", "dry_run")}
        return Options(**said, source=self.cleaned_data["source"] or None, by=by, way=Ingest.Way.UPLOAD)
