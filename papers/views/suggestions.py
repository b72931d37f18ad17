"""Suggestions: what somebody may mean, while they type into the search box."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models.suggestions import suggestions
from ..query import PaperQuery
from .page import asks_for_part, page
from .sign_in import library_view


@require_safe
@library_view
def index(request: HttpRequest) -> HttpResponse:
    """For the page that is there; who comes here by the address alone is led to the papers."""
    query = PaperQuery.from_params(dict(request.GET.lists()))
    if not asks_for_part(request):
        return HttpResponseRedirect(f"{reverse('papers')}?{query.urlencode()}")
    return page(request, "papers/suggestions.html", {"suggestions": suggestions(query, request.user)})
