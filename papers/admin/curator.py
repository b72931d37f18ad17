"""What comes with whatever a curator does: who they are, and why they do it."""

from django.http import HttpRequest

from ..models import User
from ..text import storable

_LONGEST_REASON = 1_000


def person(request: HttpRequest) -> User:
    """Who signed in: nobody else comes to the desk."""
    assert isinstance(request.user, User)
    return request.user


def reason(request: HttpRequest) -> str:
    """Why, in their words; empty where they gave none."""
    return storable(request.POST.get("why", "")).strip()[:_LONGEST_REASON]
