"""Papers: browsed by a question, and one alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..highlight import Highlighter
from ..language import Filter, say
from ..models import Mark, Paper, ReaderState, Source, Tag
from ..models.best import BestFirst
from ..models.correction import corrected
from ..models.facets import SAMPLE, Facets, facets
from ..models.keyset import keyset_page, neighbours
from ..models.papers import PaperQuerySet
from ..models.user import page_size
from ..models.version import versions_of
from ..query import PaperQuery, Sort
from .edition import in_editions, once
from .hidden import hidden
from .page import away, page
from .rows import dress
from .sign_in import library_view, sign_in

_MOST_FACETS = 10
_MOST_WAYS_OUT = 8
_ORDERS = {Sort.NEWEST: "Newest first", Sort.OLDEST: "Oldest first", Sort.BEST: "Best match"}
_FACETS = {"is": "My state", "tag": "Tags", "year": "Year", "source": "Digests", "author": "Authors"}


@require_safe
@library_view
@in_editions
def index(request: HttpRequest) -> HttpResponse:
    """The papers that answer the question in the address."""
    query = PaperQuery.from_params(dict(request.GET.lists()))
    if query.speaks_of_reader and not request.user.is_authenticated:
        return sign_in(request)
    library = Paper.objects.visible_to(request.user)
    if paper := _named(query, library):
        return away(request, paper.get_absolute_url())
    found = query.ask(library, request.user)
    cursors = {side: request.GET.get(side, "") for side in ("after", "before")}
    size = page_size(request.user)
    if best := _best_first(query, library, request.user):
        papers = best.page(size=size, **cursors)
    else:
        papers = keyset_page(found, lambda paper: (paper.position,), size=size, **cursors)
    sort = Sort.BEST if best else Sort.OLDEST if query.sort is Sort.OLDEST else Sort.NEWEST
    ReaderState.objects.attach(request.user, papers.rows)
    dress(request, papers.rows)
    _highlight(query, papers.rows)
    sides = once(request, ("sides", query.params), lambda: _sides(query, found, request.user))
    names = _names(query)
    context = {
        **sides._asdict(),
        "query": query,
        "question": query.said(names),
        "aloud": query.node_of_text and say(query.node_of_text, names),
        "chips": [(said, _address(rest)) for said, rest in query.chips(names) if rest.text == query.text],
        "papers": papers.rows,
        "before": papers.before and _address(query, before=papers.before),
        "after": papers.after and _address(query, after=papers.after),
        "described": [tag for tag in Tag.objects.meant(query.tags).values() if tag.description],
        "orders": _orders(query, sort),
        "sort": sort,
        "here": _address(query),
        "many": not sides.is_all or sides.counted,
        "marks": [] if query.ignored else Mark.offered(query.state),
    }
    if query and not papers.rows:
        context["correction"] = corrected(query, library, request.user)
        context["ways_out"] = list(_ways_out(query, names, library, request.user))
    address = _address(query, **{side: cursor for side, cursor in cursors.items() if cursor})
    return page(request, "papers/index.html", context, regions=["results"], address=address)


@require_safe
@library_view
@in_editions
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
    query = PaperQuery.from_params(dict(request.GET.lists()))
    context: dict[str, Any] = {
        "paper": paper,
        "address": request.build_absolute_uri(paper.get_absolute_url()),
        "citation": _citation(paper),
        "tags": paper.paper_tags.all().shown_to(request.user),
        "versions": versions_of(paper),
        "onward": urlencode({"from": paper.key}),
    }
    _highlight(query, [paper])
    if query and (request.user.is_authenticated or not query.speaks_of_reader):
        if best := _best_first(query, library, request.user):
            before, after = best.neighbours(paper)
        else:
            before, after = neighbours(query.ask(library, request.user), (paper.position,))
        context |= {"query": query, "question": query.said(_names(query)), "before": before, "after": after}
    return page(request, "papers/paper.html", context, regions=["pane"])


def _best_first(query: PaperQuery, library: PaperQuerySet, reader: Any) -> BestFirst | None:
    """Where that is asked for and there are words to go by."""
    if query.sort is Sort.BEST and query.node and query.has_words:
        return BestFirst(library, query.node, reader)
    return None


def _orders(query: PaperQuery, sort: Sort) -> list[tuple[str, str]]:
    """The orders that there are, each with its address; the present one without."""
    orders = [each for each in Sort if each is not Sort.BEST or query.has_words]
    return [(_ORDERS[each], "" if each is sort else _address(query.with_("sort", each))) for each in orders]


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


type _Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class FacetLink:
    """A value of a facet that a click adds to the question, or takes from it."""

    name: str
    count: int
    is_asked: bool
    address: str


class _Sides(NamedTuple):
    """What stands beside the papers that a question found: how many were counted, and their facets as HTML."""

    counted: int
    is_all: bool
    """Whether there are no more than were counted."""
    facets: str


def _sides(query: PaperQuery, found: PaperQuerySet, reader: Any) -> _Sides:
    counted = facets(found, reader, most=_MOST_FACETS)
    context = {"facets": _facet_links(query, counted), "counted": counted, "sort": query.sort}
    return _Sides(counted.counted, counted.is_all, render_to_string("components/facets.html", context))


def _facet_links(query: PaperQuery, counted: Facets) -> list[tuple[str, list[FacetLink]]]:
    return [
        (
            title,
            [
                FacetLink(
                    facet.name,
                    facet.count,
                    asked := query.has(parameter, facet.value),
                    _address(query.without(parameter, facet.value) if asked else query.with_(parameter, facet.value)),
                )
                for facet in counted.of[parameter]
            ],
        )
        for parameter, title in _FACETS.items()
        if parameter in counted.of
    ]


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


def _ways_out(query: PaperQuery, names: _Names, library: PaperQuerySet, reader: Any) -> Iterator[tuple[str, str, int]]:
    """Where nothing matches: each part of the question, the address without it, and how many papers that finds."""
    for said, rest in query.parts(names)[:_MOST_WAYS_OUT]:
        yield said, _address(rest), rest.ask(library, reader)[: SAMPLE + 1].count()


def _names(query: PaperQuery) -> _Names:
    """What people call the tags and sources that a question knows by their slugs."""
    asked: dict[str, set[str]] = {"tag": set(), "source": set()}
    for each in query.filters:
        if each.name in asked:
            asked[each.name].add(each.value)
    tags = Tag.objects.meant(asked["tag"])
    sources = Source.objects.in_bulk(asked["source"], field_name="slug")
    return {("tag", slug): tag.name for slug, tag in tags.items()} | {
        ("source", slug): source.name for slug, source in sources.items()
    }


def _address(query: PaperQuery, **cursors: str) -> str:
    parameters = urlencode([*query.params, *cursors.items()])
    return f"{reverse('papers')}?{parameters}" if parameters else reverse("papers")
