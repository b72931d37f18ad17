"""The door of a reading list: whoever comes to one of its pages, or does something on it, comes by here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import Role
from ..exchange.refusal import Refused
from ..models import ReadingList
from .page import away, stood_at
from .sign_in import reader_view

type Act[**P] = Callable[Concatenate[HttpRequest, ReadingList, P], HttpResponse]


def the_list(request: HttpRequest, key: str, needed: Role = Role.NONE) -> ReadingList:
    """The list with this key, as the reader knows it: 404 where they may not see it, 403 where their role on it is less
    than what is needed."""
    reading_list = get_object_or_404(ReadingList.objects.visible_to(request.user), key=key)
    if reading_list.mine < needed:
        raise PermissionDenied
    return reading_list


def standing(reading_list: ReadingList) -> None:
    """Raises Refused where a list is in the archive, in which it can be read and not changed."""
    if not reading_list.is_standing:
        raise Refused("This list is in the archive, and stays as it is. Its owner can bring it back.")


@contextmanager
def changing(request: HttpRequest, key: str, needed: Role, *, in_archive: bool = False) -> Iterator[ReadingList]:
    """The list with this key, to be changed: one act on it at a time, all of it or none, by who has the role that it
    needs once it is their turn, whatever was so when the page was made. Raises Refused where it is in the archive."""
    the_list(request, key, needed)  # nobody waits who may do nothing
    with transaction.atomic():
        ReadingList.objects.hold(key)
        reading_list = the_list(request, key, needed)
        if not in_archive:
            standing(reading_list)
        yield reading_list


def list_act[**P](
    needed: Role, *, in_archive: bool = False
) -> Callable[[Act[P]], Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]]:
    """Something that is done on a list, by POST, by whoever has the role that it needs: one act on a list at a time,
    all of it or none. What is refused, as by what somebody else did meanwhile, is said where the form stood."""

    def of(act: Act[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
        @wraps(act)
        def done(request: HttpRequest, /, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                with changing(request, key, needed, in_archive=in_archive) as reading_list:
                    return act(request, reading_list, *args, **kwargs)
            except Refused as refused:
                messages.error(request, str(refused))
                return away(request, stood_at(request, reverse("reading_list", args=[key])))

        return require_POST(reader_view(done))  # type: ignore[return-value]

    return of
