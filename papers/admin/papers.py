"""Papers: found by the same questions as on the site, and edited so that no ingest takes it back."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from ..exchange.curate import FIELDS, curate
from ..models import LikelyDuplicate, Paper
from ..query import PaperQuery
from .bounded import Only
from .bulk import BulkAdmin
from .curation import BACK, CurationForm
from .hiding import HidingAdmin, and_hidden
from .splitting import SplittingAdmin
from .told import do

_DERIVED = (("key", "named_on"), ("identified_by", "kind_of_abstract"), "also_called")
_MOST_LIKELY = 20


class OnlyPapers(Only):
    title = "state"
    adjectives = {"without_abstract": "Without an abstract", "hidden": "Hidden"}


@admin.register(Paper)
class PaperAdmin(BulkAdmin, HidingAdmin, SplittingAdmin):
    list_display = ("title", "dated", "named_on", "corrected", "off_the_site")
    list_filter = (OnlyPapers,)
    search_fields = ("title",)
    search_help_text = "As on the site: words, tag:vision, author:lovelace, in:2025-03, an arXiv id or a DOI."
    ordering = ("-position",)
    form = CurationForm
    actions = ("correct", "hide", "show")
    readonly_fields = ("key", "named_on", "kind_of_abstract", "identified_by", "also_called")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = PaperQuery.from_text(search_term)
        for part in query.ignored:
            messages.warning(request, f"Not understood, and left out: {part}")
        found: Any = query.ask(queryset, request.user)  # type: ignore[type-var]
        state = request.GET.get(OnlyPapers.parameter_name)
        if state == "hidden" and found.is_matched:
            found = found.none()  # rather than look at all that the index finds, as it knows none of those
        elif state:
            found = found.found_in(queryset)
        return and_hidden(found, query, queryset), False  # type: ignore[arg-type]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form has fields of its own: what is said of a paper is not what its columns hold."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": ()})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_change = self.has_change_permission(request, obj)
        curated = obj.curated if obj and may_change else {}
        said = [(name, name + BACK) if name in curated else name for name in FIELDS]
        why = ("why",) if may_change else ()
        return ((None, {"fields": (*said, *why)}), ("What follows from the digests", {"fields": _DERIVED}))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, {**context, **self._beside(request, context)}, *args, **kwargs)

    def _beside(self, request: HttpRequest, context: Any) -> dict[str, Any]:
        """What stands on the page beside the form."""
        form = context["adminform"].form
        likely = LikelyDuplicate.objects.undecided().of([context["original"]]).best_first()
        may_compare = request.user.has_perms(["papers.change_paper", "papers.view_likelyduplicate"])
        return {
            "curation": form,
            "likely": likely[:_MOST_LIKELY] if may_compare else [],
            "may_compare": may_compare,
            "may_split": len(form.entries) > 1 and self.has_change_permission(request),
        }

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if form.said or form.given_back:
            said = {"by": request.user, "why": form.cleaned_data["why"]}
            do(request, partial(curate, form.instance, form.said, form.given_back, **said))

    @admin.display(description="Date")
    def dated(self, paper: Paper) -> str:
        return paper.date.said

    @admin.display(description="Set by a curator")
    def corrected(self, paper: Paper) -> str:
        return ", ".join(paper.corrected)

    @admin.display(description="Abstract")
    def kind_of_abstract(self, paper: Paper) -> str:
        return paper.get_abstract_kind_display() if paper.abstract else "none"

    @admin.display(description="Identifiers")
    def identified_by(self, paper: Paper) -> str:
        return "\n".join(identifier.label for identifier in paper.identifiers.all()) or "–"

    @admin.display(description="Also called")
    def also_called(self, paper: Paper) -> str:
        return "\n".join(paper.other_titles) or "–"
