"""What is said where a request fails. Django's own views say the rest, with our templates."""

import logging
from collections.abc import Callable

from allauth.socialaccount.helpers import render_authentication_error
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

_log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own knows no request, and so would greet everybody as a stranger."""
    return render(request, "400.html", status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Of tries, from one address or for one account."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


class Unavailable:
    """Where the database is busy or away, the page says so, and that nothing was lost by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        _log.error("%s %s: %s", request.method, request.path, exception)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "20"
        return response


class SignInElsewhere:
    """Whatever comes back from the OpenID provider, or does not, there is a page in words. allauth has one, but knows
    no provider that is away when it is first asked, and none that answers with nonsense."""

    _OWN_PAGE = (Http404, PermissionDenied, SuspiciousOperation)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        here = request.resolver_match
        if not here or not here.view_name.startswith("openid_connect_") or isinstance(exception, self._OWN_PAGE):
            return None
        _log.error("%s: %.500r", request.path, exception, exc_info=exception)
        response: HttpResponse = render_authentication_error(request, None, exception=exception)
        return response
