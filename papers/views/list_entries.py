"""Entries of a list: taken off and put back, put in order, claimed, assigned, set aside, and why they are there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from ..access import Role
from ..dates import PartialDate
from ..exchange.refusal import Refused
from ..list_forms import AsideForm, AssignmentForm, ClaimForm, MoveForm, ReasonForm, UndoForm
from ..models import ListEntry, Order, User
from ..models.care import Turn
from ..models.order import InOrder
from .acts import titled
from .entry_acts import entry_act, entry_on, followed, own_or_edited, sent
from .of_list import changing, the_list
from .page import page
from .sign_in import reader_view


@entry_act(Role.CONTRIBUTOR)
def list_entry_removal(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    """Takes one's own suggestion off the list; editors, any."""
    turn = entry.take_off(own_or_edited(request, entry))
    return f"Took {titled(entry.paper)} off “{entry.reading_list}”.", turn


@require_POST
@reader_view
def list_entry_restoration(request: HttpRequest, key: str, paper: str) -> HttpResponse:
    """Takes an act on an entry back, as long as nobody changed since what it changed."""
    try:
        with changing(request, key, Role.CONTRIBUTOR) as reading_list:
            entry = entry_on(request, reading_list, paper, is_off=True)
            pk, by, needed, turn = sent(UndoForm(request.POST)).cleaned_data["undo"]
            if (pk, by) != (entry.pk, request.user.pk) or reading_list.mine < needed:
                raise PermissionDenied
            if not entry.give_back(turn):
                changed = f"somebody changed {titled(entry.paper)} since, or who had claimed it has left"
                raise Refused(f"Not taken back: {changed}. It stays as it is.")
        messages.info(request, "Taken back.")
    except Refused as refused:
        messages.error(request, str(refused))
    return followed(request, key, paper)


@entry_act(Role.EDITOR)
def list_entry_place(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    """Puts an entry elsewhere, on a list that is in order by hand."""
    if entry.reading_list.order != Order.HAND:
        raise Refused("This list is in an order by rule now. Its owner can have it ordered by hand again.")
    turn = sent(MoveForm(request.POST, entry=entry)).save()
    number = InOrder(entry.reading_list.entries.shown(), Order.HAND).number_of(entry)
    return f"{titled(entry.paper)} {'moved to' if turn.now else 'stays'} number {number}.", turn


@entry_act(Role.CONTRIBUTOR)
def list_entry_claim(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    """Somebody says that they read it, or do not; or an editor says who does, and until when."""
    if "claim" not in request.POST:
        return _assigned(request, entry)
    if sent(ClaimForm(request.POST)).cleaned_data["claim"] == "no":
        return _released(request, entry)
    reader = own_or_edited(request, entry)
    if entry.claimed_by and entry.claimed_by != reader:
        raise Refused(
            f"{entry.claimed_by} has claimed {titled(entry.paper)} meanwhile. Ask them, if you would read it."
        )
    return f"You have claimed {titled(entry.paper)}.", entry.claim(reader)


def _released(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    if not entry.claimed_by:
        raise Refused(f"Nobody has claimed {titled(entry.paper)} any more.")
    if entry.claimed_by != request.user and not entry.reading_list.mine.may_edit:
        raise Refused(f"{titled(entry.paper)} is {entry.claimed_by}’s to read now. Only they, and editors, release it.")
    return f"Nobody has claimed {titled(entry.paper)} now.", entry.release()


def _assigned(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    assert isinstance(request.user, User)
    if not entry.reading_list.mine.may_edit:
        raise PermissionDenied
    given = sent(AssignmentForm(request.POST, entry=entry)).cleaned_data
    turn = entry.assign(given["person"], request.user, given["due_on"])
    who = given["person"] or "Nobody in particular"
    until = f" until {PartialDate.of(given['due_on']).said}" if given["due_on"] else ""
    return f"{who} reads {titled(entry.paper)}{until}.", turn


@entry_act(Role.EDITOR)
def list_entry_aside(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    """Sets an entry aside for the team, or brings it back."""
    assert isinstance(request.user, User)
    given = sent(AsideForm(request.POST)).cleaned_data
    if given["back"]:
        return f"{titled(entry.paper)} is to be read again.", entry.bring_back()
    return f"Set {titled(entry.paper)} aside for all.", entry.set_aside(request.user, given["why"])


@entry_act(Role.CONTRIBUTOR)
def list_entry_reason(request: HttpRequest, entry: ListEntry) -> tuple[str, Turn]:
    """Says anew why a paper is on the list."""
    own_or_edited(request, entry)
    turn = entry.change(reason=sent(ReasonForm(request.POST)).cleaned_data["reason"])
    return f"Saved why {titled(entry.paper)} is on the list.", turn


@require_safe
@reader_view
def list_entry_care(request: HttpRequest, key: str, paper: str) -> HttpResponse:
    """All that somebody can do with an entry, with room to write."""
    assert isinstance(request.user, User)
    reading_list = the_list(request, key, Role.CONTRIBUTOR)
    entry = entry_on(request, reading_list, paper, is_off=True)
    own_or_edited(request, entry)
    context: dict[str, Any] = {"list": reading_list, "entry": entry, "paper": entry.paper}
    context["here"] = request.GET.get("next") or reading_list.get_absolute_url()
    context["reason"] = ReasonForm(initial={"reason": entry.reason})
    if reading_list.mine.may_edit:
        context |= {"assignment": AssignmentForm(entry=entry), "aside": AsideForm()}
        context["is_movable"] = reading_list.order == Order.HAND and not entry.set_aside_at
    return page(request, "lists/care.html", context, regions=["keys"])
