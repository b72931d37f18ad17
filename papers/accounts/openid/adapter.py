"""How django-allauth signs people in at the team's own OpenID provider."""

import logging
from hashlib import sha256
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from ...models import User
from .claim import names_in
from .teams import follow

_log = logging.getLogger(__name__)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Whom the provider vouches for comes in, with the teams that it claims."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": "Somebody has an account with this address. If it is yours, sign in to it, and link %s there.",
        "no_password": "This is your only way in. Set a password for your account here first.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """By its own setting: who may make an account with a password, another says."""
        return bool(settings.OIDC_SIGN_UP)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Who this is, as far as the provider says it. Of what it says, what is used here is kept."""
        person: User = super().populate_user(request, sociallogin, data)
        person.name = _printable(data.get("name"))[: User._meta.get_field("name").max_length]
        account, claim = sociallogin.account, settings.OIDC_GROUPS_CLAIM
        teams = names_in(account.extra_data, claim) if claim else set()
        called = {"username": _printable(data.get("username")), "email": person.email, "name": person.name}
        account.extra_data = {"userinfo": called, "teams": sorted(teams)}
        account.uid = _known_as(account.uid)
        for address in sociallogin.email_addresses:  # some send a text, and any text would count as yes
            address.verified = str(address.verified).lower() == "true"
        return person

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account of an address that the provider has verified, and that was verified here as well: else somebody
        could enter another's address here, wait for them to come in, and share their account."""
        found = cast("tuple[User, str] | None", super().authenticate_by_email(sociallogin))
        if found and EmailAddress.objects.filter(user=found[0], email=found[1].lower(), verified=True).exists():
            return found
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """At every sign-in of somebody known."""
        signs_in = sociallogin.state.get("process") not in (AuthProcess.CONNECT, AuthProcess.REDIRECT)
        if sociallogin.is_existing and signs_in:
            _follow_claim(cast("User", sociallogin.user), sociallogin)

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """At the first sign-in."""
        person: User = super().save_user(request, sociallogin, form)
        _follow_claim(person, sociallogin)
        return person

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        _log.warning("Sign-in by OpenID: %s %.500r", error, exception)


def _printable(text: object) -> str:
    return "".join(filter(str.isprintable, text)) if isinstance(text, str) else ""


def _known_as(subject: str) -> str:
    """What an account is found by. A subject is one provider's: another may call somebody else by the same."""
    return sha256(f"{settings.OIDC_ISSUER}\n{subject}".encode()).hexdigest()


def _follow_claim(person: User, sociallogin: SocialLogin) -> None:
    follow(person, sociallogin.account.extra_data["teams"], settings.OIDC_CURATORS)
