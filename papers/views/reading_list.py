"""A reading list: its papers, or those of them that answer a question, in one of its orders."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ..highlight import Highlighter
from ..models import ListEntry, Order, Paper, ReadingList, User
from ..models.coverage import CoveredList
from ..models.facets import facets
from ..models.order import InOrder
from ..models.papers import PaperQuerySet
from ..models.roll import Roll
from ..models.talk import Talk
from ..models.user import page_size
from .asked import Asked
from .entries import dress_entries, number, order_of, progress
from .of_list import the_list
from .page import cursors_of, page
from .sign_in import reader_view

_MOST_FACETS = 10


@require_safe
@reader_view
def reading_list(request: HttpRequest, key: str) -> HttpResponse:
    """The papers of a list that answer the question in the address; in the list's order, or in another that is asked
    for."""
    return shelf(request, the_list(request, key), is_asked_for=True)


def shelf(request: HttpRequest, shown: ReadingList, *, is_asked_for: bool = False) -> HttpResponse:
    """The same for whoever has done something there, and so has not gone to another address."""
    assert isinstance(request.user, User)
    order = order_of(shown, request.GET.get("order", ""))
    asked = Asked.of(request, order="" if order == shown.order else order)
    here = asked.address(**cursors_of(request))
    covered = CoveredList(shown)
    takes_part = covered.seen_by(request.user)
    context = {
        "list": shown,
        **asked.told,
        **_entries(request, covered, asked, order, here),
        "orders": _orders(asked, shown, order),
        "here": here,
        "covered": covered if takes_part else None,
        "roll": Roll(shown, covered.members),
        "takes_part": takes_part,
        "talk": Talk(request.user, shown) if shown.mine.may_discuss else None,
        **progress(covered, request.user),
    }
    return page(request, "lists/reading_list.html", context, regions=["shelf"], address=here if is_asked_for else "")


def _entries(request: HttpRequest, covered: CoveredList, asked: Asked, order: str, here: str) -> dict[str, Any]:
    """Those of the page that is asked for, how many there are besides, and the facets of all that were found."""
    assert isinstance(request.user, User)
    shown, reader = covered.list, request.user.on_lists()
    everything = shown.entries.shown()
    on_it = Paper.objects.visible_to(reader).among(everything.values_list("paper", flat=True))
    found = asked.query.ask(on_it, reader).found_in(on_it)
    entries = everything.of_papers(found.values_list("pk", flat=True)) if asked.query else everything
    rows, before, after = InOrder(entries, order).page(shown, size=page_size(reader), **cursors_of(request))
    dress_entries(request, covered, rows, here=here)
    _highlight(asked, rows)
    if not asked.query:
        number(shown, rows, order)
    return {
        "entries": rows,
        "before": before and asked.address(before=before),
        "after": after and asked.address(after=after),
        "size": everything.count(),
        "counted": entries.count(),
        "facets": _facets(asked, found, reader),
    }


def _orders(asked: Asked, shown: ReadingList, present: str) -> list[tuple[str, str]]:
    """The orders that there are, each with its address; the present one without."""
    return [
        (each.label, "" if each == present else Asked(asked.query, asked.place, _beside(each, shown)).address())
        for each in Order
    ]


def _beside(order: str, shown: ReadingList) -> tuple[tuple[str, str], ...]:
    return () if order == shown.order else (("order", order),)


def _facets(asked: Asked, found: PaperQuerySet, reader: User) -> str:
    counted = facets(found, reader, most=_MOST_FACETS)
    counted.of.pop("list", None)  # above all, it would be this one
    context = {"facets": asked.facet_links(counted), "counted": counted}
    return render_to_string("components/facets.html", context)


def _highlight(asked: Asked, entries: Sequence[ListEntry]) -> None:
    highlighter = Highlighter(asked.query.node_of_text)
    for entry in entries:
        entry.paper.title_html = highlighter.title(entry.paper.title_html)
        entry.paper.abstract_html = highlighter.abstract(entry.paper.abstract_html)
