"""Pasting: what a reader has in the clipboard becomes papers, and is taken back again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..exchange.looking_up import look_up
from ..exchange.pasting import paste as take_in
from ..exchange.pasting import take_back
from ..exchange.refusal import Refused
from ..forms import PasteForm
from ..models import Ingest, Paper, Quarantined, ReaderState, User
from .page import page
from .rows import dress
from .sign_in import reader_view

_LATEST = 10
#: So many papers and pieces of one paste are shown; the digest has all of them.
_MOST = 100
_COUNTS = {
    "created": "new to the library",
    "updated": "known, with something new said here",
    "unchanged": "known with all of this",
    "quarantined": "that could not be read",
}


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def pastes(request: HttpRequest) -> HttpResponse:
    """The box, and what one pasted lately. A list of nothing but ids is looked up, and nothing else is done."""
    assert isinstance(request.user, User)
    form = PasteForm(request.POST if request.method == "POST" else None)
    looked_up = None
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        looked_up = look_up(text, request.user)
        try:
            if not looked_up:
                return HttpResponseRedirect(reverse("paste", args=[take_in(text, by=request.user).pk]))
        except Refused as refused:
            form.add_error("text", str(refused))
    papers = looked_up.papers if looked_up else []
    _make_ready(request, papers)
    latest = Ingest.objects.pasted_by(request.user).standing().newest_first()[:_LATEST]
    context = {"form": form, "latest": latest, "looked_up": looked_up, "papers": papers}
    return page(request, "papers/pastes.html", context)


@require_safe
@reader_view
def paste(request: HttpRequest, number: int) -> HttpResponse:
    """What came of something that one pasted: papers, and pieces that could not be read."""
    assert isinstance(request.user, User)
    run = get_object_or_404(Ingest.objects.pasted_by(request.user), pk=number)
    found = Paper.objects.visible_to(request.user).of_file(run.file_id)[: _MOST + 1]
    papers = [] if run.undone_at else list(found)
    pieces = Quarantined.objects.of_file(run.file_id).waiting().in_brief().order_by("pk")[:_MOST]
    _make_ready(request, papers[:_MOST])
    context = {
        "run": run,
        "papers": papers[:_MOST],
        "has_more": len(papers) > _MOST,
        "pieces": [] if run.undone_at else pieces,
        "counts": [(getattr(run, name), said) for name, said in _COUNTS.items() if getattr(run, name)],
    }
    return page(request, "papers/paste.html", context)


@require_POST
@reader_view
def paste_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Takes back what one pasted."""
    assert isinstance(request.user, User)
    messages.info(request, take_back(get_object_or_404(Ingest.objects.pasted_by(request.user), pk=number)))
    return HttpResponseRedirect(reverse("pastes"))


def _make_ready(request: HttpRequest, papers: list[Paper]) -> None:
    ReaderState.objects.attach(request.user, papers)
    dress(request, papers)
