"""Saving: a paper, or those of a page or of a question, put on a list from where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from ..access import Role
from ..exchange.refusal import Refused
from ..forms import ListForm
from ..list_forms import MOST_AT_ONCE, ChosenForm, SavingForm
from ..models import Paper, ReadingList, User
from ..models.holdings import last_filled_first, telling_of
from .acts import known, titled
from .adding import put_on
from .entry_acts import entry_on, own_or_edited, undo_of
from .of_list import changing
from .page import asks_for_part, away, page, stood_at
from .sign_in import reader_view


@dataclass(frozen=True)
class Chosen:
    """Papers to be put on a list, how they are called, and what says again which they are."""

    papers: Sequence[Paper]
    said: str
    sent: Sequence[tuple[str, str]] = ()

    @property
    def one(self) -> Paper | None:
        return self.papers[0] if len(self.papers) == 1 and not self.sent else None

    @property
    def are_too_many(self) -> bool:
        return len(self.papers) > MOST_AT_ONCE


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def paper_lists(request: HttpRequest, key: str) -> HttpResponse:
    """The lists that a paper can be put on; by POST it is put on one, or taken off."""
    paper = known(request, key)
    return _saving(request, Chosen([paper], titled(paper)))


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def papers_lists(request: HttpRequest) -> HttpResponse:
    """The same for the papers of a page, or for all that a question finds."""
    assert isinstance(request.user, User)
    form = ChosenForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise BadRequest(f"Nothing to save: {form.errors.as_text()}")
    papers = form.papers(request.user)
    said = "1 paper" if len(papers) == 1 else f"{intcomma(len(papers))} papers"
    return _saving(request, Chosen(papers, said, form.fields_sent))


def _saving(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    assert isinstance(request.user, User)
    is_sent = request.method == "POST"
    form = SavingForm(request.POST if is_sent else None)
    named = ListForm(request.POST if form.asks_for_a_new_one else None, owner=request.user)
    named.use_required_attribute = False  # as the one form is for the lists that there are, too
    if form.is_valid() and chosen.papers and not chosen.are_too_many:
        try:
            if reading_list := _save(request, chosen, form, named):
                return _saved(request, reading_list)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _dialog(request, chosen, form, named)


def _dialog(request: HttpRequest, chosen: Chosen, form: SavingForm, named: ListForm) -> HttpResponse:
    """Asks for a list, of those to which the reader may add, or for the name of a new one."""
    assert isinstance(request.user, User)
    fillable = last_filled_first(ReadingList.objects.fillable_by(request.user), request.user)
    lists = list(telling_of(fillable, chosen.one) if chosen.one else fillable)
    named.fields["name"].widget.attrs["autofocus"] = not lists
    context = {
        "chosen": chosen,
        "most": MOST_AT_ONCE,
        "form": form,
        "named": named,
        "lists": lists,
        "first": next((each for each in lists if not getattr(each, "holds", False)), None),
        "here": request.POST.get("next") or request.GET.get("next", ""),
    }
    return page(request, "lists/saving.html", context, regions=["keys"])


@transaction.atomic  # where nothing can be put on a new list, none is made
def _save(request: HttpRequest, chosen: Chosen, form: SavingForm, named: ListForm) -> ReadingList | None:
    """The list to which it was done; None where it was not said what to do."""
    given = form.cleaned_data
    if given["off"] and chosen.one:
        return _take_off(request, chosen.one, given["off"])
    made = None if given["on"] else named.saved()
    key = made.key if made else given["on"]
    if not key:
        return None
    with changing(request, key, Role.CONTRIBUTOR) as reading_list:
        put_on(request, reading_list, chosen.papers, given["reason"])
    return reading_list


def _take_off(request: HttpRequest, paper: Paper, key: str) -> ReadingList:
    with changing(request, key, Role.CONTRIBUTOR) as reading_list:
        entry = entry_on(request, reading_list, paper.key)
        turn = entry.take_off(own_or_edited(request, entry))
    undo = undo_of(request, entry, Role.CONTRIBUTOR, turn)
    messages.success(request, f"Took {titled(paper)} off “{reading_list}”.", extra_tags=undo)
    return reading_list


def _saved(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    """The dialog has nothing more to say, and what was done is told, with the way to the list."""
    if asks_for_part(request):
        return page(request, "components/toast.html", {"oob": True, "is_saved": True, "saved_to": reading_list})
    return away(request, stood_at(request, "/papers/"))
