"""How django-allauth behaves here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse

from .. import tabs
from ..models import Invitation

_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Who is invited signs up; others only where the site is open to everybody."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            ("username_password_mismatch", "email_password_mismatch"),
            "The name and the password do not go together. Check both, and mind capital letters.",
        ),
        "incorrect_password": "That is not your password. Check it, and mind capital letters.",
        "too_many_login_attempts": "Too many wrong tries, by you or by others. Wait five minutes, then try again.",
        "username_taken": "Somebody else has this user name. Choose another.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGN_UP == "open" or Invitation.objects.held_in(request.session) is not None

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> AbstractBaseUser:
        """With the name that colleagues see."""
        user.name = form.cleaned_data.get("name", user.name)
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has tried too often is told what they may do instead: a new password lets them in by their address
        at once."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            by_mail = "Or set a new password by mail, and sign in with your e-mail address."
            by_hand = "If you have forgotten your password, ask a curator for a link to set a new one."
            raise ValidationError(f"{error.message} {by_mail if settings.SENDS_MAIL else by_hand}") from None

    def deliver(self, template: str, address: str, context: dict[str, Any]) -> None:
        """Sends a mail, or raises an OSError."""
        super().send_mail(template, address, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Where it cannot be sent, that is said, and what it was to tell of is done all the same: an account is made
        whose address is to be confirmed."""
        try:
            self.deliver(template_prefix, email, context)
        except OSError as error:
            _log.error("A mail was not sent, %s: %s", template_prefix, error)
            messages.error(self.request, "A mail could not be sent just now. If you wait for one, try again later.")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Whose its pages are from now on, the browser is told; the session lasts, however short it was to wait."""
        response: HttpResponse = super().post_login(request, user, **how)
        tabs.remember(request, response, user)
        if not request.session.get_expire_at_browser_close():
            request.session.set_expiry(None)
        return response

    def is_safe_url(self, url: str) -> bool:
        """Whether an address leads to this site; allauth's own trips over one that is malformed."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which tries are counted. Where there is none nobody may try, and the log says what to set."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            seen, forwarded = request.META.get("REMOTE_ADDR"), request.headers.get("X-Forwarded-For")
            _log.error(
                "No address to count by: connected from %.50r, forwarded for %.200r. Set TRUSTED_PROXIES to the "
                "number of proxies before this server.",
                seen,
                forwarded,
            )
            raise PermissionDenied from None
