"""Who may come in: anybody else is led to sign in, and then to where they wanted to go."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from ..access import Reader, may_read_library
from .page import away, stood_at

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def library_view[**P](view: View[P]) -> View[P]:
    """A view of the library, for who may read it."""
    return _door(view, may_read_library)


def reader_view[**P](view: View[P]) -> View[P]:
    """A view for somebody with a name. A view without a decorator is one too, but only this one knows the way back."""
    return _door(view, lambda reader: reader.is_authenticated)


def sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in and back: to the page that was asked for, or else to where the form stood that was sent."""
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else stood_at(request)
    return away(request, redirect_to_login(wanted).url)


def ways_in(request: HttpRequest) -> dict[str, bool]:
    """What every template knows of how one comes in: whether by oneself, and whether mail can help."""
    return {"sign_up_is_open": settings.SIGN_UP == "open", "mail_is_sent": settings.SENDS_MAIL}


def _door[**P](view: View[P], may_enter: Callable[[Reader], bool]) -> View[P]:
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if may_enter(request.user) else sign_in(request)

    return login_not_required(door)
