"""What is decided about two papers or more, and where that leads."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from ..exchange.duplicates import compare_decided
from ..exchange.refusal import Refused
from ..exchange.rulings import keep_apart, merge
from ..models import Change, Paper
from .curator import person

DECISIONS: Mapping[str, Callable[..., Change]] = {"merge": merge, "apart": keep_apart}


def decide(request: HttpRequest, decision: str, papers: Sequence[Paper], why: str = "") -> Change | None:
    """Does it; where that is refused, says why."""
    try:
        change = DECISIONS[decision](papers, by=person(request), why=why)
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    compare_decided(change)
    return change


def compared(papers: Sequence[Paper] = (), done: Sequence[Change] = ()) -> str:
    """Where two papers are compared and, above them, what was done last can be undone."""
    params = QueryDict(mutable=True)
    params.update({name: paper.key for name, paper in zip(("first", "second"), papers, strict=False)})
    params.setlist("done", [str(change.pk) for change in done])
    return f"{reverse('admin:papers_likelyduplicate_compare')}?{params.urlencode()}"
