"""Reading: the marks that a reader puts on a paper, and their note on it."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ..forms import NoteForm, StateForm
from ..models import Paper, ReaderState, User
from .acts import entry_at, gone, known, marked, tell
from .page import asks_for_part, page, stood_at
from .sign_in import reader_view


@require_POST
@reader_view
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Marks a paper."""
    assert isinstance(request.user, User)
    paper = known(request, key)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"A mark that does not exist: {form.errors.as_text()}")
    entry = entry_at(request, paper, form.cleaned_data)
    try:
        marking = form.save(request.user, paper)
    except Paper.DoesNotExist:
        return gone(request)
    if marking:
        tell(request, marking, paper := marking.paper or paper)
    return marked(request, paper, form.cleaned_data, entry)


@require_POST
@reader_view
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Saves the reader's note on a paper. What cannot be saved stays in the form, and it is said why."""
    assert isinstance(request.user, User)
    paper = known(request, key)
    form = NoteForm(request.POST)
    if form.is_valid():
        entry = entry_at(request, paper, form.cleaned_data)
        try:
            if marking := form.save(request.user, paper):
                tell(request, marking, paper := marking.paper or paper)
            return marked(request, paper, form.cleaned_data, entry, noted=True)
        except Paper.DoesNotExist:
            return gone(request)
        except ValidationError as refusal:
            form.add_error("note", refusal)
            paper = known(request, key)
    ReaderState.objects.attach(request.user, [paper])
    here = stood_at(request, paper.get_absolute_url())
    context = {"paper": paper, "note_form": form, "here": here, "heading": 2, "oob": asks_for_part(request)}
    template = "components/note.html" if asks_for_part(request) else "papers/note.html"
    return page(request, template, context, status=200 if asks_for_part(request) else 409)
