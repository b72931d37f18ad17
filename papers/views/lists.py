"""Reading lists: those that somebody sees, and one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from ..forms import ListForm
from ..models import Membership, Paper, ReaderState, ReadingList, User
from .of_list import the_list
from .page import page
from .rows import dress
from .sign_in import reader_view


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def index(request: HttpRequest) -> HttpResponse:
    """One's own, those that are shared with one, and those of the site; by POST a new one is made."""
    assert isinstance(request.user, User)
    form = ListForm(request.POST if request.method == "POST" else None, owner=request.user)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(form.save().get_absolute_url())
    return page(request, "lists/index.html", {"form": form, **_lists(request.user)})


@require_safe
@reader_view
def reading_list(request: HttpRequest, key: str) -> HttpResponse:
    """The papers of a list, in its order."""
    shown = the_list(request, key)
    entries = list(shown.entries.shown().in_order(shown.order))
    papers: list[Paper] = [entry.paper for entry in entries]
    ReaderState.objects.attach(request.user, papers)
    dress(request, papers)
    return page(request, "lists/reading_list.html", {"list": shown, "entries": entries})


def _lists(reader: User) -> dict[str, Any]:
    lists = ReadingList.objects.of_member(reader).select_related("owner").in_order()
    others = ReadingList.objects.visible_to(reader).apart_from(reader).standing().select_related("owner").in_order()
    return {
        "own": [each for each in lists.standing() if each.owner_id == reader.pk],
        "shared": [each for each in lists.standing() if each.owner_id != reader.pk],
        "site": list(others),
        "archived": list(lists.archived()),
        "offers": list(Membership.objects.offered_to(reader).select_related("offered_by")),
    }
