"""Hidden papers: to curators their page says who hid them, and why; to anybody else they have none."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from ..models import Change, Paper
from .page import page


def hidden(request: HttpRequest, key: str) -> HttpResponse:
    paper = Paper.objects.hidden_but_known_to(request.user).at(key)
    if paper is None:
        raise Http404("There is no such paper.")
    context = {"paper": paper, "hiding": Change.objects.hiding(paper)}
    response = page(request, "papers/hidden.html", context, regions=["pane"])
    patch_cache_control(response, no_store=True)  # as permissions may be gone by the next time
    return response
