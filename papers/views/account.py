"""My page: who somebody is, how they read, and all that is theirs."""

from copy import copy
from functools import wraps
from time import time

from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..exchange.own import own_lines
from ..forms import ThemeForm
from ..models import User
from ..preferences import CaughtUpForm, ProfileForm, ReadingForm
from .page import page, stood_at
from .sign_in import reader_view

_A_YEAR = 365 * 24 * 60 * 60
#: The parts of the page that can be changed; each is a form of its own.
_PARTS = {"profile": ProfileForm, "reading": ReadingForm, "caught_up": CaughtUpForm}


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def account(request: HttpRequest) -> HttpResponse:
    """One part of it can be changed at a time."""
    assert isinstance(request.user, User)
    sent = request.POST.get("part", "")
    if request.method == "POST" and sent not in _PARTS:
        raise BadRequest("Nothing that one's page has.")
    forms = {
        name: form(request.POST if name == sent else None, instance=copy(request.user)) for name, form in _PARTS.items()
    }
    if sent:
        form = forms[sent]
        if form.is_valid():
            form.save()
            messages.success(request, form.saved)
            return HttpResponseRedirect(reverse("account"))
        _lead_to_what_is_wrong(form)
    response = page(request, "account/index.html", {**forms, "addresses": request.user.addresses})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@reader_view
def account_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that is theirs, as a file."""
    assert isinstance(request.user, User)
    response = StreamingHttpResponse(own_lines(request.user), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lectern-{timezone.localdate()}.jsonl"'
    patch_cache_control(response, private=True, no_store=True)
    return response


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


def _lead_to_what_is_wrong(form: BaseForm) -> None:
    """The browser goes to the first field that has to be mended."""
    first = next(name for name in form.fields if name in form.errors)
    form.fields[first].widget.attrs["autofocus"] = True
