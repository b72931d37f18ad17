"""What a reader sent that could not be done yet: kept in the session until they have signed in again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from time import time
from typing import Self

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import ResolverMatch, resolve

from .. import tabs
from ..access import Reader

_KEY = "pending"
_KEPT_FOR = timedelta(days=1)
#: How much is kept (characters).
_MOST = 150_000


@dataclass(frozen=True)
class Pending:
    """One form, as it was sent to an address."""

    address: str
    fields: Mapping[str, Sequence[str]]
    reader: str
    """The mark of whose page it was sent from: nobody else may do it, or see it."""
    at: float

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What waits in this session to be done by whoever has signed in; what is another's is forgotten."""
        waiting = cls(**request.session[_KEY]) if _KEY in request.session else None
        if not waiting or (waiting.is_of(request.user) and waiting.at > time() - _KEPT_FOR.total_seconds()):
            return waiting
        forget(request)
        return None

    @property
    def match(self) -> ResolverMatch:
        return resolve(self.address)

    @property
    def stood(self) -> str:
        """Where the form stood, if it said so; for `stood_at` to judge."""
        return "".join(self.fields.get("next", [])[:1])

    @property
    def texts(self) -> list[str]:
        """What was written by hand: whatever has several words."""
        return [value for name, values in self.fields.items() if name != "next" for value in values if " " in value]

    def is_of(self, reader: Reader) -> bool:
        return reader.is_authenticated and self.reader == tabs.mark(reader)

    def do(self, request: HttpRequest) -> HttpResponse:
        """Does it once, as if it had just been sent; it waits on only where the database was busy."""
        forget(request)
        match = self.match
        request.resolver_match = match
        request.path = request.path_info = self.address
        request.POST = self._query()  # type: ignore[assignment]
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except OperationalError:
            request.session[_KEY] = asdict(self)
            raise
        return response

    def _query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for name, values in self.fields.items():
            query.setlist(name, list(values))
        return query


def keep(request: HttpRequest) -> bool:
    """Keeps what was sent, if it was sent to a reader's view and is certainly from their own page."""
    match = request.resolver_match
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if not getattr(match and match.func, "is_kept", False) or request.FILES or not _may_be_kept(fields):
        return False
    waiting = Pending(request.path, fields, tabs.whose(request), time())
    if not waiting.reader or not (request.user.is_anonymous or waiting.is_of(request.user)):
        return False
    request.session[_KEY] = asdict(waiting)
    if request.user.is_anonymous:
        request.session.set_expiry(_KEPT_FOR)
    return True


def _may_be_kept(fields: Mapping[str, Sequence[str]]) -> bool:
    """No passwords, and not without bound."""
    size = sum(len(value) for values in fields.values() for value in values)
    return size <= _MOST and not any("password" in name for name in fields)


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
