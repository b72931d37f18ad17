"""Quarantine: what could not be read is mended in place, tried again, or dismissed with a reason."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..exchange.mend import try_again
from ..exchange.quarantine import bring_back, dismiss
from ..models import Quarantined
from ..models.quarantined import QuarantinedQuerySet
from . import bounded
from .bounded import BoundedAdmin
from .curator import person
from .mending import DismissalForm, PiecePage
from .states import ACTIONS, OnlyPieces, ReasonFilter, state
from .told import ToldAdmin, do, tell

_SHOWN = 10


@admin.register(Quarantined)
class QuarantinedAdmin(ToldAdmin, BoundedAdmin):
    """What waits is listed, unless one asks for what was settled."""

    list_display = ("reason", "file", "line", "beginning")
    list_filter = (OnlyPieces, ReasonFilter)
    list_select_related = ("ingest__file", "settlement__by")
    ordering = ("-pk",)
    actions = ("try_again", "dismiss", "bring_back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Quarantined.objects.in_brief().order_by(*self.ordering)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Quarantined | None:
        piece = super().get_object(request, object_id, from_field)
        return Quarantined.objects.in_whole().get(pk=piece.pk) if piece else None

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if state(request) == "waiting" else (*self.list_display, "settled")

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location=action_location)
        return {name: action for name, action in actions.items() if name in ACTIONS[state(request)]}

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return (lookup == "ingest__file" and bounded.is_id(value)) or super().lookup_allowed(lookup, value, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        piece = self.get_object(request, unquote(object_id))
        if piece is None:
            gone: HttpResponse = self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
            return gone
        may_change = self.has_change_permission(request, piece)
        if not (may_change if request.method == "POST" else self.has_view_permission(request, piece)):
            raise PermissionDenied
        page = PiecePage(piece, request)
        if request.method == "POST" and (done := page.act()):
            tell(request, page.said(done), done)
            return HttpResponseRedirect(self._list_url(request))
        title = {"title": f"{piece.ingest.file}, line {piece.line:,}", "page": page, "may_change": may_change}
        return self._page(request, "change_form", {**title, "original": piece, "change": True})

    def _list_url(self, request: HttpRequest) -> str:
        """The list that one came from."""
        filters: Any = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return str(add_preserved_filters(filters, reverse("admin:papers_quarantined_changelist")))

    def _page(self, request: HttpRequest, name: str, context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        common = {
            "opts": self.opts,
            "media": self.media,
            "has_view_permission": True,
            "preserved_filters": self.get_preserved_filters(request),
        }
        template = f"admin/papers/quarantined/{name}.html"
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **common, **context})

    @admin.action(description="Try again as they are", permissions=["change"])
    def try_again(self, request: HttpRequest, rows: QuarantinedQuerySet) -> None:
        tried = try_again(self._bounded(request, rows), by=request.user)  # type: ignore[arg-type]
        tell(request, f"{tried.taken_in:,} taken in; {tried.left:,} still cannot be read.", tried.change)

    @admin.action(description="Dismiss with a reason …", permissions=["change"])
    def dismiss(self, request: HttpRequest, rows: QuarantinedQuerySet) -> HttpResponse | None:
        """Asks for the reason first. What came into quarantine meanwhile is not dismissed with the rest."""
        said = request.POST.get("newest", "")[:18]
        newest = int(said) if said.isdecimal() else None
        rows = rows.up_to(newest) if newest else rows
        form = DismissalForm(request.POST if newest else None)
        if form.is_valid():
            why = form.cleaned_data["why"]
            do(request, partial(dismiss, self._bounded(request, rows), why, by=person(request)))
            return None
        shown = list(rows[:_SHOWN])
        number = bounded.counted(rows)
        context = {
            "form": form,
            "shown": shown,
            "number": min(number, bounded.MOST),
            "others": min(number, bounded.MOST) - len(shown),
            "newest": newest or max((piece.pk for piece in shown), default=0),
            "selected": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
        }
        return self._page(request, "dismissal", {"title": "Dismiss from quarantine", **context})

    @admin.action(description="Bring back: let them wait again", permissions=["change"])
    def bring_back(self, request: HttpRequest, rows: QuarantinedQuerySet) -> None:
        do(request, partial(bring_back, self._bounded(request, rows), by=person(request)))

    def _bounded(self, request: HttpRequest, rows: QuarantinedQuerySet) -> QuarantinedQuerySet:
        """No more than the page counted: of a longer list “all” are the first, which is said."""
        if bounded.counted(rows) > bounded.MOST:
            messages.info(request, f"Only the first {bounded.MOST:,} were dealt with: do it again for the next.")
        return rows.first_ones(bounded.MOST)

    @admin.display(description="File")
    def file(self, piece: Quarantined) -> str:
        return str(piece.ingest.file)

    @admin.display(description="Text")
    def beginning(self, piece: Any) -> str:
        return str(piece.beginning)

    @admin.display(description="What became of it")
    def settled(self, piece: Quarantined) -> str:
        return (
            f"{piece.settlement.by or 'somebody'}: {piece.settlement.why or piece.settlement.said}"
            if piece.settlement
            else ""
        )
