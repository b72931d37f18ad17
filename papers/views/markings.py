"""Markings: all that a question finds marked at once, and given back as it was."""

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..dates import PartialDate
from ..exchange.keep import sole_writer
from ..forms import MarkingForm
from ..models import Mark, Marking, User
from .page import stood_at
from .sign_in import reader_view


@require_POST
@reader_view
def markings(request: HttpRequest) -> HttpResponse:
    """Marks all that a question finds, and leads back to it with the offer to take that back."""
    assert isinstance(request.user, User)
    form = MarkingForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"Nothing to mark: {form.errors.as_text()}")
    with sole_writer():
        marking = form.save(request.user)
    if marking:
        removal = reverse("marking_removal", args=[marking.pk])
        messages.success(request, _said(marking), extra_tags=removal)
    else:
        messages.info(request, f"There was nothing left to mark as {Mark(form.cleaned_data['mark']).label}.")
    return HttpResponseRedirect(stood_at(request, reverse("papers")))


@require_POST
@reader_view
def marking_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a marking of one's own back."""
    assert isinstance(request.user, User)
    with sole_writer():
        marking = get_object_or_404(request.user.markings, pk=number)
        is_all = marking.take_back()
    messages.info(request, "Taken back." if is_all else "Taken back, except for what you marked again since.")
    return HttpResponseRedirect(stood_at(request, reverse("papers")))


def _said(marking: Marking) -> str:
    if marking.caught_up_to:
        return f"Marked everything up to {PartialDate.of(marking.caught_up_to).said} as read."
    papers = "1 paper" if marking.count == 1 else f"{intcomma(marking.count)} papers"
    return f"Marked {papers} as {marking.get_mark_display()}."
