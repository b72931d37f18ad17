"""Tags: all of them, the most used first."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Tag
from ..models.keyset import keyset_page
from ..text import storable
from .edition import in_editions
from .page import cursors_of, page
from .sign_in import library_view

PAGE_SIZE = 150
_LONGEST = 200


@require_safe
@library_view
@in_editions
def index(request: HttpRequest) -> HttpResponse:
    """Those in whose names stands what is asked for; or all, those that stand under another below it."""
    asked = " ".join(storable(request.GET.get("q", "")).split())[:_LONGEST]
    cursors = cursors_of(request)
    shown = Tag.objects.visible_to(request.user).shown().most_used_first()
    listed = shown.named_like(asked) if asked else shown.nested()
    tags = keyset_page(listed, lambda tag: (tag.size, tag.pk), size=PAGE_SIZE, **cursors)
    context = {
        "asked": asked,
        "tags": tags,
        "before": tags.before and _address(q=asked, before=tags.before),
        "after": tags.after and _address(q=asked, after=tags.after),
    }
    address = _address(q=asked, **cursors)
    return page(request, "tags/index.html", context, regions=["tags"], address=address)


def _address(**parameters: str) -> str:
    asked = urlencode({name: value for name, value in parameters.items() if value})
    return f"{reverse('tags')}?{asked}" if asked else reverse("tags")
