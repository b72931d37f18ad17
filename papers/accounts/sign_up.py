"""Signing up: by an invitation, or by oneself where the site is open to everybody."""

from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Invitation, User
from ..text import storable


class SignUpForm(SignupForm):
    """Who somebody is, and how they sign in."""

    field_order = ("name", "username", "email", "password1", "password2")

    name = forms.CharField(
        max_length=150,
        required=False,
        label="Your name (if you like)",
        help_text="As colleagues see it, in any order and script. Without one, they see your user name.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"
        self.fields["username"].help_text = "For signing in: letters, figures and @ . + - _, and no spaces."
        email = self.fields["email"]
        email.label = "E-mail address" if email.required else "E-mail address (if you like)"
        email.help_text = "For when you forget your password. Only who runs the site sees it."
        email.initial = self.invitation.told_address if self.invitation else ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @cached_property
    def invitation(self) -> Invitation | None:
        """That by whose link they came."""
        return Invitation.objects.held_in(context.request.session)

    def clean_name(self) -> str:
        return " ".join(storable(self.cleaned_data["name"]).split())

    def validate_unique_email(self, value: str) -> str:
        """Where anybody may try, nobody is told whether an address has an account, and whoever owns a list may invite
        themselves. It is theirs who shows that they read its mail: of several accounts with it, signing in and new
        passwords know the one that did."""
        if self.invitation and (self._reads_mail_of(value) or not self.invitation.reading_list):
            return str(super().validate_unique_email(value))
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Makes the account, all of it or none: where somebody else was faster, they are told."""
        if not self.invitation and settings.SIGN_UP != "open":
            return None, no_way_in(request)
        try:
            with transaction.atomic():
                if self.invitation and not self.invitation.accept():
                    return None, no_way_in(request)
                self._vouch(request)
                person, response = super().try_save(request)
                if person and self.invitation:
                    self.invitation.admit(person, request.session)
                # The password was typed this moment: it is not asked for again where a passkey is added next.
                record_authentication(request, person, "password", reauthenticated=True)
                transaction.set_rollback(person is None)
        except IntegrityError:
            self.add_error("username", "Somebody has just taken this user name.")
            return None, render(request, "account/signup.html", {"form": self})
        return person, response

    def _vouch(self, request: HttpRequest) -> None:
        """An address is theirs without a doubt where they came by the link that was sent there."""
        if (email := self.cleaned_data.get("email")) and self._reads_mail_of(email):
            get_adapter().stash_verified_email(request, email)

    def _reads_mail_of(self, email: str) -> bool:
        invitation = self.invitation
        return bool(invitation and invitation.came_by_mail and email.lower() == invitation.email.lower())


def no_way_in(request: HttpRequest) -> HttpResponse:
    """What is said of a link that lets nobody in, whatever the reason."""
    return render(request, "account/signup_closed.html", {"is_by_link": True}, status=404)
