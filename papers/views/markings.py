"""Markings: many papers marked at once; and whatever was marked given back as it was."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..exchange.keep import sole_writer
from ..forms import MarkingForm, PlaceForm
from ..models import Mark, Marking, User
from .acts import entry_at, marked, tell
from .page import asks_for_part, away, page, stood_at
from .sign_in import reader_view

#: How long a page that waits for nothing lets states be settled.
_PATIENCE = 0.3


@require_POST
@reader_view
def markings(request: HttpRequest) -> HttpResponse:
    """Marks the papers of a page, of a digest, or all that a question finds, and leads back to where they stood."""
    assert isinstance(request.user, User)
    form = MarkingForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"Nothing to mark: {form.errors.as_text()}")
    with sole_writer():
        marking = form.save(request.user)
    if marking:
        tell(request, marking, among=form.among)
    else:
        messages.info(request, f"There was nothing left to mark as {Mark(form.cleaned_data['mark']).label}.")
    return HttpResponseRedirect(stood_at(request, reverse("papers")))


@require_POST
@reader_view
def marking_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a marking of one's own back."""
    assert isinstance(request.user, User)
    marking = get_object_or_404(request.user.markings, pk=number)
    if marking.is_taken_back and "settling" in request.POST:
        return _settled(request, request.user)
    is_all = marking.take_back()
    removal = "" if marking.is_settled else reverse("marking_removal", args=[number])
    said = "Taken back." if is_all else "Taken back, except for what you marked again since."
    messages.info(request, said, extra_tags=removal)
    form, paper = PlaceForm(request.POST), marking.paper
    if asks_for_part(request) and form.is_valid() and paper and not paper.hidden:
        at = form.cleaned_data
        return marked(request, paper, at, entry_at(request, paper, at), noted=marking.mark == Mark.NOTED)
    return away(request, stood_at(request, reverse("papers")))


def _settled(request: HttpRequest, reader: User) -> HttpResponse:
    """What the page asks for until all that was taken back has settled."""
    is_all = Marking.objects.settle(_PATIENCE, reader)
    return page(request, "components/settling.html", {"removal": "" if is_all else request.path})
