"""Whom a name and a password mean, found at the same cost whether there is such an account or not; and who it was that
signed in, at each request after that."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from ..models import User
from ..models.membership import with_offers


class OneTry(AuthenticationBackend):
    """Tries a password on one account, and so once: allauth's own tries it on each that a name might mean, which takes
    twice as long for an address that somebody has here."""

    def get_user(self, user_id: Any) -> User | None:
        """By the one query that there is anyhow it is known, too, what every page tells them."""
        found = with_offers(User.objects.filter(pk=user_id)).first()
        return found if self.user_can_authenticate(found) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        name = credentials.get("username") or credentials.get("email") or ""
        found: AbstractBaseUser | None = self._check_password(_meant_by(name), credentials["password"])
        return found


def _meant_by(name: str) -> AbstractBaseUser | None:
    """Whose address it is, if they have verified it, else whose user name, else whose address, the oldest account
    first: nobody can stand before another by calling themselves what the other is called."""
    users = sorted(filter_users_by_email(name, prefer_verified=True, for_login=True), key=lambda user: user.pk)
    named = get_user_by_username(name)
    verified = users and users[0].emailaddress_set.filter(email=name.lower(), verified=True).exists()
    in_order = [*users, named] if verified else [named, *users]
    return next((user for user in in_order if user), None)
