"""The product's addresses, and one more, behind which a page is kept as it was sent once."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.cache import patch_vary_headers

from digest_site import urls


@cache
def _kept(name: str) -> bytes:
    return (settings.STATIC_ROOT / "pages" / name).read_bytes()


def empty(request: HttpRequest, name: str) -> HttpResponse:
    """The page's bytes, once it is known who asks."""
    assert request.user.is_authenticated
    response = HttpResponse(_kept(name))
    patch_vary_headers(response, ["Cookie"])
    return response


handler400 = urls.handler400
urlpatterns = [
    path("", include("digest_site.urls")),
    path("empty/<str:name>", empty),
]
