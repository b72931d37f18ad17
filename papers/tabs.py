"""Tabs: whose page it was that a form was sent from, as its token tells, however old that is."""

from collections.abc import Iterator
from copy import copy

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.crypto import salted_hmac

from .access import Reader

_COOKIE = "tabs"
_SALT = "papers.tabs"
#: So many sign-ins on one browser are remembered.
_MOST = 8


def mark(reader: Reader) -> str:
    """Stands for a reader where others may see it."""
    return salted_hmac(_SALT, str(reader.pk), algorithm="sha256").hexdigest()[:32]


def remember(request: HttpRequest, response: HttpResponse, reader: AbstractBaseUser) -> None:
    """Notes down in the browser, at sign-in, whose pages bear tokens of the secret that was made with it."""
    known = [f"{secret}-{whose}" for secret, whose in _known(request)]
    value = ".".join([*known, f"{request.META['CSRF_COOKIE']}-{mark(reader)}"][-_MOST:])
    response.set_signed_cookie(
        _COOKIE,
        value,
        salt=_SALT,
        max_age=settings.CSRF_COOKIE_AGE,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def whose(request: HttpRequest) -> str:
    """The mark of the reader whose page sent this; nothing where that is not certain.

    It is certain where all of Django's check would have let it pass while the secret of one of their sign-ins was the
    browser's: nobody else's page, and no other site's, has a token of it.
    """
    return next((whose for secret, whose in _known(request) if _would_have_passed(request, secret)), "")


def _known(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for each in filter(None, (request.get_signed_cookie(_COOKIE, default="", salt=_SALT) or "").split(".")):
        secret, whose = each.split("-")
        yield secret, whose


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _Check(CsrfViewMiddleware):
    """Django's check, which says no instead of showing a page that says so."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


def _would_have_passed(request: HttpRequest, secret: str) -> bool:
    assert request.POST is not None  # read before it is copied, as a copy cannot
    then = copy(request)
    then.COOKIES = {settings.CSRF_COOKIE_NAME: secret}
    then.csrf_processing_done = False  # type: ignore[attr-defined]
    return _Check(_nothing).process_view(then, _nothing, (), {}) is None
