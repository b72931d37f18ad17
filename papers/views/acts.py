"""What somebody gets after an act: it is said, with its undo, and what stands in the page follows."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator

from ..dates import PartialDate
from ..models import Entry, ListEntry, Mark, Marking, Paper, ReaderState, User
from ..models.coverage import CoveredList
from ..query import PaperQuery
from .entries import dress_entries, number, order_of, progress
from .of_list import the_list
from .page import asks_for_part, away, page, stood_at
from .rows import dress

_LONGEST_TITLE = 60


def tell(request: HttpRequest, marking: Marking, paper: Paper | None = None, among: str = "") -> None:
    """Says what was done, and offers to take it back; with one paper, or with those that were `among` something."""
    said = _said_of_one(marking, paper) if paper else _said(marking, among)
    messages.success(request, said, extra_tags=reverse("marking_removal", args=[marking.pk]))


def entry_at(request: HttpRequest, paper: Paper, at: Mapping[str, Any]) -> Entry | ListEntry | None:
    """The entry of the digest or of the reading list in whose page the paper stands, if it is one's; none where it was
    taken off the list meanwhile, or the reader was: the mark is theirs all the same."""
    if at["list"]:
        with suppress(Http404):
            reading_list = the_list(request, at["list"])
            entry = get_object_or_404(reading_list.entries.shown(), paper=paper)
            entry.reading_list, entry.paper = reading_list, paper
            return entry
        return None
    return get_object_or_404(paper.entries.listed(), digest__id=at["digest"]) if at["digest"] else None


def known(request: HttpRequest, key: str) -> Paper:
    """The paper of a page that may have grown old: what was merged since is known by the key that it had there."""
    if paper := Paper.objects.visible_to(request.user).at(key):
        return paper
    raise Http404("There is no such paper.")


def held(request: HttpRequest, key: str) -> Paper:
    """The same, which nobody merges or deletes until the end of the transaction, as something is about to be said of
    it."""
    try:
        return Paper.objects.visible_to(request.user).held(key)
    except Paper.DoesNotExist as gone:
        raise Http404("There is no such paper.") from gone


def gone(request: HttpRequest) -> HttpResponse:
    """The paper went while somebody marked it."""
    messages.error(request, "Nothing was marked: the paper is no longer in the library.")
    return away(request, stood_at(request, reverse("papers")))


def marked(
    request: HttpRequest, paper: Paper, at: Mapping[str, Any], entry: Entry | ListEntry | None, **context: Any
) -> HttpResponse:
    """htmx gets each place anew where the paper stands in the page, a plain form the page where it stood."""
    assert isinstance(request.user, User)
    if at["list"] and not entry:
        messages.warning(request, "It stands no longer on the list where you marked it. This is its own page.")
        return away(request, paper.get_absolute_url())
    here = stood_at(request, paper.get_absolute_url())
    if not asks_for_part(request):
        return HttpResponseRedirect(f"{here}#row-{paper.key}")
    match = request.resolver_match
    if match and match.kwargs.get("key", paper.key) != paper.key:  # in the page it is another
        return away(request, here)
    context |= {"paper": paper, "here": here, "at": at, "oob": True, "heading": 2, "entry": entry}
    context |= (
        _on_list(request, entry, paper, here) if isinstance(entry, ListEntry) else _row(request, entry, paper, here)
    )
    context["lead"] = at["lead"] and paper.mine and paper.mine.is_unread
    return page(request, "components/marked.html", context)


def _on_list(request: HttpRequest, entry: ListEntry, paper: Paper, here: str) -> dict[str, Any]:
    """The paper dressed for a page of its list, and what else of that follows."""
    assert isinstance(request.user, User)
    entry.paper = paper  # which may be another by now
    covered = CoveredList(entry.reading_list)
    dress_entries(request, covered, [entry], here=here)
    asked = urlsplit(here).query
    _number(entry, asked)
    query = PaperQuery.from_text(asked)
    return {"list": entry.reading_list, "query": query, **progress(covered, request.user)}


def _row(request: HttpRequest, entry: Entry | None, paper: Paper, here: str) -> dict[str, Any]:
    """The same for a page of a digest, or of papers that a question found."""
    assert isinstance(request.user, User)
    ReaderState.objects.attach(request.user, [paper])
    dress(request, [paper], digest=entry.digest if entry else None, here=here)
    if entry:
        return {"left": entry.digest.left_for(request.user)}
    return {"query": PaperQuery.from_text(urlsplit(here).query)}


def _number(entry: ListEntry, asked: str) -> None:
    """As the page has it in which the row stands, if that shows all of the list."""
    params = parse_qs(asked)
    if not PaperQuery.from_params(params):
        number(entry.reading_list, [entry], order_of(entry.reading_list, params.get("order", [""])[0]))


def titled(paper: Paper) -> str:
    """Its title in what is told, which is short."""
    return f"“{Truncator(paper.title).chars(_LONGEST_TITLE)}”"


def _said_of_one(marking: Marking, paper: Paper) -> str:
    title, mine = titled(paper), paper.mine
    match marking.mark:
        case Mark.NOTED:
            return f"Saved your note on {title}." if mine and mine.note else f"Removed your note on {title}."
        case Mark.RATED:
            return f"Rated {title} {mine.rating} of 5." if mine and mine.rating else f"Removed your rating of {title}."
        case _:
            return f"Marked {title} as {marking.get_mark_display()}."


def _said(marking: Marking, among: str) -> str:
    if marking.caught_up_to:
        return f"Marked everything up to {PartialDate.of(marking.caught_up_to).said} as read."
    papers = "1 paper" if marking.count == 1 else f"{intcomma(marking.count)} papers"
    return f"Marked {papers}{among} as {marking.get_mark_display()}."
