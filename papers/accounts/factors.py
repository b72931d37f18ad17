"""Second factors: allauth's, with our words, and with names that people know their devices by."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError

from ..models import User
from .devices import device

#: How long a code of an authenticator app is good for (seconds): for its own half minute, the one before and the next.
_CODE_LIVES = 90


class FactorsAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. A code of an app is good for about a minute, and any only once.",
        "incorrect_passkey": "That passkey did not fit: it was removed here, or the page stood open for too long. "
        "Try it again, or take another way.",
        "cannot_generate_recovery_codes": "Add a passkey or an authenticator app first; recovery codes come with it.",
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """allauth has one word for a wrong code and for a wrong passkey."""
        passkey = code == "incorrect_code" and "credential" in context.request.POST
        error: ValidationError = super().validation_error("incorrect_passkey" if passkey else code, *args)
        return error

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return device(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Lectern"}


class _OnceMixin:
    """A code of the app counts once. allauth forgets after 30 seconds which were used, and they live longer."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        used = f"factors.used:{self.user.pk}:{''.join(filter(str.isalnum, code))}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(used, True, timeout=_CODE_LIVES):
            raise FactorsAdapter().validation_error("incorrect_code")
        return code


def _code_field(label: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attributes))


class CodeForm(_OnceMixin, AuthenticateForm):
    code = _code_field("Code from your app, or a recovery code")


class ConfirmCodeForm(_OnceMixin, ReauthenticateForm):
    code = _code_field("Code from your app, or a recovery code")


class AppForm(ActivateTOTPForm):
    code = _code_field("Code that the app shows")


#: What comes of a passkey that somebody wrote by hand; allauth expects some of it.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)


class _ShownMixin:
    """A passkey that cannot be read is as wrong as any other."""

    def clean_credential(self) -> Authenticator:
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        except _UNREADABLE:
            raise FactorsAdapter().validation_error("incorrect_code") from None
        return authenticator


class PasskeyForm(_ShownMixin, LoginWebAuthnForm):
    pass


class SecondPasskeyForm(_ShownMixin, AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(_ShownMixin, ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label="Name", required=False, max_length=100, help_text="To tell it from others, when you have several."
    )
    passwordless = forms.BooleanField(
        label="It signs me in by itself, without a password",
        required=False,
        initial=True,
        help_text="Untick this for a security key without a PIN: it is then asked for after the password.",
    )

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except _UNREADABLE:
            raise FactorsAdapter().validation_error("incorrect_code") from None
        return cleaned
