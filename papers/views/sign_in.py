"""Who may come in: anybody else is led to sign in, and then to where they wanted to go."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from ..access import Reader, may_read_library
from .page import away, stood_at
from .pending import keep
from .visits import visited

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def library_view[**P](view: View[P]) -> View[P]:
    """A view of the library, for who may read it."""
    return _door(view, may_read_library)


def reader_view[**P](view: View[P]) -> View[P]:
    """A view for somebody with a name; what they send to it is kept where they have to sign in again before it is done.

    A view without a decorator is for them alone, too, but what is sent to it is not kept.
    """
    door = _door(view, lambda reader: reader.is_authenticated)
    door.is_kept = True  # type: ignore[attr-defined]
    return door


def sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in and back: to the page that was asked for, to what was sent, or else to where its form stood."""
    return away(request, redirect_to_login(_wanted(request)).url)


def _wanted(request: HttpRequest) -> str:
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    if keep(request):
        messages.info(request, "You had been signed out. Sign in, and what you did will be done.")
        return reverse("pending")
    messages.warning(
        request, "You had been signed out, and what you did was not done. What you typed is there if you go back."
    )
    return stood_at(request)


def ways_in(request: HttpRequest) -> dict[str, bool]:
    """What every template knows of how one comes in: whether by oneself, and whether mail can help."""
    return {"sign_up_is_open": settings.SIGN_UP == "open", "mail_is_sent": settings.SENDS_MAIL}


def _door[**P](view: View[P], may_enter: Callable[[Reader], bool]) -> View[P]:
    entered = visited(view)

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return entered(request, *args, **kwargs) if may_enter(request.user) else sign_in(request)

    return login_not_required(door)
