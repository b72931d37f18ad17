"""Visits: noted when somebody was answered, once an hour at most, and by no request that failed."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from ..models import User

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def visited[**P](view: View[P]) -> View[P]:
    """A view to which the reader comes: already in its answer their last visit is the one before this."""

    @wraps(view)
    def visit(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader, now = request.user, timezone.now()
        is_due = isinstance(reader, User) and reader.arrive(now)
        response = view(request, *args, **kwargs)
        if isinstance(reader, User) and is_due and response.status_code < 400:
            reader.note_visit(now)
        return response

    return visit
