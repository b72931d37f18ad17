"""Credentials: allauth's forms for passwords and addresses, with our words."""

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import AddEmailForm, ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.socialaccount.forms import SignupForm
from django import forms


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(
            self,
            {
                "login": "User name or e-mail address",
                "password": "Password",
                "remember": "Keep me signed in on this computer",
            },
        )
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["remember"].initial = True


class ConfirmForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, {"password": "Password"})
        self.fields["password"].widget.attrs["autofocus"] = True


class NextPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = {"password1": "New password", "password2": "New password, once more"}
        _call(self, {"oldpassword": "Present password", **new})


class FirstPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, {"password1": "Password", "password2": "Password, once more"})


class AddressForm(AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, {"email": "E-mail address"})


class OneThingMoreForm(SignupForm):
    """What is asked of whom a provider lets in, where somebody here is called the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _call(self, {"username": "User name", "email": "E-mail address (if you like)"})


def _call(form: forms.BaseForm, labels: Mapping[str, str]) -> None:
    """Names fields by their labels alone: what a placeholder says goes away when it is needed."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        if name in ("password", "oldpassword"):
            form.fields[name].help_text = ""  # a link that the page has in a better place
