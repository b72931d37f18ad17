"""Weeks and months: the papers of all their digests, each once, with who named it."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..access import Reader
from ..dates import PartialDate, Period, Week
from ..models import Digest, Paper, ReaderState, User
from ..models.digest import DigestQuerySet, Left
from ..models.keyset import keyset_page
from ..models.left import attach_left
from ..models.user import page_size
from ..query import PaperQuery
from .edition import in_editions, once
from .page import cursors_of, page
from .rows import dress
from .sign_in import library_view


@require_safe
@library_view
@in_editions
def week(request: HttpRequest, year: int, number: int) -> HttpResponse:
    return _period(request, Week.parse(f"{year}-w{number}"))


@require_safe
@library_view
@in_editions
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _period(request, PartialDate.parse(f"{year}-{month}"))


def _period(request: HttpRequest, period: Period | None) -> HttpResponse:
    if period is None:
        raise Http404("There is no such time.")
    query = PaperQuery(text=f"in:{period}")
    found = query.ask(Paper.objects.visible_to(request.user), request.user)
    papers = keyset_page(found, lambda paper: (paper.position,), size=page_size(request.user), **cursors_of(request))
    ReaderState.objects.attach(request.user, papers.rows)
    dress(request, papers.rows)
    digests = Digest.objects.visible_to(request.user)
    digests_of_period = digests.between(period.first_day, period.last_day).select_related("source")
    of_period = once(request, ("digests", str(period)), lambda: _digests(digests_of_period, request.user))
    like = _week_of if isinstance(period, Week) else _month_of
    before, after = digests.before(period.first_day).first(), digests.after(period.last_day).first()
    context = {
        "period": period,
        "query": query,
        "papers": papers,
        "digests": of_period,
        "left": Left(sum(digest.has_left for digest in of_period), len(of_period)),
        "before": before and like(before.date),
        "after": after and like(after.date),
        "other": _month_of(period.first_day) if isinstance(period, Week) else _week_of(period.first_day),
    }
    return page(request, "digests/period.html", context)


def _digests(digests: DigestQuerySet, reader: Reader) -> list[Digest]:
    """With what is left of them to the reader."""
    if not isinstance(reader, User):
        return list(digests)
    known = list(digests.with_something_left_for(reader))
    attach_left(reversed(known), reader)
    return known


def _week_of(day: dt.date) -> tuple[str, str]:
    """The week that a day lies in, as one says it, and where its page is."""
    week = Week.of(day)
    return week.said, reverse("week", args=[week.year, week.number])


def _month_of(day: dt.date) -> tuple[str, str]:
    return PartialDate.of(day, "month").said, reverse("month", args=[day.year, day.month])
