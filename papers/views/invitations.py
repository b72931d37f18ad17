"""Invitations: the door at which whoever has a link comes in."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..accounts.sign_up import no_way_in
from ..models import Invitation, ReadingList, User
from .page import page
from .sign_in import reader_view


@require_safe
@never_cache
@login_not_required
@rate_limit(action="invitation", limit_get=True)  # type: ignore[no-untyped-call, untyped-decorator]
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Leads on to where the address no longer tells the link. To look at it does not use it up."""
    found = Invitation.objects.of_link(token)
    if isinstance(request.user, User):
        return _for_reader(request, request.user, token, found)
    if not found:
        return no_way_in(request)
    found.hold_in(request.session, token)
    onward = f"?next={found.reading_list.get_absolute_url()}" if found.reading_list else ""
    return HttpResponseRedirect(reverse("account_signup") + onward)


def _for_reader(request: HttpRequest, reader: User, token: str, found: Invitation | None) -> HttpResponse:
    """Who has an account may still come onto a list by it; who is on that already, be it by this link, is led there."""
    known = Invitation.objects.with_token(token).to_lists().first()
    if known and known.reading_list:
        mine = ReadingList.objects.of_member(reader).at(known.reading_list.key)
        if mine and mine.mine >= known.role:
            return redirect(mine)
    if found and found.reading_list:
        found.hold_in(request.session, token)
        return redirect("held_invitation")
    is_own = Invitation.objects.with_token(token).used_by(reader).exists()
    return _no_use(request, is_good=bool(found), is_own=is_own)


def _no_use(request: HttpRequest, *, is_good: bool = False, is_own: bool = False) -> HttpResponse:
    context = {"is_good": is_good, "is_own": is_own}
    return page(request, "account/invitation.html", context, status=200 if is_good or is_own else 404)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reader_view
def held_invitation(request: HttpRequest) -> HttpResponse:
    """To a reading list, for who has an account: by POST they accept, and are a member."""
    found = Invitation.objects.held_in(request.session)
    if not found or not found.reading_list:
        return _no_use(request)
    if request.method == "POST":
        return _accept(request, found, found.reading_list)
    return page(request, "lists/invitation.html", {"invitation": found})


@transaction.atomic
def _accept(request: HttpRequest, found: Invitation, reading_list: ReadingList) -> HttpResponse:
    assert isinstance(request.user, User)
    if not found.accept():
        return _no_use(request)
    found.admit(request.user, request.session)
    messages.success(request, f"You take part in “{reading_list}”. Its members see what of it you have read.")
    return redirect(reading_list)


@require_POST
@reader_view
def held_invitation_removal(request: HttpRequest) -> HttpResponse:
    """Declines it. The link itself stays good, in case it was meant for somebody else."""
    Invitation.objects.forget(request.session)
    messages.success(request, "Declined.")
    return redirect("lists")
