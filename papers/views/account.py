"""The reader's own settings."""

from functools import wraps
from time import time

from allauth.account.views import logout
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from ..forms import ThemeForm
from .page import stood_at

_A_YEAR = 365 * 24 * 60 * 60


@wraps(logout)
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's, with a cookie that static/js/back.js sees in pages that Back brings back as they were."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.set_cookie("signed_out", str(int(time())), secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response


@require_POST
@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system has it: kept in a cookie, as it belongs to the screen and not to the person."""
    response = HttpResponseRedirect(stood_at(request))
    form = ThemeForm(request.POST)
    if form.is_valid():
        response.set_cookie("theme", form.cleaned_data["theme"], max_age=_A_YEAR, samesite="Lax", httponly=True)
    return response
