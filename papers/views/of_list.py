"""The door of a reading list: whoever comes to one of its pages, or does something on it, comes by here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..access import Role
from ..exchange.refusal import Refused
from ..models import ReadingList
from .page import stood_at
from .sign_in import reader_view

type Act[**P] = Callable[Concatenate[HttpRequest, ReadingList, P], HttpResponse]

_ARCHIVED = "This list is in the archive, and stays as it is. Its owner can bring it back."


def the_list(request: HttpRequest, key: str, needed: Role = Role.NONE) -> ReadingList:
    """The list with this key, as the reader knows it: 404 where they may not see it, 403 where their role on it is less
    than what is needed."""
    reading_list = get_object_or_404(ReadingList.objects.visible_to(request.user), key=key)
    if reading_list.mine < needed:
        raise PermissionDenied
    return reading_list


def list_act[**P](
    needed: Role, *, in_archive: bool = False
) -> Callable[[Act[P]], Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]]:
    """Something that is done on a list, by POST, by whoever has the role that it needs: one act on a list at a time,
    all of it or none. What is refused, as by what somebody else did meanwhile, is said where the form stood."""

    def of(act: Act[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
        @wraps(act)
        def done(request: HttpRequest, /, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            reading_list = the_list(request, key, needed)
            try:
                with transaction.atomic():
                    reading_list.lock()
                    if not (in_archive or reading_list.is_standing):
                        raise Refused(_ARCHIVED)
                    return act(request, reading_list, *args, **kwargs)
            except Refused as refused:
                messages.error(request, str(refused))
                return HttpResponseRedirect(stood_at(request, reading_list.get_absolute_url()))

        return require_POST(reader_view(done))  # type: ignore[return-value]

    return of
