"""Remarks: said, changed and removed by who writes them, hidden by who looks after the place."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..access import Role
from ..models import Paper, ReadingList, Remark, User
from ..models.talk import Talk
from ..talk_forms import AboutForm, HidingForm, RemarkForm
from .acts import held, known
from .of_list import list_act
from .page import page
from .sign_in import reader_view


@list_act(Role.VIEWER, in_archive=True)
def list_remarks(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    """Says something about a list or, where the form says so, about a paper on it."""
    form = AboutForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"About what is not said: {form.errors.as_text()}")
    about = known(request, key) if (key := form.cleaned_data["about"]) else None
    if about:
        get_object_or_404(reading_list.entries.of_shown_papers(), paper=about)
    return _say(request, _talk(request, reading_list, about))


@list_act(Role.VIEWER, in_archive=True)
def list_remark(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """Changes a remark of one's own."""
    return _change(request, *_in_list(request, reading_list, number))


@list_act(Role.VIEWER)
def list_remark_removal(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    return _remove(request, *_in_list(request, reading_list, number))


@list_act(Role.EDITOR)
def list_remark_hiding(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """Hides what somebody said, or brings it back."""
    return _hide(request, *_in_list(request, reading_list, number))


@require_POST
@reader_view
@transaction.atomic
def paper_remarks(request: HttpRequest, key: str) -> HttpResponse:
    """Says something about a paper to all who have signed in."""
    assert isinstance(request.user, User)
    request.user.lock()  # first, as whoever marks a paper does
    return _say(request, _talk(request, None, held(request, key)))


@require_POST
@reader_view
@transaction.atomic
def paper_remark(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Changes a remark of one's own."""
    return _change(request, *_on_paper(request, key, number))


@require_POST
@reader_view
@transaction.atomic
def paper_remark_removal(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _remove(request, *_on_paper(request, key, number))


@require_POST
@reader_view
@transaction.atomic
def paper_remark_hiding(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hides what somebody said, or brings it back."""
    return _hide(request, *_on_paper(request, key, number))


def _talk(request: HttpRequest, reading_list: ReadingList | None, paper: Paper | None) -> Talk:
    assert isinstance(request.user, User)
    return Talk(request.user, reading_list, paper)


def _in_list(request: HttpRequest, reading_list: ReadingList, number: int) -> tuple[Talk, Remark]:
    """One of the list's remarks, on the list itself or on a paper."""
    remark = get_object_or_404(reading_list.remarks.visible_to(request.user).select_related("paper"), pk=number)
    return _talk(request, reading_list, remark.paper), remark


def _on_paper(request: HttpRequest, key: str, number: int) -> tuple[Talk, Remark]:
    """One of those that were said of the paper to all; whoever changes it meanwhile waits."""
    talk = _talk(request, None, known(request, key))
    return talk, get_object_or_404(talk.remarks.select_for_update(), pk=number)


def _say(request: HttpRequest, talk: Talk) -> HttpResponse:
    form = RemarkForm(request.POST, talk=talk)
    return _at(talk, form.say()) if form.is_valid() else _to_mend(request, form)


def _change(request: HttpRequest, talk: Talk, remark: Remark) -> HttpResponse:
    _refuse_others(request, remark)
    form = RemarkForm(request.POST, talk=talk)
    if form.is_valid():
        try:
            form.change(remark)
            return _at(talk, remark)
        except ValidationError as refusal:
            form.add_error("text", refusal)
    return _to_mend(request, form, remark)


def _remove(request: HttpRequest, talk: Talk, remark: Remark) -> HttpResponse:
    _refuse_others(request, remark)
    talk.remove(remark)
    return _at(talk, remark)


def _hide(request: HttpRequest, talk: Talk, remark: Remark) -> HttpResponse:
    if not talk.may_hide:
        raise PermissionDenied
    form = HidingForm(request.POST)
    if not form.is_valid():
        raise BadRequest(f"Neither hidden nor brought back: {form.errors.as_text()}")
    if remark.removed_at:
        messages.info(request, "Its writer has removed it meanwhile.")
    else:
        talk.hide(remark, talk.reader if form.cleaned_data["hidden"] == "yes" else None)
    return _at(talk, remark)


def _refuse_others(request: HttpRequest, remark: Remark) -> None:
    if remark.by_id != request.user.pk:
        raise PermissionDenied


def _at(talk: Talk, remark: Remark) -> HttpResponse:
    return HttpResponseRedirect(f"{talk.page}#remark-{remark.pk}")


def _to_mend(request: HttpRequest, form: RemarkForm, remark: Remark | None = None) -> HttpResponse:
    """What could not be said stays in the form, and it is said why."""
    errors = [error for errors in form.errors.values() for error in errors]
    context = {"form": form, "errors": errors, "talk": form.talk, "remark": remark}
    return page(request, "talk/remark.html", context, status=409)
