"""A reading list as whoever has a share link sees it: its papers, and nothing of those who read it."""

from contextlib import suppress

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import may_read_library
from ..models import ListEntry, Order, ReadingList, ShareLink
from ..models.keyset import KeysetPage
from ..models.order import InOrder
from ..models.user import page_size
from .errors import too_many
from .page import cursors_of, page

#: So many links that lead nowhere are answered to one address …
_MOST_TRIES = 30
#: … within so many seconds.
_WITHIN = 300


@require_safe
@never_cache
@login_not_required
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """For anybody, also where the library is its members'. A link that was revoked, has ended or never was is told
    alike; whoever tries many waits."""
    tries = f"shared:{get_ip(request)}"
    if cache.get(tries, 0) >= _MOST_TRIES:  # only read, as to look at a list is not to wait for who writes
        return _told_to_nobody_else(too_many(request))
    link = ShareLink.objects.of_token(token)
    if not link:
        if not cache.add(tries, 1, _WITHIN):
            with suppress(ValueError):  # it has run out since
                cache.incr(tries)
        return _told_to_nobody_else(page(request, "lists/no_link.html", {}, status=404))
    link.note_use()
    rows = _entries(request, link.reading_list)
    context = {
        "list": link.reading_list,
        "entries": rows.rows,
        "before": rows.before and f"{request.path}?before={rows.before}",
        "after": rows.after and f"{request.path}?after={rows.after}",
        "may_read": may_read_library(request.user),
    }
    return _told_to_nobody_else(page(request, "lists/shared.html", context))


def _entries(request: HttpRequest, reading_list: ReadingList) -> KeysetPage[ListEntry]:
    """In the list's order, unless that would tell what is due when; without what its members set aside."""
    order = Order.HAND if reading_list.order == Order.DUE else reading_list.order
    entries = reading_list.entries.shown().open().with_identifiers()
    return InOrder(entries, order).page(reading_list, size=page_size(request.user), **cursors_of(request))


def _told_to_nobody_else(response: HttpResponse) -> HttpResponse:
    """Neither to search engines nor, by the address of a page that led there, to other sites."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
