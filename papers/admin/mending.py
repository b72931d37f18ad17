"""The page of a piece in quarantine: mended in a box, previewed, taken in, dismissed, brought back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest

from ..exchange.mend import MOST_PAPERS, Unmended, mend
from ..exchange.quarantine import bring_back, dismiss
from ..exchange.refusal import Refused
from ..exchange.rehearse import Becoming, rehearse
from ..exchange.surroundings import Surroundings, surroundings
from ..formats.record import LONGEST_PIECE
from ..models import Change, Entry, Quarantined
from ..text import storable


class MendingForm(forms.Form):
    text = forms.CharField(
        strip=False,
        label="Text",
        widget=AdminTextareaWidget(attrs={"rows": 14, "spellcheck": "false", "dir": "auto"}),
        help_text="Mend it here: it is read again in the format of its file. The file stays as it is.",
    )

    def clean_text(self) -> str:
        return storable(self.cleaned_data["text"])


class DismissalForm(forms.Form):
    why = forms.CharField(
        max_length=500,
        label="Why there is nothing to mend",
        error_messages={"required": "Say why, in a word or two."},
        widget=AdminTextInputWidget(),
        help_text="It leaves the list, and does not come back when its file is ingested again.",
    )


class PiecePage:
    """What stands on the page of a piece, and what is done there."""

    preview: Sequence[Becoming] = ()

    def __init__(self, piece: Quarantined, request: HttpRequest) -> None:
        self.piece = piece
        self._by: Any = request.user
        self._sent = request.POST if request.method == "POST" else None
        mending = self._sent if self._has("_preview", "_take_in") else None
        self.mending = MendingForm(mending, initial={"text": piece.mended_text or piece.text})
        self.dismissal = DismissalForm(self._sent if self._has("_dismiss") else None)

    def act(self) -> Change | None:
        """Does what was asked for; none was done where the page is to be shown again."""
        if self._has("_bring_back"):
            return bring_back(self._rows, by=self._by)
        if self._has("_dismiss") and self.dismissal.is_valid():
            return dismiss(self._rows, self.dismissal.cleaned_data["why"], by=self._by)
        if self.mending.is_bound and self.mending.is_valid():
            return self._mended(self.mending.cleaned_data["text"])
        return None

    def _mended(self, text: str) -> Change | None:
        try:
            if not self._has("_preview"):
                return mend(self.piece, text, by=self._by)
            self.preview = rehearse(self.piece, text)
        except Unmended as error:
            self.mending.add_error("text", f"It still cannot be read: {error}.")
        except Refused as error:
            self.mending.add_error("text", str(error))
        return None

    def said(self, change: Change) -> str:
        """What was done, in words."""
        if change.kind != Change.Kind.MENDED:
            return f"{change.said}."
        return f"Taken in: {', '.join(f'“{entry.paper}”' for entry in self.entries) or 'its digest said so already'}."

    def _has(self, *names: str) -> bool:
        return any(name in (self._sent or ()) for name in names)

    @property
    def _rows(self) -> Any:
        return Quarantined.objects.filter(pk=self.piece.pk)

    @property
    def is_too_long(self) -> bool:
        return len(self.piece.text) > LONGEST_PIECE

    @property
    def beginning(self) -> str:
        return self.piece.text[:LONGEST_PIECE]

    @property
    def around(self) -> Surroundings:
        return surroundings(self.piece)

    @property
    def entries(self) -> list[Entry]:
        """What was made of it."""
        made = self.piece.entries.select_related("paper", "digest__source").defer("record").order_by("pk")
        return list(made[:MOST_PAPERS])
