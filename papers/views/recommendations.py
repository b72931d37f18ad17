"""“Worth reading”: said of a paper in a list to its members, or to all who have signed in; and taken back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import Role
from ..models import Paper, ReadingList, Recommendation, User
from .acts import held, known
from .of_list import list_act
from .page import stood_at
from .sign_in import reader_view


@list_act(Role.VIEWER)
def entry_recommendation(request: HttpRequest, reading_list: ReadingList, paper: str) -> HttpResponse:
    """To the members of a list."""
    there = known(request, paper)
    get_object_or_404(reading_list.entries.shown(), paper=there)
    return _say(
        request, there, reverse("entry_recommendation_removal", args=[reading_list.key, there.key]), reading_list
    )


@list_act(Role.VIEWER)
def entry_recommendation_removal(request: HttpRequest, reading_list: ReadingList, paper: str) -> HttpResponse:
    there = known(request, paper)
    get_object_or_404(reading_list.entries.of_shown_papers(), paper=there)
    return _take_back(request, there, reading_list)


@require_POST
@reader_view
@transaction.atomic
def recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """To all."""
    return _say(request, held(request, key), reverse("recommendation_removal", args=[key]))


@require_POST
@reader_view
@transaction.atomic
def recommendation_removal(request: HttpRequest, key: str) -> HttpResponse:
    return _take_back(request, known(request, key))


def _say(request: HttpRequest, paper: Paper, removal: str, reading_list: ReadingList | None = None) -> HttpResponse:
    assert isinstance(request.user, User)
    if Recommendation.objects.say(paper, request.user, reading_list):
        if reading_list:
            reading_list.next_edition()
        audience = f"the members of “{reading_list}”" if reading_list else "everybody here"
        messages.success(request, f"Told {audience} that it is worth reading.", extra_tags=removal)
    return _back(request, paper)


def _take_back(request: HttpRequest, paper: Paper, reading_list: ReadingList | None = None) -> HttpResponse:
    assert isinstance(request.user, User)
    Recommendation.objects.take_back(paper, request.user, reading_list)
    if reading_list:
        reading_list.next_edition()
    messages.info(request, "Taken back.")
    return _back(request, paper)


def _back(request: HttpRequest, paper: Paper) -> HttpResponse:
    return HttpResponseRedirect(f"{stood_at(request, paper.get_absolute_url())}#worth")
