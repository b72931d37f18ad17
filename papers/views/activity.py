"""Activity: what the team did, newest first; and what of it is new, told on the front page."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..forms import ActivityForm
from ..models import ReadingList, User
from ..models.activity import Activity, count_since
from ..models.deed import Deed, told
from .page import page
from .sign_in import reader_view

_SIZE = 50


@require_safe
@reader_view
def activity(request: HttpRequest) -> HttpResponse:
    """Of all lists or of one; all that was done, or only what mentions the reader."""
    assert isinstance(request.user, User)
    lists = ReadingList.objects.of_member(request.user)
    asked = ActivityForm(request.GET).asked
    only = get_object_or_404(lists, key=asked["list"]) if asked["list"] else None
    deeds, after = Activity(request.user, only, mentions=bool(asked["mentions"])).page(_SIZE, asked["before"])
    kept = {name: value for name, value in asked.items() if value and name != "before"}
    context = {
        "lists": lists.by_name(),
        "only": only,
        "mentions": asked["mentions"],
        "is_first": not asked["before"],
        "parts": _parts(deeds, request.user),
        "since": request.user.visited_before,
        "after": after and f"?{urlencode({**kept, 'before': after})}",
        "newest": f"?{urlencode(kept)}" if kept else "?",
    }
    return page(request, "activity/index.html", context)


def news(request: HttpRequest, *_: Any, **__: Any) -> int:
    """How much others have done since the reader's last visit; looked up once a request."""
    if "lectern.news" not in request.META:
        reader, since = request.user, getattr(request.user, "visited_before", None)
        request.META["lectern.news"] = count_since(reader, since) if isinstance(reader, User) and since else 0
    number: int = request.META["lectern.news"]
    return number


def _parts(deeds: list[Deed], reader: User) -> list[tuple[bool, list[Deed]]]:
    """What is new to the reader, then what is not."""
    since = reader.visited_before
    parts = groupby(deeds, lambda deed: since is not None and deed.at > since)
    return [(is_new, told(part)) for is_new, part in parts]
