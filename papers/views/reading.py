"""Reading: the marks that a reader puts on a paper, and their note on it."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..forms import NoteForm, StateForm
from ..models import Paper, ReaderState, User
from .acts import entry_at, marked, tell
from .page import asks_for_part, page, stood_at
from .sign_in import reader_view


@require_POST
@reader_view
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Marks a paper."""
    assert isinstance(request.user, User)
    paper = get_object_or_404(Paper.objects.visible_to(request.user), key=key)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"A mark that does not exist: {form.errors.as_text()}")
    entry = entry_at(paper, form.cleaned_data)
    if marking := form.save(request.user, paper):
        tell(request, marking, paper)
    return marked(request, paper, form.cleaned_data, entry)


@require_POST
@reader_view
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Saves the reader's note on a paper. What cannot be saved stays in the form, and it is said why."""
    assert isinstance(request.user, User)
    paper = get_object_or_404(Paper.objects.visible_to(request.user), key=key)
    form = NoteForm(request.POST)
    if form.is_valid():
        entry = entry_at(paper, form.cleaned_data)
        try:
            if marking := form.save(request.user, paper):
                tell(request, marking, paper)
            return marked(request, paper, form.cleaned_data, entry, noted=True)
        except ValidationError as refusal:
            form.add_error("note", refusal)
    ReaderState.objects.attach(request.user, [paper])
    here = stood_at(request, paper.get_absolute_url())
    context = {"paper": paper, "note_form": form, "here": here, "heading": 2, "oob": asks_for_part(request)}
    template = "components/note.html" if asks_for_part(request) else "papers/note.html"
    return page(request, template, context, status=200 if asks_for_part(request) else 409)
