"""What the owner of a reading list writes of who is to read it: people, teams, and whoever has a link."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils import timezone

from .access import Role
from .models import ReadingList, User
from .models.colleagues import Colleague, called, suggested
from .text import storable

_ROLES = [
    (Role.VIEWER.value, "read it, and join the discussion"),
    (Role.CONTRIBUTOR.value, "add papers, too, and claim those"),
    (Role.EDITOR.value, "edit: order, dates, and what others claim or added"),
]


class RoleForm(forms.Form):
    """What somebody may do on a list."""

    role = forms.TypedChoiceField(
        choices=_ROLES,
        coerce=lambda value: Role(int(value)),
        initial=Role.CONTRIBUTOR.value,
        label="What they may do",
    )


class OfferForm(RoleForm):
    """With whom a list is shared, by their name; where it is the name of several, or the beginning of some, who was
    chosen from them."""

    who = forms.CharField(
        max_length=150,
        label="With whom",
        help_text="The name or user name of somebody who has an account here, or the name of a team.",
        error_messages={"required": "Write somebody’s name, or a team’s."},
    )
    choice = forms.CharField(required=False)
    field_order = ("who", "role")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reader = reader
        #: Whom the name may mean, where that is to be chosen.
        self.namesakes: list[tuple[str, Colleague]] = []

    def clean_who(self) -> str:
        who = " ".join(storable(self.cleaned_data["who"]).split())
        if "@" in who:
            raise forms.ValidationError("People are found by their names here, and not by their addresses.")
        return who

    def clean(self) -> None:
        who = self.cleaned_data.get("who")
        found = called(who, self._reader) if who else []
        meant = {_mark(each): each for each in found or suggested(who or "", self._reader)}
        if chosen := meant.get(self.cleaned_data.get("choice", "")):
            self.whom = chosen
        elif len(found) == 1:
            self.whom = found[0]
        elif who:
            self.namesakes = list(meant.items())
            self.add_error("who", _unclear(who, is_name=bool(found), is_beginning=bool(meant)))


class InviteForm(RoleForm):
    """Whom a link lets in, who may have no account yet."""

    email = forms.EmailField(
        required=False,
        label="E-mail address",
        help_text="If you like: the link is sent there, and you see it, too.",
    )
    field_order = ("email", "role")

    def __init__(self, *args: Any, by_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_mail:
            del self.fields["email"]


class LinkForm(forms.Form):
    """Until when a link leads to a list."""

    expires_on = forms.DateField(
        required=False,
        label="Last day",
        help_text="If you like. Until then, or until you revoke it, whoever has the link can read the list.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_expires_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day is over. Choose today or a later one.")
        return day


class HeirForm(forms.Form):
    """The member who is to be the owner."""

    heir = forms.ModelChoiceField(User.objects.none(), label="To whom", empty_label="Choose a member")

    def __init__(self, *args: Any, reading_list: ReadingList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = reading_list.members().exclude(pk=reading_list.owner_id).order_by("name", "username")
        self.fields["heir"].queryset = others  # type: ignore[attr-defined]


def _unclear(who: str, *, is_name: bool, is_beginning: bool) -> str:
    if is_name:
        return "Several are called so. Choose one of them below."
    hint = "Choose below whom you mean." if is_beginning else "Write the name in full, or the user name."
    return f"Nobody here is called “{who}”, and no team. {hint}"


def _mark(colleague: Colleague) -> str:
    return f"{'team' if isinstance(colleague, Group) else 'person'}-{colleague.pk}"
