"""What curators write in forms: texts as files have them, dates of any precision, and why."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError

from ..dates import PartialDate
from ..text import storable

DATE = "2025-03-11, 2025-03 or 2025."


class Text(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": AdminTextareaWidget, **kwargs})

    def to_python(self, value: Any) -> str:
        return storable(super().to_python(value) or "")


class Line(Text):
    """A text of one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": AdminTextInputWidget, **kwargs})


class Why(Line):
    def __init__(self) -> None:
        super().__init__(label="Why", max_length=1_000, help_text="For the history, if you like.")


class GivenBack(forms.BooleanField):
    """A box that gives back what a curator set."""

    def __init__(self, label: str) -> None:
        super().__init__(required=False, label=label)


def date_as_kept(given: str) -> str:
    date = PartialDate.parse(given)
    if given and not date:
        raise ValidationError(f"There is no such date. It is written as {DATE}")
    return str(date or "")


def authors_as_kept(given: str) -> str:
    names = (" ".join(line.split()) for line in given.splitlines())
    return "\n".join(filter(None, names))
