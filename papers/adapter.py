"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from .models import Invitation


class AccountAdapter(DefaultAccountAdapter):
    """Who is invited signs up; others only where the site is open to everybody."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGN_UP == "open" or Invitation.objects.held_in(request.session) is not None

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> AbstractBaseUser:
        """With the name that colleagues see."""
        user.name = form.cleaned_data.get("name", user.name)
        return super().save_user(request, user, form, commit)

    def is_safe_url(self, url: str) -> bool:
        """Whether an address leads to this site; allauth's own trips over one that is malformed."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False
