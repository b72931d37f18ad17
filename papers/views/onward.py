"""Onward: from anywhere to the next paper that is left, in the digest where it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Digest, User
from ..models.onward import Place, next_left
from .page import page
from .sign_in import reader_view

#: So many figures are more than any id has, and than a database takes.
_TOO_LONG = 19


@require_safe
@never_cache
@reader_view
def next_unread(request: HttpRequest) -> HttpResponse:
    """Behind the paper `from` in a digest, or from its `first` on; else at the newest digest with something left."""
    assert isinstance(request.user, User)
    digests = Digest.objects.visible_to(request.user).newest_first()
    number, past, first = (request.GET.get(name, "") for name in ("digest", "from", "first"))
    digest = digests.numbered([int(number)]).first() if number.isdecimal() and len(number) < _TOO_LONG else None
    if entry := next_left(request.user, Place.of(digest, past=past, first=first)):
        return redirect(entry.address)
    return page(request, "digests/nothing_left.html", {"newest": digests.sent().first() or digests.first()})
