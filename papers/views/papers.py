"""Papers: browsed by a question, and one alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..highlight import Highlighter
from ..language import Filter, say
from ..models import FormerKey, Mark, Paper, ReaderState, Source, Tag
from ..models.facets import SAMPLE, Facets, facets
from ..models.keyset import keyset_page, neighbours
from ..models.paper import PaperQuerySet
from ..query import PaperQuery, Sort
from .page import away, page
from .sign_in import library_view, sign_in

PAGE_SIZE = 25
_MOST_FACETS = 10
_MOST_WAYS_OUT = 8
_FACETS = {"is": "My state", "tag": "Tags", "year": "Year", "source": "Digests", "author": "Authors"}


@require_safe
@library_view
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
    papers = keyset_page(found.in_detail(), lambda paper: (paper.position,), size=PAGE_SIZE, **cursors)
    ReaderState.objects.attach(request.user, papers.rows)
    _highlight(query, papers.rows)
    counted = facets(found, request.user, most=_MOST_FACETS)
    names = _names(query)
    context = {
        "query": query,
        "question": query.said(names),
        "aloud": query.node_of_text and say(query.node_of_text, names),
        "chips": [(said, _address(rest)) for said, rest in query.chips(names) if rest.text == query.text],
        "papers": papers.rows,
        "counted": counted,
        "facets": _facet_links(query, counted),
        "before": papers.before and _address(query, before=papers.before),
        "after": papers.after and _address(query, after=papers.after),
        "marks": [] if query.ignored else Mark.offered(query.state),
        "other_order": _address(query.with_("sort", Sort.NEWEST if query.sort is Sort.OLDEST else Sort.OLDEST)),
    }
    if query and not papers.rows:
        context["ways_out"] = list(_ways_out(query, names, library, request.user))
    address = _address(query, **{side: cursor for side, cursor in cursors.items() if cursor})
    return page(request, "papers/index.html", context, regions=["results"], address=address)


@require_safe
@library_view
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """One paper; between its neighbours, where the address says which question led to it."""
    library = Paper.objects.visible_to(request.user)
    if former := FormerKey.objects.select_related("paper").in_bulk([key], field_name="key").get(key):
        question = request.GET.urlencode()
        return HttpResponsePermanentRedirect(former.paper.get_absolute_url() + (question and f"?{question}"))
    paper = get_object_or_404(library.in_detail().prefetch_related("identifiers"), key=key)
    ReaderState.objects.attach(request.user, [paper])
    query = PaperQuery.from_params(dict(request.GET.lists()))
    context: dict[str, Any] = {
        "paper": paper,
        "address": request.build_absolute_uri(paper.get_absolute_url()),
        "citation": _citation(paper),
    }
    _highlight(query, [paper])
    if query and (request.user.is_authenticated or not query.speaks_of_reader):
        before, after = neighbours(query.ask(library, request.user), (paper.position,))
        context |= {"query": query, "question": query.said(_names(query)), "before": before, "after": after}
    return page(request, "papers/paper.html", context, regions=["pane"])


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
    tags = Tag.objects.in_bulk(asked["tag"], field_name="slug")
    sources = Source.objects.in_bulk(asked["source"], field_name="slug")
    return {("tag", slug): tag.name for slug, tag in tags.items()} | {
        ("source", slug): source.name for slug, source in sources.items()
    }


def _address(query: PaperQuery, **cursors: str) -> str:
    parameters = urlencode([*query.params, *cursors.items()])
    return f"{reverse('papers')}?{parameters}" if parameters else reverse("papers")
