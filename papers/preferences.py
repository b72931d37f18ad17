"""What somebody says of themselves and of how they read, as they set it on their own page."""

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db import transaction

from .dates import PartialDate
from .models import Digest, TextSize, User
from .models.digest import site_day
from .models.user import PAGE_SIZES
from .text import storable

_OTHER = "Other names"
_REGIONS = "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()

type Choices = list[tuple[str, str]]


@cache
def _zones() -> list[tuple[str, str | Choices]]:
    """The site's, and then all there are, by region, each under its city, which is what one types to find it."""
    by_region: dict[str, Choices] = defaultdict(list)
    for name in available_timezones():
        region = name.partition("/")[0]
        if region in _REGIONS:
            by_region[region].append((name, _city(name)))
        else:
            by_region[_OTHER].append((name, name))
    regions = ((region, sorted(by_region[region], key=lambda zone: zone[1])) for region in (*_REGIONS, _OTHER))
    return [("", f"As the site: {_city(settings.TIME_ZONE)}"), *regions]


def _city(zone: str) -> str:
    """Buenos Aires, Argentina of America/Argentina/Buenos_Aires."""
    _, *places = zone.replace("_", " ").split("/")
    return ", ".join(reversed(places)) or zone


class _OwnForm(forms.ModelForm):  # type: ignore[type-arg]
    """Some of the columns of a person, which alone it saves."""

    instance: User
    saved: str
    """What is said when that is done."""

    def save(self, commit: bool = True) -> User:
        with transaction.atomic():
            self.instance.save(update_fields=self._meta.fields)
            self.instance.next_edition()
        return self.instance


class ProfileForm(_OwnForm):
    """Who somebody is."""

    saved = "Saved who you are."

    class Meta:
        model = User
        fields = ("name", "username")
        labels = {"name": "Name"}
        help_texts = {
            "name": "As your colleagues see it, in any order and script. Empty, they see your user name.",
            "username": "With it, or an address of yours, you sign in: letters, figures and @ . + - _",
        }

    def clean_name(self) -> str:
        return " ".join(storable(self.cleaned_data["name"]).split())


class ReadingForm(_OwnForm):
    """How somebody reads, on whatever screen."""

    saved = "Saved how you read."

    time_zone = forms.ChoiceField(
        choices=_zones,
        required=False,
        help_text="Hours are told in it. A digest keeps its day wherever you are.",
    )
    page_size = forms.TypedChoiceField(
        choices=[(size, f"{size} papers") for size in PAGE_SIZES], coerce=int, label="A page shows"
    )
    text_size = forms.ChoiceField(choices=[(size.value, size.label.capitalize()) for size in TextSize], required=False)

    class Meta:
        model = User
        fields = ("time_zone", "page_size", "text_size", "opening_reads", "keys", "offers_by_mail")
        labels = {
            "opening_reads": "Opening a paper marks it as read",
            "keys": "Single letters are commands",
            "offers_by_mail": "Lists that are offered to me come by mail, too",
        }
        help_texts = dict.fromkeys(labels, "")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SENDS_MAIL:
            del self.fields["offers_by_mail"]


class CaughtUpForm(_OwnForm):
    """The day up to which papers count as read."""

    caught_up_to = forms.DateField(
        required=False,
        label="Caught up to",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day as 2026-03-11, or leave it empty."},
    )

    class Meta:
        model = User
        fields = ("caught_up_to",)

    @property
    def saved(self) -> str:  # type: ignore[override]
        day = self.instance.caught_up_to
        return f"You are caught up to {PartialDate.of(day).said}." if day else "Nothing counts as read by its day now."

    def clean_caught_up_to(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["caught_up_to"]
        if day and day > max(filter(None, (site_day(), Digest.objects.newest_day()))):
            raise forms.ValidationError("That day has yet to come. Choose one up to today.")
        return day
