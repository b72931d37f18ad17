"""The account deleted, by whose it is."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..exchange.leaving import heirs, leave
from ..exchange.refusal import Refused
from ..models import User
from .page import page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required
def account_deletion(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays; by POST it is done, and they are signed out. It is no `reader_view`, as what is
    sent to it must never wait and then be done by itself."""
    assert isinstance(request.user, User)
    refusal = ""
    if request.method == "POST":
        try:
            leave(request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            logout(request)
            messages.info(request, "Your account is deleted, and with it all that was yours alone.")
            return redirect("today")
    context = {"refusal": refusal, "heirs": heirs(request.user)}
    return page(request, "account/deletion.html", context, status=409 if refusal else 200)
