"""Digests: the newest, the one of a day, and all of them."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ..access import Reader
from ..language import State
from ..models import Digest, Mark, Paper, ReaderState, User
from ..models.arrivals import arrivals
from ..models.digest import DigestQuerySet
from ..models.keyset import KeysetPage, keyset_page
from ..models.left import attach_left
from ..models.user import page_size
from .activity import news
from .edition import in_editions, in_editions_and, once
from .page import cursors_of, page
from .rows import dress
from .sign_in import library_view, sign_in

_STRIP = 17
_AHEAD = 8
_INDEX_SIZE = 60
#: So many digests of the same day are named; the month names all.
_MOST_SIBLINGS = 12


@require_safe
@library_view
@in_editions_and(news)
def today(request: HttpRequest) -> HttpResponse:
    """The newest digest, or how to load the first."""
    digests = Digest.objects.visible_to(request.user).newest_first()
    newest = digests.sent().first() or digests.first()
    if newest is None:
        return page(request, "digests/none.html", {})
    return _digest(request, newest, since=_since_html(request), news=news(request))


@require_safe
@library_view
@in_editions
def index(request: HttpRequest) -> HttpResponse:
    """All digests, newest first."""
    cursors = cursors_of(request)
    digests = once(request, ("digests", cursors), lambda: _listed(request.user, **cursors))
    return page(request, "digests/index.html", {"digests": digests})


def _listed(reader: Reader, **cursors: str) -> KeysetPage[Digest]:
    """A page of all digests, with what is left of them to the reader."""
    ordered = Digest.objects.visible_to(reader).newest_first()
    if isinstance(reader, User):
        ordered = ordered.with_something_left_for(reader)
    digests = keyset_page(ordered, lambda digest: (digest.date, digest.pk), size=_INDEX_SIZE, **cursors)
    if isinstance(reader, User):
        attach_left(digests.rows, reader)
    return digests


@require_safe
@library_view
@in_editions
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The first digest of a day; its page links to the others. A day without any says so."""
    date = _date(year, month, day)
    digests = Digest.objects.visible_to(request.user)
    if digest := digests.on(date).first():
        return _digest(request, digest)
    context = {"date": date, "before": digests.before(date).first(), "after": digests.after(date).first()}
    return page(request, "digests/no_digest.html", context)


@require_safe
@library_view
@in_editions
def digest(request: HttpRequest, year: int, month: int, day: int, source: str) -> HttpResponse:
    """One source's digest of a day."""
    digest = Digest.objects.visible_to(request.user).on(_date(year, month, day)).of(source).first()
    if digest is None:
        raise Http404("No digest of this source on this day.")
    return _digest(request, digest)


def _digest(request: HttpRequest, digest: Digest, *, since: str = "", news: int = 0) -> HttpResponse:
    """At the paper whose key stands in the address as `at`, or as the cursors have it."""
    digests = Digest.objects.visible_to(request.user)
    only_left = request.GET.get("is") == State.UNREAD
    if only_left and not request.user.is_authenticated:
        return sign_in(request)
    reader = request.user if isinstance(request.user, User) else None
    size = page_size(request.user)
    cursors = cursors_of(request)
    key = request.GET.get("at")
    if at := digest.entries.listed().in_order().of_key(key).first() if key else None:
        cursors = {"after": digest.entries.start_of_page(at, size), "before": ""}
    shown = digest.entries_left_for(reader) if only_left and reader else digest.entries.listed()
    entries = keyset_page(shown.in_order(), lambda entry: (entry.place, entry.pk), size=size, **cursors)
    papers = [entry.paper for entry in entries.rows]
    siblings = [sibling for sibling in digests.on(digest.date) if sibling != digest]
    ReaderState.objects.attach(request.user, papers)
    dress(request, papers, digest=digest)
    unread = [paper for paper in papers if paper.mine and paper.mine.is_unread]
    context = {
        "digest": digest,
        "siblings": siblings[:_MOST_SIBLINGS],
        "more": len(siblings[_MOST_SIBLINGS:]),
        "entries": entries,
        "opened": next((paper for paper in unread if at and paper.pk == at.paper_id), next(iter(unread), None)),
        "onward": _onward(digest, past=at.paper if at else None, first=next(iter(papers), None)),
        "onward_from_end": _onward(digest, past=papers[-1] if papers else None),
        "only_left": only_left,
        "since": since,
        "news": news,
        "papers": papers,
        "many": digest.size,
        "here": request.get_full_path(),
        "marks": Mark.offered(State.UNREAD if only_left else None),
        "left": once(request, ("left", digest.pk), lambda: digest.left_for(reader)) if reader else None,
        "strip": once(request, ("strip", digest.pk), lambda: _strip_html(digest, digests, reader)),
    }
    return page(request, "digests/digest.html", context)


def _onward(digest: Digest, *, past: Paper | None, first: Paper | None = None) -> str:
    """What to ask of `next_unread` on a digest's page: behind the paper, or from the first of the page on."""
    at = {"from": past.key} if past else {"first": first.key} if first else {}
    return urlencode({"digest": digest.pk, **at})


def _since_html(request: HttpRequest) -> str:
    """What has come in since the reader's last visit, or, on their first, what they have before them."""
    reader = request.user
    if not isinstance(reader, User):
        return ""

    def html() -> str:
        came = arrivals(Paper.objects.visible_to(reader), reader) if reader.visited_before else None
        return render_to_string("components/since.html", {"reader": reader, "arrivals": came})

    return once(request, "since", html)


class Day(NamedTuple):
    """A day in the strip: its digest, if it has one, and whether something in it is left."""

    date: dt.date
    digest: Digest | None
    has_left: bool


class Strip(NamedTuple):
    """A run of days, and the nearest digests on either side of it."""

    days: list[Day]
    earlier: Digest | None
    later: Digest | None


def _strip_html(digest: Digest, digests: DigestQuerySet, reader: User | None) -> str:
    return render_to_string("components/days.html", {"digest": digest, "strip": _strip(digest, digests, reader)})


def _strip(digest: Digest, digests: DigestQuerySet, reader: User | None) -> Strip:
    """The days around a digest, so that it is the last where it is the newest."""
    newest = digests.newest_first().first() or digest
    last = min(newest.date, digest.date + dt.timedelta(days=_AHEAD))
    first = last - dt.timedelta(days=_STRIP - 1)
    window = digests.between(first, last)
    on_day: dict[dt.date, list[Digest]] = defaultdict(list)
    for each in window.with_something_left_for(reader) if reader else window:
        on_day[each.date].append(each)
    days = [
        Day(date, next(iter(on_day[date]), None), any(each.has_left for each in on_day[date]))
        for date in (first + dt.timedelta(days=n) for n in range(_STRIP))
    ]
    return Strip(days, digests.before(first).first(), digests.after(last).first())


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Http404("There is no such day.") from None
