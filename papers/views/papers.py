"""Papers: browsed by a question, and one alone."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ..highlight import Highlighter
from ..language import Filter
from ..models import Mark, Paper, ReaderState, Recommendation, Tag, User
from ..models.best import BestFirst
from ..models.correction import corrected
from ..models.facets import facets
from ..models.keyset import keyset_page, neighbours
from ..models.on_lists import entries_of
from ..models.papers import PaperQuerySet
from ..models.talk import Talk
from ..models.user import page_size
from ..models.version import versions_of
from ..query import PaperQuery, Sort
from .asked import Asked
from .edition import in_editions, in_editions_and, once
from .hidden import hidden
from .page import away, cursors_of, page
from .rows import dress
from .sign_in import library_view, sign_in

_MOST_FACETS = 10
_ORDERS = {Sort.NEWEST: "Newest first", Sort.OLDEST: "Oldest first", Sort.BEST: "Best match"}


@require_safe
@library_view
@in_editions
def index(request: HttpRequest) -> HttpResponse:
    """The papers that answer the question in the address."""
    asked = Asked.of(request)
    query = asked.query
    if query.speaks_of_reader and not request.user.is_authenticated:
        return sign_in(request)
    library = Paper.objects.visible_to(request.user)
    if paper := _named(query, library):
        return away(request, paper.get_absolute_url())
    found = query.ask(library, request.user)
    cursors = cursors_of(request)
    size = page_size(request.user)
    if best := _best_first(query, library, request.user):
        papers = best.page(size=size, **cursors)
    else:
        papers = keyset_page(found, lambda paper: (paper.position,), size=size, **cursors)
    sort = Sort.BEST if best else Sort.OLDEST if query.sort is Sort.OLDEST else Sort.NEWEST
    ReaderState.objects.attach(request.user, papers.rows)
    dress(request, papers.rows)
    _highlight(query, papers.rows)
    sides = once(request, ("sides", query.params), lambda: _sides(asked, found, request.user))
    context = {
        **sides._asdict(),
        **asked.told,
        "papers": papers.rows,
        "before": papers.before and asked.address(before=papers.before),
        "after": papers.after and asked.address(after=papers.after),
        "described": [tag for tag in Tag.objects.meant(query.tags).values() if tag.description],
        "orders": _orders(asked, sort),
        "sort": sort,
        "here": asked.address(),
        "many": not sides.is_all or sides.counted,
        "marks": [] if query.ignored else Mark.offered(query.state),
    }
    if query and not papers.rows:
        context["correction"] = corrected(query, library, request.user)
        context["ways_out"] = list(asked.ways_out(library, request.user))
    address = asked.address(**cursors)
    return page(request, "papers/index.html", context, regions=["results"], address=address)


def _spoken_of(request: HttpRequest, key: str) -> tuple[()] | None:
    """What colleagues say of a paper changes without an edition; where they say nothing, it is nothing."""
    if not request.user.is_authenticated:
        return ()
    return None if Paper.objects.is_spoken_of(key) else ()


@require_safe
@library_view
@in_editions_and(_spoken_of)
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """One paper; between its neighbours, where the address says which question led to it."""
    library = Paper.objects.visible_to(request.user)
    if not (paper := library.in_detail().prefetch_related("identifiers").in_bulk([key], field_name="key").get(key)):
        taken_in = library.of_former_key(key).first()
        if taken_in is None:
            return hidden(request, key)
        question = request.GET.urlencode()
        return redirect(taken_in.get_absolute_url() + (question and f"?{question}"))  # for now: a merge can be undone
    ReaderState.objects.attach(request.user, [paper])
    asked = Asked.of(request)
    query = asked.query
    context: dict[str, Any] = {
        "paper": paper,
        "address": request.build_absolute_uri(paper.get_absolute_url()),
        "citation": _citation(paper),
        "tags": paper.paper_tags.all().shown_to(request.user),
        "versions": versions_of(paper),
        "on_lists": entries_of(paper, request.user),
        "onward": urlencode({"from": paper.key}),
    }
    if isinstance(request.user, User):
        context["talk"] = Talk(request.user, None, paper)
        context["voices"] = Recommendation.objects.voices([paper])[paper.pk]
    _highlight(query, [paper])
    if query and (request.user.is_authenticated or not query.speaks_of_reader):
        if best := _best_first(query, library, request.user):
            before, after = best.neighbours(paper)
        else:
            before, after = neighbours(query.ask(library, request.user), (paper.position,))
        context |= {"query": query, "question": asked.said, "before": before, "after": after}
    return page(request, "papers/paper.html", context, regions=["pane"])


def _best_first(query: PaperQuery, library: PaperQuerySet, reader: Any) -> BestFirst | None:
    """Where that is asked for and there are words to go by."""
    if query.sort is Sort.BEST and query.node and query.has_words:
        return BestFirst(library, query.node, reader)
    return None


def _orders(asked: Asked, sort: Sort) -> list[tuple[str, str]]:
    """The orders that there are, each with its address; the present one without."""
    orders = [each for each in Sort if each is not Sort.BEST or asked.query.has_words]
    return [(_ORDERS[each], "" if each is sort else asked.address(asked.query.with_("sort", each))) for each in orders]


def _highlight(query: PaperQuery, papers: Iterable[Paper]) -> None:
    """Marks the words that were looked for in what is shown of the papers."""
    highlighter = Highlighter(query.node_of_text)
    for paper in papers:
        paper.title_html = highlighter.title(paper.title_html)
        paper.abstract_html = highlighter.abstract(paper.abstract_html)


def _named(query: PaperQuery, library: PaperQuerySet) -> Paper | None:
    """The one paper whose identifier, or the address of which, is all that was asked."""
    match query.node:
        case Filter("id", value) if query.text == value:
            known = list(query.ask(library)[:2])
            return known[0] if len(known) == 1 else None
    return None


class _Sides(NamedTuple):
    """What stands beside the papers that a question found: how many were counted, and their facets as HTML."""

    counted: int
    is_all: bool
    """Whether there are no more than were counted."""
    facets: str


def _sides(asked: Asked, found: PaperQuerySet, reader: Any) -> _Sides:
    counted = facets(found, reader, most=_MOST_FACETS)
    context = {"facets": asked.facet_links(counted), "counted": counted, "sort": asked.query.sort}
    return _Sides(counted.counted, counted.is_all, render_to_string("components/facets.html", context))


def _citation(paper: Paper) -> list[tuple[str, str]]:
    """The paper as reference managers read it from a page's head."""
    by_scheme = {identifier.scheme: identifier.value for identifier in paper.identifiers.all()}
    given = [
        ("title", paper.title),
        *(("author", author) for author in paper.authors),
        ("publication_date", str(paper.date).replace("-", "/")),
        ("journal_title", paper.venue),
        ("arxiv_id", by_scheme.get("arxiv", "")),
        ("doi", by_scheme.get("doi", "")),
        ("pdf_url", f"https://arxiv.org/pdf/{by_scheme['arxiv']}" if "arxiv" in by_scheme else ""),
    ]
    return [(f"citation_{name}", value) for name, value in given if value]
