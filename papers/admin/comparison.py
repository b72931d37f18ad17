"""Two papers compared: shown beside each other, and made one or kept apart, which can be undone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from ..exchange.duplicates import compare_all, compare_decided
from ..exchange.likeness import likeness
from ..exchange.refusal import Refused
from ..exchange.taking_back import take_back
from ..exchange.traits import Traits
from ..language import Filter
from ..models import Change, LikelyDuplicate, Paper
from ..text import storable
from .bounded import counted, is_id, said
from .curator import person, reason
from .decisions import DECISIONS, compared, decide
from .side_by_side import rows

#: So many papers are looked through by one press of a button, which takes a few seconds.
LOOKED_THROUGH = 1_000
_MOST_DONE, _LONGEST = 50, 1_000


def addresses(desk: Any) -> list[URLPattern]:
    """Each for those only who may decide; the desk of likely duplicates says who they are."""
    views = {"compare": _compare, "undo": _undo, "look": _look}

    def guarded(view: Callable[[Any, HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        def of_those_who_decide(request: HttpRequest) -> HttpResponse:
            if not desk.has_decide_permission(request):
                raise PermissionDenied
            if request.method != "POST" and view is not _compare:
                return HttpResponseNotAllowed(["POST"])
            return view(desk, request)

        return desk.admin_site.admin_view(of_those_who_decide)  # type: ignore[no-any-return]

    return [path(f"{name}/", guarded(view), name=f"papers_likelyduplicate_{name}") for name, view in views.items()]


def _compare(desk: Any, request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    named = {name: storable(given.get(name, "")).strip()[:_LONGEST] for name in ("first", "second")}
    papers = _papers(request, named.values())
    if request.method != "POST":
        return _side_by_side(desk, request, papers, named)
    if len(papers) < 2 or given.get("decision") not in DECISIONS:
        return HttpResponseRedirect(compared(papers))
    pair = LikelyDuplicate.objects.between(*papers).first()
    change = decide(request, given["decision"], papers, reason(request))
    if not change:
        return HttpResponseRedirect(compared(papers))
    following = _behind(pair)
    return HttpResponseRedirect(compared([following.first, following.second] if following else [], [change]))


def _papers(request: HttpRequest, texts: Iterable[str]) -> list[Paper]:
    """Those that are named, each once; says which are not there."""
    papers: list[Paper] = []
    for text in filter(None, texts):
        paper = _paper(text)
        if not paper:
            messages.error(request, f"There is no paper “{text[:80]}”. Give an address, a key, an arXiv id or a DOI.")
        elif paper in papers:
            messages.info(request, "Both are one paper already.")
        else:
            papers.append(paper)
    return papers


def _side_by_side(desk: Any, request: HttpRequest, papers: Sequence[Paper], named: Mapping[str, str]) -> HttpResponse:
    numbers = [int(number) for number in request.GET.getlist("done")[:_MOST_DONE] if is_id(number)]
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        "title": "Compare two papers",
        "opts": desk.opts,
        "named": named,
        "done": Change.objects.all().standing().filter(pk__in=list(numbers)),
        "papers": papers,
    }
    if len(papers) == 2:
        pair = LikelyDuplicate.objects.between(*papers).select_related("apart").first()
        following = _behind(pair)
        context |= {
            "rows": rows(*papers),
            "likeness": likeness(*map(Traits.of, papers)),
            "readers": [said(counted(paper.states.all())) for paper in papers],
            "kept_apart": pair and pair.apart,
            "following": following and compared([following.first, following.second]),
        }
    return TemplateResponse(request, "admin/papers/likelyduplicate/compare.html", context)


def _behind(pair: LikelyDuplicate | None) -> LikelyDuplicate | None:
    return LikelyDuplicate.objects.undecided().behind(pair).first() if pair else None


def _paper(text: str) -> Paper | None:
    """The paper with this key or identifier, or at this address."""
    papers = Paper.objects.prefetch_related("identifiers", "entries__digest__source")
    keys = re.findall(r"(?:^|/papers/)([2-9a-z]{12})(?:$|[/?#])", text)
    return (papers.at(keys[0]) if keys else None) or papers.answering(Filter("id", text)).first()


def _undo(desk: Any, request: HttpRequest) -> HttpResponse:
    number = request.POST.get("change", "")
    decided = Change.objects.filter(kind__in=(Change.Kind.MERGED, Change.Kind.APART))
    change = get_object_or_404(decided, pk=number if is_id(number) else None)
    try:
        take_back(change, person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(compared(done=[change]))
    compare_decided(change)
    messages.success(request, f"Undone: {change}.")
    names = sorted(change.subjects.values_list("name", flat=True))
    papers = [paper for name in names[:2] if (paper := Paper.objects.at(name.removeprefix("paper:")))]
    return HttpResponseRedirect(compared(papers))


def _look(desk: Any, request: HttpRequest) -> HttpResponse:
    done = compare_all(LOOKED_THROUGH)
    left = "more are left" if Paper.objects.uncompared().exists() else "none is left"
    messages.success(request, f"{done:,} looked at, the newest first; {left}.")
    return HttpResponseRedirect(reverse("admin:papers_likelyduplicate_changelist"))
