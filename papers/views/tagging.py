"""Tagging: what readers put on a paper, and take away again."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..exchange.refusal import Refused
from ..exchange.tagging import put, take_off
from ..forms import TagForm
from ..models import Paper, Tag, User
from .acts import known
from .page import stood_at
from .sign_in import reader_view


@require_POST
@reader_view
def paper_tags(request: HttpRequest, key: str) -> HttpResponse:
    """Puts a tag on a paper."""
    assert isinstance(request.user, User)
    paper = known(request, key)
    form = TagForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"No tag to put on it: {form.errors.as_text()}")
    try:
        tag = put(paper, form.cleaned_data["name"], by=request.user)
        messages.info(request, f"Tagged “{tag}”.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, paper)


@require_POST
@reader_view
def paper_tag_removal(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Takes a tag from a paper; from a reader's own, what others say of it stays."""
    assert isinstance(request.user, User)
    paper = known(request, key)
    tag = get_object_or_404(Tag, slug=slug).meant
    try:
        if not paper.paper_tags.of(tag).exists():
            messages.info(request, f"It is not tagged “{tag}” any more.")
        elif not take_off(paper, tag, by=request.user):
            raise PermissionDenied
        elif tag in paper.paper_tags.tags():
            messages.info(request, f"You no longer say “{tag}”; a digest or a rule still does.")
        else:
            messages.info(request, f"“{tag}” is taken away.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, paper)


def _back(request: HttpRequest, paper: Paper) -> HttpResponse:
    return HttpResponseRedirect(f"{stood_at(request, paper.get_absolute_url())}#tags")
