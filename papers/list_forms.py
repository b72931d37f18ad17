"""What may be done with the entries of a reading list, as it is sent."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core import signing
from django.http import Http404, QueryDict

from .models import ListEntry, Paper, User
from .models.by_hand import ByHand
from .models.care import Turn
from .models.papers import PaperQuerySet
from .query import PaperQuery
from .text import storable

#: More characters than a reason has that anybody reads.
LONGEST_REASON = 1_000
#: So many papers are put on a list at once.
MOST_AT_ONCE = 500
#: How long an act can be taken back.
_KEPT_FOR = dt.timedelta(days=30)
_UNDO = "papers.list_entry"


class WordsField(forms.CharField):
    """A few words in one line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_REASON, **given)

    def clean(self, value: Any) -> str:
        return " ".join(storable(super().clean(value)).split())


class ReasonForm(forms.Form):
    """Why a paper is on a list."""

    reason = WordsField(
        label="Why",
        help_text="If you like: it stands beside the paper.",
        error_messages={"max_length": f"Say it in {LONGEST_REASON:,} characters."},
    )


class SavingForm(ReasonForm):
    """On which list to put something, or off which to take it: by its key, or a new one by its name."""

    on = forms.CharField(required=False, max_length=12)
    off = forms.CharField(required=False, max_length=12)
    first = forms.CharField(required=False, max_length=12)
    """The list that is offered first: on that Enter puts it, unless a new one was named."""
    name = forms.CharField(required=False)

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("on") and not given.get("name"):
            given["on"] = given.get("first", "")

    @property
    def asks_for_a_new_one(self) -> bool:
        return self.is_valid() and not (self.cleaned_data["on"] or self.cleaned_data["off"])


class ChosenForm(forms.Form):
    """Some papers: those of a page, by their keys; or all that a question finds, which is sent along as an address has
    it."""

    def clean(self) -> None:
        params = dict(cast(QueryDict, self.data).lists())
        self.keys = list(dict.fromkeys(params.get("paper", [])))
        self.query = PaperQuery.from_params(params)
        if len(self.keys) > MOST_AT_ONCE:
            raise forms.ValidationError(f"No page has more than {MOST_AT_ONCE} papers.")
        if self.query.ignored:
            raise forms.ValidationError("Only what was wholly understood can be saved.")

    @property
    def fields_sent(self) -> list[tuple[str, str]]:
        """What says again which they are."""
        return [("paper", key) for key in self.keys] or self.query.params

    def papers(self, reader: User) -> list[Paper]:
        """In their order, up to one more than can be saved at once; none where one is none that the reader may see."""
        visible: PaperQuerySet = Paper.objects.visible_to(reader)
        if not self.keys:
            return list(self.query.ask(visible, reader)[: MOST_AT_ONCE + 1])
        known = visible.in_bulk(list(filter(str.isalnum, self.keys)), field_name="key")
        if len(known) < len(self.keys):
            raise Http404("One of these papers is not there.")
        return [known[key] for key in self.keys]


class ClaimForm(forms.Form):
    """Somebody takes a paper on, or gives it up."""

    claim = forms.ChoiceField(choices=[("yes", "Claim"), ("no", "Release")])


class AssignmentForm(forms.Form):
    """Who reads a paper, and until when."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who reads it",
        empty_label="Nobody in particular",
        error_messages={"invalid_choice": "They are not on the list any more. Choose somebody else."},
    )
    due_on = forms.DateField(
        required=False,
        label="Until",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2026-03-11, or leave it empty."},
    )

    def __init__(self, data: Any = None, *, entry: ListEntry) -> None:
        super().__init__(data, initial={"person": entry.claimed_by_id, "due_on": entry.due_on})
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = entry.reading_list.assignable(entry)


class AsideForm(forms.Form):
    """Why a paper is set aside for the team; or that it is brought back."""

    why = WordsField(
        label="Why it is not for us", error_messages={"max_length": f"Say it in {LONGEST_REASON:,} characters."}
    )
    back = forms.BooleanField(required=False)


class MoveForm(forms.Form):
    """Where to put an entry by hand: beside another, by its paper's key, which stays so whoever else moves something; a
    step up or down; to the top or the end."""

    STEPS = ("up", "down", "top", "end")

    to = forms.ChoiceField(choices=[(step, step) for step in STEPS], required=False)
    before = forms.CharField(required=False, max_length=12)
    after = forms.CharField(required=False, max_length=12)

    def __init__(self, data: Any = None, *, entry: ListEntry) -> None:
        super().__init__(data)
        self._entry = entry

    def clean(self) -> None:
        to, before, after = map(self.cleaned_data.get, self.fields)
        if not (to or before or after):
            raise forms.ValidationError("It was not said where to put it.")
        self._other = self._entry.reading_list.entries.filter(paper__key=before or after).first()
        if not (to or self._other):
            raise forms.ValidationError("The paper beside it is on this list no more. Here is the list as it is now.")

    def save(self) -> Turn:
        entry, by_hand, to = self._entry, ByHand(self._entry.reading_list), self.cleaned_data["to"]
        if self._other:
            put = by_hand.put_before if self.cleaned_data["before"] else by_hand.put_after
            return put(entry, self._other)
        moves = {"up": by_hand.up, "down": by_hand.down, "top": by_hand.to_top, "end": by_hand.to_end}
        return moves[str(to)](entry)


class UndoForm(forms.Form):
    """What an act changed of an entry, as the server said it, signed."""

    undo = forms.CharField()

    @staticmethod
    def seal(entry: ListEntry, by: User, needed: int, turn: Turn) -> str:
        """What takes an act back, for who did it, as long as they are what they had to be for that."""
        return signing.dumps([entry.pk, by.pk, needed, *turn], salt=_UNDO, compress=True)

    def clean_undo(self) -> tuple[int, int, int, Turn]:
        try:
            entry, by, needed, was, now = signing.loads(self.cleaned_data["undo"], salt=_UNDO, max_age=_KEPT_FOR)
        except signing.BadSignature as bad:
            raise forms.ValidationError("That was too long ago to be taken back.") from bad
        return entry, by, needed, Turn(was, now)


class PutOnForm(forms.Form):
    """When somebody put papers on a list: by that it is known which they were."""

    undo = forms.DateTimeField()

    def clean_undo(self) -> dt.datetime:
        try:
            moment: dt.datetime = self.cleaned_data["undo"].astimezone(dt.UTC)
        except OverflowError as beyond:
            raise forms.ValidationError("That was at no time at all.") from beyond
        return moment
