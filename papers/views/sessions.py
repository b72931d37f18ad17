"""Sessions: where somebody is signed in, to look over and to end."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..accounts.devices import device
from .sign_in import reader_view

_AN_HOUR = 60 * 60


class Sessions(ListUserSessionsView):
    """allauth's page, which ends all others; each with its device, this one on top and then what was seen last."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device(session.user_agent)
        context["sessions"].sort(key=lambda each: (each.is_current(), each.last_seen_at), reverse=True)
        return context


sessions = Sessions.as_view()


@require_POST
@reader_view
def session_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Ends one of one's sessions, at once. To end this one is to sign out, which asks first."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    if session.is_current():
        return HttpResponseRedirect(reverse("account_logout"))
    get_adapter().end_sessions([session])
    messages.info(request, f"The session of {device(session.user_agent)} is ended.")
    return HttpResponseRedirect(reverse("usersessions_list"))


class Seen:
    """Notes at most hourly that a session is used, and from where; allauth's own middleware does at each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        since = time.time() - request.session.get("seen", time.time())
        if since > _AN_HOUR and request.user.is_authenticated:
            with suppress(OperationalError):  # the database is busy: the page matters more
                UserSession.objects.create_from_request(request)
                request.session["seen"] = time.time()
        response = self._get_response(request)
        if request.session.modified and request.user.is_authenticated:  # written anyway, at sign-in first
            request.session.setdefault("seen", time.time())
        return response
