"""Who is on a reading list: shown to them; its owner shares it, says what each may do, and takes off."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..access import Role, may_invite
from ..accounts.inviting import tell
from ..exchange.refusal import Refused
from ..models import Invitation, Membership, ReadingList, User
from ..models.colleagues import suggested
from ..models.membership import GIVEN
from ..models.roll import Roll
from ..sharing import InviteForm, OfferForm, RoleForm
from ..text import storable
from .of_list import list_act, the_list
from .page import asks_for_part, page, stood_at
from .sign_in import reader_view


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def members(request: HttpRequest, key: str) -> HttpResponseBase:
    """Those who take part see who else does; by POST its owner shares it."""
    if request.method == "POST":
        return _offer(request, key)
    return members_page(request, the_list(request, key, Role.VIEWER))


@list_act(Role.OWNER)
def _offer(request: HttpRequest, reading_list: ReadingList) -> HttpResponse:
    assert isinstance(request.user, User)
    form = OfferForm(request.POST, reader=request.user, auto_id="offer_%s")
    if not form.is_valid():
        return members_page(request, reading_list, offer=form)
    whom, role = form.whom, form.cleaned_data["role"]
    row = Membership.objects.offer(reading_list, whom, role, by=request.user)
    if not row:
        raise Refused(f"{whom} has it already, or it waits to be accepted. What they may do is changed in their line.")
    if settings.SENDS_MAIL and not row.is_in_force:
        transaction.on_commit(partial(tell, request, row))
    at_once = f"{whom} has it from now on, and {role.label}."
    messages.success(request, at_once if row.is_in_force else f"Offered to {whom}. It waits until they accept.")
    return HttpResponseRedirect(reverse("members", args=[reading_list.key]))


def members_page(request: HttpRequest, reading_list: ReadingList, **forms: Any) -> HttpResponse:
    """The page, with these of its forms as they were filled in."""
    assert isinstance(request.user, User)
    roll = Roll(reading_list)
    context = {"list": reading_list, "roll": roll, "takes_part": request.user in {each.person for each in roll.members}}
    if reading_list.mine.may_own:
        context |= {
            "offer": OfferForm(reader=request.user, auto_id="offer_%s"),
            "invite": InviteForm(by_mail=settings.SENDS_MAIL, auto_id="invite_%s"),
            "roles": GIVEN,
            "may_invite": may_invite(request.user),
            "invitations": Invitation.objects.to_list(reading_list, request.user).waiting().newest_first(),
        }
    return page(request, "lists/members.html", context | forms)


@require_safe
@reader_view
def member_suggestions(request: HttpRequest, key: str) -> HttpResponse:
    """Whom the owner may mean who types a name; for the page that is there."""
    assert isinstance(request.user, User)
    reading_list = the_list(request, key, Role.OWNER)
    if not asks_for_part(request):
        return HttpResponseRedirect(reverse("members", args=[reading_list.key]))
    who = " ".join(storable(request.GET.get("who", "")).split())
    return page(request, "lists/member_suggestions.html", {"found": suggested(who, request.user)})


@list_act(Role.OWNER)
def membership_role(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """What somebody, or a team, may do there; its undo is what they might do before."""
    row = get_object_or_404(reading_list.memberships.giving_a_role(), pk=number)
    form = RoleForm({"role": request.POST.get("undo") or request.POST.get("role")})
    if not form.is_valid():
        raise BadRequest("A role that there is not.")
    was, address = row.role, reverse("membership_role", args=[reading_list.key, row.pk])
    row.give(form.cleaned_data["role"])
    undo = f"{address} {was}" if was != row.role else ""
    messages.success(request, f"{row.whom} {row.get_role_display()} from now on.", extra_tags=undo)
    return HttpResponseRedirect(stood_at(request, reverse("members", args=[reading_list.key])))


@list_act(Role.OWNER, in_archive=True)
def member_removal(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """Takes a person or a team off, at once, or an offer back."""
    row = get_object_or_404(reading_list.memberships.giving_a_role(), pk=number)
    said = f"{row.whom} is taken off." if row.is_in_force else f"The offer to {row.whom} is taken back."
    row.take_off()
    messages.success(request, said)
    return HttpResponseRedirect(stood_at(request, reverse("members", args=[reading_list.key])))
