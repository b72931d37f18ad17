"""All keys that are commands, and the switch for them."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..forms import KeysForm
from ..models import User
from .page import page
from .sign_in import library_view

_A_YEAR = 365 * 24 * 60 * 60
KINDS = {
    "From paper to paper": {
        "j": "The next paper; after the last one, the way to the next page.",
        "k": "The paper before it.",
        "o": "Open it, beside the list where there is room; so does Enter.",
        "n": "The next one that is unread.",
        "J": "The next page.",
        "K": "The page before it.",
    },
    "This paper": {
        "m": "Mark it as read, or as unread again.",
        "r": "Say that you are reading it, where it is open.",
        "s": "Save it to a list.",
        "*": "Star it, or take the star away.",
        "x": "Not for me, or for me after all.",
        ",": "Move it up, on a list that is in order by hand.",
        ".": "Move it down there.",
        "u": "Undo what was done last.",
    },
    "Places": {
        "g t": "Today’s digest.",
        "g d": "All digests.",
        "g p": "All papers.",
        "g l": "Reading lists.",
        "/": "The search box.",
        "?": "These keys.",
    },
}


def switch(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """For every page: whether keys are on for who looks at it."""
    return {"keys_are_on": partial(_are_on, request)}


@require_http_methods(["GET", "HEAD", "POST"])
@library_view
def keys(request: HttpRequest) -> HttpResponse:
    """Switched on and off for a person; or, as for a theme, for the screen of who has not signed in."""
    if request.method != "POST":
        kinds = [(title, [(key.split(), does) for key, does in keys.items()]) for title, keys in KINDS.items()]
        return page(request, "papers/keys.html", {"kinds": kinds}, regions=["keys"])
    response = HttpResponseRedirect(reverse("keys"))
    form = KeysForm(request.POST)
    if form.is_valid():
        switch = form.cleaned_data["keys"]
        if isinstance(request.user, User):
            request.user.switch_keys(switch == "on")
        else:
            response.set_cookie("keys", switch, max_age=_A_YEAR, samesite="Lax", httponly=True)
        messages.success(request, f"Keys are {switch}.")
    return response


def _are_on(request: HttpRequest) -> bool:
    reader = getattr(request, "user", None)  # which a request that is refused at the gate has not
    return reader.keys if isinstance(reader, User) else request.COOKIES.get("keys") != "off"
