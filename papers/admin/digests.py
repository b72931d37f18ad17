"""Digests: dated, titled and joined by curators."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from ..exchange.following import catch_up
from ..exchange.joining import join
from ..exchange.naming import call
from ..exchange.redating import redate
from ..models import DateBasis, Digest
from .bounded import Only, is_id
from .curator import person, reason
from .digest_form import DigestForm
from .editing import EditingAdmin
from .told import do, tell_what_is_left


class OnlyDigests(Only):
    title = "date"
    adjectives = {"guessed": "A guess", "behind": "Not followed by all papers yet"}


@admin.register(Digest)
class DigestAdmin(EditingAdmin):
    list_display = ("__str__", "dated", "title", "papers")
    list_filter = (OnlyDigests, "date_basis")
    list_select_related = ("source",)
    search_fields = ("source__name", "title")
    ordering = ("-date", "-pk")
    form = DigestForm
    readonly_fields = ("source", "dated", "papers")
    actions = ("join_two",)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view
        joining = path("joining/", view(self.joining_view), name="papers_digest_joining")
        following = path("following/", view(require_POST(self.following_view)), name="papers_digest_following")
        return [joining, following, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": ()})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not self.has_change_permission(request, obj):
            return ((None, {"fields": ("source", "written_date", "dated", "title", "papers")}),)
        dated = ("date",) if obj.date_basis == DateBasis.CURATOR else ("date", "is_right")
        titled = ("title",) if obj.found_title is None else ("title", "title_back")
        return ((None, {"fields": ("source", dated, "dated", titled, "papers", "why")}),)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        said = {"by": request.user, "why": form.cleaned_data["why"]}
        if form.dated:
            do(request, partial(redate, form.instance, form.dated, **said))
        if form.cleaned_data.get("title_back"):
            do(request, partial(call, form.instance, None, **said))
        elif "title" in form.changed_data:
            do(request, partial(call, form.instance, form.cleaned_data["title"], **said))

    @admin.action(description="Join the two that are selected", permissions=["change"])
    def join_two(self, request: HttpRequest, rows: QuerySet[Digest]) -> HttpResponse:
        chosen = [("digest", pk) for pk in rows.values_list("pk", flat=True)[:3]]
        return redirect(f"{reverse('admin:papers_digest_joining')}?{urlencode(chosen)}")

    def joining_view(self, request: HttpRequest) -> HttpResponse:
        """Two digests side by side; which of the dates stays is for the curator to say."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        chosen = [int(pk) for pk in request.GET.getlist("digest") if is_id(pk)]
        pair = list(Digest.objects.filter(pk__in=chosen[:3]).select_related("source").order_by("date", "pk"))
        if len(pair) != 2 or pair[0].source != pair[1].source:
            messages.error(request, "Choose two digests of one source.")
            return redirect("admin:papers_digest_changelist")
        kept = [digest for digest in pair if str(digest.pk) == request.POST.get("kept")]
        if request.method == "POST" and kept:
            (gone,) = (digest for digest in pair if digest not in kept)
            said: dict[str, Any] = {"by": person(request), "why": reason(request)}
            do(request, partial(join, gone, *kept, **said))
            return redirect("admin:papers_digest_change", kept[0].pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Join two digests",
            "opts": self.opts,
            "pair": pair,
        }
        return TemplateResponse(request, "admin/papers/digest/joining.html", context)

    def following_view(self, request: HttpRequest) -> HttpResponse:
        """Goes on with papers that have yet to follow, for about as long as one likes to wait."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        catch_up()
        tell_what_is_left(request)
        if not Digest.objects.behind().exists():
            messages.success(request, "All papers follow.")
        return redirect("admin:papers_digest_changelist")

    @admin.display(description="Where its date is from")
    def dated(self, digest: Digest) -> str:
        return digest.get_date_basis_display()

    @admin.display(description="Papers")
    def papers(self, digest: Digest) -> str:
        return f"{digest.size:,}"

    @admin.display(description="Date")
    def written_date(self, digest: Digest) -> str:
        return digest.written_date.said
