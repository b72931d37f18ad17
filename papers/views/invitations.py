"""Invitations: the door at which whoever has a link comes in."""

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..accounts.sign_up import no_way_in
from ..models import Invitation
from .page import page


@require_safe
@never_cache
@login_not_required
@rate_limit(action="invitation", limit_get=True)  # type: ignore[no-untyped-call, untyped-decorator]
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to sign-up, where the address no longer tells the link. To look at it does not use it up."""
    if request.user.is_authenticated:
        return page(request, "account/invitation.html", {})
    found = Invitation.objects.of_link(token)
    if not found:
        return no_way_in(request)
    found.hold_in(request.session, token)
    return redirect("account_signup")
