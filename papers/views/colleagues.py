"""Colleagues: whom somebody may mean who mentions them in what they write."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..access import Role
from ..models import User
from ..models.colleagues import mentionable
from ..models.talk import Talk
from ..talk_forms import MentionForm
from .of_list import the_list
from .page import asks_for_part, page
from .sign_in import reader_view


@require_safe
@reader_view
def index(request: HttpRequest) -> HttpResponse:
    """Those who may read what is said in the place where it is written; for the page that is there."""
    assert isinstance(request.user, User)
    form = MentionForm(request.GET)
    form.is_valid()
    who, key = form.cleaned_data.get("who", ""), form.cleaned_data.get("list", "")
    talk = Talk(request.user, the_list(request, key, Role.VIEWER) if key else None)
    if not asks_for_part(request):
        return HttpResponseRedirect(reverse("activity"))
    found = mentionable(who, talk.people, by=request.user)
    return page(request, "talk/mentions.html", {"found": found})
