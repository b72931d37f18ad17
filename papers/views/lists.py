"""Reading lists: those that somebody sees, and one of them with its papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from ..forms import ListForm
from ..highlight import Highlighter
from ..models import ListEntry, Membership, Order, Paper, ReadingList, User
from ..models.coverage import CoveredList
from ..models.facets import facets
from ..models.holdings import sized
from ..models.order import InOrder
from ..models.roll import Roll
from ..models.talk import Talk
from ..models.user import page_size
from .asked import Asked
from .entries import dress_entries, number, order_of, progress
from .of_list import the_list
from .page import cursors_of, page
from .sign_in import reader_view

_MOST_FACETS = 10


@require_http_methods(["GET", "HEAD", "POST"])
@reader_view
def index(request: HttpRequest) -> HttpResponse:
    """One's own, those that are shared with one, and those of the site; by POST a new one is made."""
    assert isinstance(request.user, User)
    form = ListForm(request.POST if request.method == "POST" else None, owner=request.user)
    if made := form.saved():
        return HttpResponseRedirect(made.get_absolute_url())
    return page(request, "lists/index.html", {"form": form, **_lists(request.user)})


@require_safe
@reader_view
def reading_list(request: HttpRequest, key: str) -> HttpResponse:
    """The papers of a list that answer the question in the address; in the list's order, or in another that is asked
    for."""
    return shelf(request, the_list(request, key), is_asked_for=True)


def shelf(request: HttpRequest, shown: ReadingList, *, is_asked_for: bool = False) -> HttpResponse:
    """The same for whoever has done something there, and so has not gone to another address."""
    assert isinstance(request.user, User)
    reader = request.user.on_lists()
    order = order_of(shown, request.GET.get("order", ""))
    asked = Asked.of(request, order="" if order == shown.order else order)
    everything = shown.entries.shown()
    on_it = Paper.objects.visible_to(reader).among(everything.values_list("paper", flat=True))
    found = asked.query.ask(on_it, reader).found_in(on_it)
    entries = everything.of_papers(found.values_list("pk", flat=True)) if asked.query else everything
    cursors = cursors_of(request)
    rows = InOrder(entries, order).page(shown, size=page_size(reader), **cursors)
    covered = CoveredList(shown)
    takes_part = covered.seen_by(reader)
    address = asked.address(**cursors)
    dress_entries(request, covered, rows.rows, here=address)
    _highlight(asked, rows.rows)
    if not asked.query:
        number(shown, rows.rows, order)
    context = {
        "list": shown,
        "query": asked.query,
        "question": asked.said,
        "aloud": asked.aloud,
        "chips": asked.chips,
        "cleared": asked.cleared,
        "entries": rows.rows,
        "before": rows.before and asked.address(before=rows.before),
        "after": rows.after and asked.address(after=rows.after),
        "size": everything.count(),
        "counted": entries.count(),
        "orders": _orders(asked, shown, order),
        "here": address,
        "facets": _facets(asked, found, reader),
        "covered": covered if takes_part else None,
        "roll": Roll(shown, covered.members),
        "takes_part": takes_part,
        "talk": Talk(request.user, shown) if shown.mine.may_discuss else None,
        **progress(covered, request.user),
    }
    pushed = address if is_asked_for else ""
    return page(request, "lists/reading_list.html", context, regions=["shelf"], address=pushed)


def _orders(asked: Asked, shown: ReadingList, present: str) -> list[tuple[str, str]]:
    """The orders that there are, each with its address; the present one without."""
    return [
        (each.label, "" if each == present else Asked(asked.query, asked.place, _beside(each, shown)).address())
        for each in Order
    ]


def _beside(order: str, shown: ReadingList) -> tuple[tuple[str, str], ...]:
    return () if order == shown.order else (("order", order),)


def _facets(asked: Asked, found: Any, reader: User) -> str:
    counted = facets(found, reader, most=_MOST_FACETS)
    counted.of.pop("list", None)  # above all, it would be this one
    context = {"facets": asked.facet_links(counted), "counted": counted}
    return render_to_string("components/facets.html", context)


def _highlight(asked: Asked, entries: list[ListEntry]) -> None:
    highlighter = Highlighter(asked.query.node_of_text)
    for entry in entries:
        entry.paper.title_html = highlighter.title(entry.paper.title_html)
        entry.paper.abstract_html = highlighter.abstract(entry.paper.abstract_html)


def _lists(reader: User) -> dict[str, Any]:
    lists = sized(ReadingList.objects.of_member(reader), reader)
    others = sized(ReadingList.objects.visible_to(reader).apart_from(reader).standing(), reader)
    return {
        "own": [each for each in lists.standing() if each.owner_id == reader.pk],
        "shared": [each for each in lists.standing() if each.owner_id != reader.pk],
        "site": list(others),
        "archived": list(lists.archived()),
        "offers": list(Membership.objects.offered_to(reader).told()),
    }
