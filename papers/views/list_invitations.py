"""Invitations to a reading list: for who has no account here, or whose name its owner does not know."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import Role, may_invite
from ..accounts.inviting import links, send
from ..models import Invitation, ReadingList, User
from ..sharing import InviteForm
from .list_members import members_page
from .of_list import list_act, the_list
from .page import page
from .sign_in import reader_view


@require_POST
@reader_view
def list_invitations(request: HttpRequest, key: str) -> HttpResponseBase:
    """Makes a link that lets one person in, and shows it in the answer itself, so that it is kept nowhere. Whether the
    address that it is sent to has an account here is told to nobody."""
    assert isinstance(request.user, User)
    reading_list = the_list(request, key, Role.OWNER)
    if not may_invite(request.user):
        raise PermissionDenied
    form = InviteForm(request.POST, by_mail=settings.SENDS_MAIL, auto_id="invite_%s")
    if form.is_valid() and not reading_list.is_standing:
        form.add_error(None, "This list is in the archive. Bring it back, and then invite to it.")
    if form.is_valid() and not ratelimit.consume(request, action="invite", user=request.user):
        form.add_error(None, "You have invited many people within an hour. Wait a while, then invite others.")
    if not form.is_valid():
        return members_page(request, reading_list, invite=form)
    return _invited(request, reading_list, form)


def _invited(request: HttpRequest, reading_list: ReadingList, form: InviteForm) -> HttpResponse:
    assert isinstance(request.user, User)
    email, role = form.cleaned_data.get("email", ""), form.cleaned_data["role"]
    invitation, token = Invitation.objects.make(request.user, email=email, reading_list=reading_list, role=role)
    shown, mailed = links(request, token)
    is_sent = bool(email) and send(invitation, mailed)
    context = {"list": reading_list, "invitation": invitation, "link": shown, "is_sent": is_sent}
    return page(request, "lists/invited.html", context)


@list_act(Role.OWNER, in_archive=True)
def list_invitation_revocation(request: HttpRequest, reading_list: ReadingList, number: int) -> HttpResponse:
    """Takes it back: its link lets nobody in any more."""
    assert isinstance(request.user, User)
    invitation = get_object_or_404(Invitation.objects.to_list(reading_list, request.user), pk=number)
    if invitation.revoke():
        messages.success(request, "Its link lets nobody in any more.")
    else:
        messages.info(request, "It was used already, or taken back: nothing was changed.")
    return HttpResponseRedirect(reverse("members", args=[reading_list.key]))
