"""A stale tab: what was sent from a page that had grown too old is done all the same, by who sent it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..models import Paper
from .page import away, is_ours, page, stood_at
from .pending import Pending, forget, keep
from .sign_in import reader_view

_SAID = {
    "list_invitations": "Invite somebody to a reading list",
    "list_settings": "Save what you changed of a reading list",
    "member_removal": "Take somebody off a reading list",
    "members": "Share a reading list",
    "membership": "Take part in a reading list",
    "membership_removal": "Leave a reading list",
    "share_links": "Make a link to a reading list",
    "account": "Save what you changed on your page",
    "list_entry_aside": "Set aside, or bring back on its list,",
    "list_entry_claim": "Say who reads",
    "list_entry_place": "Move on its list",
    "list_entry_reason": "Say why it is on its list:",
    "list_entry_removal": "Take off its list",
    "list_entry_restoration": "Take back what was done on its list with",
    "list_papers": "Put on a list what you pasted",
    "list_papers_removal": "Take off a list what you had put there",
    "entry_recommendation": "Tell a list that a paper is worth reading",
    "list_remark": "Change what you said in a list",
    "list_remarks": "Say something in a list",
    "markings": "Mark several papers at once",
    "marking_removal": "Take a mark back",
    "note": "Save your note on",
    "paper_lists": "Save to a list",
    "papers_lists": "Save several papers to a list",
    "paper_remark": "Change what you said about",
    "paper_remarks": "Say something about",
    "paper_tags": "Put a tag on",
    "paper_tag_removal": "Take a tag from",
    "pastes": "Take in what you pasted",
    "paste_removal": "Take back what you pasted",
    "recommendation": "Tell everybody here that it is worth reading:",
    "session_removal": "End one of your sessions",
}
_MARKS = {
    ("status", "read"): "Mark as read:",
    ("status", "reading"): "Mark as begun:",
    ("status", "unread"): "Mark as unread:",
    ("status", ""): "Mark as neither read nor unread:",
    ("starred", "yes"): "Star",
    ("starred", "no"): "Take the star from",
    ("dismissed", "yes"): "Mark as not for you:",
    ("dismissed", "no"): "Bring back",
    **{("rating", str(n)): f"Rate {n} of 5:" for n in range(1, 6)},
    ("rating", ""): "Remove your rating of",
}


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django calls where a token is old or missing."""
    if keep(request):
        return away(request, reverse("pending"))
    context = {"stood": stood_at(request), "has_cookies": bool(request.COOKIES)}
    return render(request, "403_csrf.html", context, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pending(request: HttpRequest) -> HttpResponse:
    """What waits to be done, in words; by POST it is done."""
    waiting = Pending.of(request)
    if waiting and request.method == "POST":
        return waiting.do(request)
    context: dict[str, Any] = {"pending": waiting}
    if waiting:
        context |= {"said": _said(waiting, request), "stood": waiting.stood if is_ours(request, waiting.stood) else "/"}
    return page(request, "papers/pending.html", context)


@require_POST
@reader_view
def pending_removal(request: HttpRequest) -> HttpResponse:
    """Leaves it."""
    forget(request)
    messages.info(request, "Left as it was.")
    return HttpResponseRedirect(stood_at(request))


def _said(waiting: Pending, request: HttpRequest) -> str:
    match = waiting.match
    marks = (_MARKS.get((name, values[0])) for name, values in waiting.fields.items() if values)
    said = _SAID.get(match.url_name or "") or next(filter(None, marks), "")
    key = match.kwargs.get("paper") or match.kwargs.get("key")
    paper = Paper.objects.visible_to(request.user).at(key) if key else None
    title = f"“{paper.title}”" if paper else ""
    return f"{said} {title}".strip() if said else f"What you sent about {title}" if title else "What you sent"
