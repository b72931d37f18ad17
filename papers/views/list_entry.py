"""An entry of a reading list on a page of its own: the paper, why it is there, and what the members say of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from ..models import User
from ..models.coverage import CoveredList
from ..models.talk import Talk
from .acts import known
from .entries import dress_entries
from .of_list import the_list
from .page import page
from .sign_in import reader_view


@require_safe
@reader_view
def list_entry(request: HttpRequest, key: str, paper: str) -> HttpResponse:
    """To who may take part in its talk, also after it was taken off the list: what was said of it stands."""
    assert isinstance(request.user, User)
    shown = the_list(request, key)
    entries = shown.entries.of_shown_papers() if shown.mine.may_discuss else shown.entries.shown()
    entry = get_object_or_404(entries.in_detail(), paper=(there := known(request, paper)))
    if there.key != paper:
        return redirect("list_entry", key, there.key)  # for now: a merge can be undone
    dress_entries(request, CoveredList(shown), [entry])
    context = {
        "list": shown,
        "entry": entry,
        "paper": entry.paper,
        "talk": Talk(request.user, shown, entry.paper) if shown.mine.may_discuss else None,
        "voices": entry.voices,
    }
    return page(request, "lists/list_entry.html", context)
