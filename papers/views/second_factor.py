"""Second factors where the site requires one: until somebody has set one up, all pages lead to that."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ..access import needs_second_factor
from .page import away

#: What it takes to set one up, or to leave.
_OPEN = {"account_reauthenticate", "account_logout", "theme"}

_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Required:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *of_view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _OPEN or name.startswith("mfa_"):
            return None
        reader = request.user
        if not reader.is_authenticated or not needs_second_factor(reader) or is_mfa_enabled(reader, _FACTORS):
            return None
        messages.warning(request, "This site asks you for a second factor. Set one up here, and then go on.")
        return away(request, reverse("mfa_index"))
