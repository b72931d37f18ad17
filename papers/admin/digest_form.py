"""What a curator writes about a digest."""

from typing import Any

from django import forms

from ..dates import PartialDate
from ..models import DateBasis, Digest
from .wording import DATE, GivenBack, Line, Why, date_as_kept


class DigestForm(forms.ModelForm):  # type: ignore[type-arg]
    date = Line(required=True, help_text=f"{DATE} What you set here no file changes.")
    title = Line(max_length=500)
    why = Why()

    #: The digest that has the date already.
    other: Digest | None = None

    class Meta:
        model = Digest
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(date=str(self.instance.written_date), title=self.instance.title)
        if self.instance.date_basis != DateBasis.CURATOR:
            self.fields["is_right"] = forms.BooleanField(required=False, label="The date is right as it stands")
        if self.instance.found_title is not None:
            self.fields["title"].label = "Title, set by a curator"
            self.fields["title_back"] = GivenBack("Give back: show what files call it")

    def clean_date(self) -> str:
        return date_as_kept(self.cleaned_data["date"])

    def clean(self) -> None:
        date = PartialDate.parse(self.cleaned_data.get("date", ""))
        if date and date != self.instance.written_date:
            self.other = Digest.objects.of_date(self.instance.source, date).exclude(pk=self.instance.pk).first()
        if self.other:
            self.add_error("date", f"There is a digest of that date already: {self.other}.")

    @property
    def dated(self) -> PartialDate | None:
        """The date that was set, or said to be right."""
        date = PartialDate.parse(self.cleaned_data["date"])
        return date if self.cleaned_data.get("is_right") or date != self.instance.written_date else None
