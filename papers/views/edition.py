"""Which edition of a page somebody has: what has not changed for them is neither made nor sent again."""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from typing import Concatenate, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from ..models import Edition, User

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]
_HEADERS = ("HX-Request", "HX-Target", "HX-History-Restore-Request", "Host")
_COOKIES = (settings.CSRF_COOKIE_NAME, "theme", "keys")


def edition(request: HttpRequest) -> int:
    """The library's, as it was when the request came."""
    if "lectern.edition" not in request.META:
        request.META["lectern.edition"] = Edition.objects.current()
    number: int = request.META["lectern.edition"]
    return number


def in_editions[**P](view: View[P]) -> View[P]:
    """A view whose page is the same as long as neither the library nor what the reader did in it has changed."""
    return in_editions_and(lambda *_, **__: ())(view)


def in_editions_and[**P](beside: Callable[..., object]) -> Callable[[View[P]], View[P]]:
    """The same of a page that is made of something else besides, which `beside` tells of a request; None where that is
    soon otherwise, so that the page is always sent whole."""

    def stamp(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
        made_of = beside(request, *args, **kwargs)
        return None if made_of is None else _stamp(request, made_of)

    def of(view: View[P]) -> View[P]:
        @wraps(view)
        def private(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response

        return condition(etag_func=stamp)(private)

    return of


def once[T](request: HttpRequest, made_of: object, make: Callable[[], T]) -> T:
    """What `make` makes of `made_of` for this reader: made once an edition by each worker."""
    reader = request.user
    key = _hash(edition(request), reader.stamp if isinstance(reader, User) else (), made_of)
    made: T | None = caches["rendered"].get_or_set(key, make, timeout=None)
    return cast(T, made)


@cache
def _software() -> float:
    """When what makes the pages was last changed."""
    folders = (settings.BASE_DIR / name for name in ("papers", "static", "templates"))
    files = (path for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc")
    return max(path.stat().st_mtime for path in files)


def _stamp(request: HttpRequest, beside: object) -> str | None:
    """All that the page is made of; None where it tells something once."""
    if settings.DEBUG or len(get_messages(request)):
        return None
    reader = request.user
    who = (*reader.stamp, str(reader), reader.is_staff) if isinstance(reader, User) else ()
    how = [request.headers.get(name) for name in _HEADERS] + [request.COOKIES.get(name) for name in _COOKIES]
    return f'"{_hash(_software(), edition(request), who, how, request.get_full_path(), beside)}"'


def _hash(*made_of: object) -> str:
    return blake2b(repr(made_of).encode(), digest_size=16).hexdigest()
