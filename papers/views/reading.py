"""Reading: the marks that a reader puts on papers."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..forms import StateForm
from ..models import Paper, ReaderState, User
from ..query import PaperQuery
from .page import asks_for_part, page, stood_at
from .rows import dress
from .sign_in import reader_view


@require_POST
@reader_view
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Marks a paper. htmx gets each place anew where it stands in the page, a plain form the page where it stood."""
    assert isinstance(request.user, User)
    paper = get_object_or_404(Paper.objects.visible_to(request.user), key=key)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"A mark that does not exist: {form.errors.as_text()}")
    at = form.cleaned_data
    entry = get_object_or_404(paper.entries.listed(), digest__id=at["digest"]) if at["digest"] else None
    form.save(request.user, paper)
    here = stood_at(request, paper.get_absolute_url())
    if not asks_for_part(request):
        return HttpResponseRedirect(f"{here}#row-{key}")
    ReaderState.objects.attach(request.user, [paper])
    dress(request, [paper], digest=entry.digest if entry else None, here=here)
    lead = at["lead"] and paper.mine and paper.mine.is_unread
    context: dict[str, Any] = {"paper": paper, "here": here, "at": at, "lead": lead, "oob": True}
    if entry:
        context |= {"entry": entry, "left": entry.digest.left_for(request.user)}
    else:
        context["query"] = PaperQuery.from_text(urlsplit(here).query)
    return page(request, "components/marked.html", context)
