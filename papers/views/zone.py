"""The time zone in which each reader is told when something happened."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import User


class ReadersZone:
    """Theirs, while their request is answered; the site's for whoever has chosen none, or has not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request)):
            return self._get_response(request)


def _zone(request: HttpRequest) -> ZoneInfo | None:
    try:
        return request.user.zone if isinstance(request.user, User) else None
    except OperationalError:  # which the view comes upon, too, and from there it is said
        return None
