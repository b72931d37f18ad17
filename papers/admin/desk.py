"""The desk itself: its first page says what wants attention."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..models import (
    Change,
    Digest,
    Errand,
    Ingest,
    Invitation,
    LikelyDuplicate,
    Paper,
    Quarantined,
    Rule,
    Source,
    Tag,
    Team,
    User,
)
from .bounded import counted, said
from .told import FEW, Row, rows

_FEW = 5


class Attention(NamedTuple):
    """How many of something want attention, and the list that shows them."""

    number: str
    what: str
    address: str


#: Rows of which model, narrowed by which adjective, and what they are called.
_WANTING: tuple[tuple[type[Model], str, str], ...] = (
    (Quarantined, "waiting", "in quarantine, as they could not be read"),
    (Ingest, "unfinished", "of the ingests cut off, or still running"),
    (LikelyDuplicate, "undecided", "likely duplicates, to be merged or kept apart"),
    (Ingest, "failed", "of the ingests ended in an error"),
    (Digest, "guessed", "of the digests have a date, or a year, that is a guess"),
    (Digest, "behind", "of the digests were changed, and not all of their papers follow yet"),
    (Paper, "without_abstract", "of the papers without an abstract"),
    (Rule, "idle", "of the rules tag no paper"),
    (Errand, "", "of the errands not yet run, so that papers lag behind their tags"),
)

#: What each list is for, in the order in which they stand on the desk.
_ROOMS: Mapping[type[Model], str] = {
    Paper: "corrected, split, hidden and shown again",
    LikelyDuplicate: "merged or kept apart",
    Digest: "dated, titled and joined",
    Source: "what they are called, and how far they are believed",
    Tag: "renamed, merged, hidden and put under each other",
    Rule: "which tag the papers that a question finds",
    Quarantined: "what could not be read: mended or dismissed",
    Ingest: "which files were read when; undone, or read again",
    Errand: "papers that have yet to follow a change of tags or rules",
    Change: "who did what, when and why; all of it can be undone",
}
_PEOPLE: Mapping[type[Model], str] = {
    User: "who reads; their teams, and a link for who cannot sign in",
    Team: "who is in them",
    Invitation: "by which others come in, and who made them",
    EmailAddress: "which people gave, and which of them are confirmed",
    Authenticator: "taken off for who has lost theirs",
    SocialAccount: "by which people come in from the OpenID provider",
}


class Desk(admin.AdminSite):
    site_header = "The curator’s desk"
    site_title = "Lectern"
    index_title = "The desk"
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None) -> TemplateResponse:
        told = {"attention": list(self._attention(request)), "lately": self._lately(request)}
        return super().index(request, {**(extra_context or {}), **told})

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponseRedirect:
        """At the one door of the site, where tries are counted and the person is told of it by mail."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists in their own order, each with what it is for: first those of the library, then those of people."""
        apps = {app["app_label"]: app for app in super().get_app_list(request, app_label)}
        found = {each["model"]: each for app in apps.values() for each in app["models"]}
        library = apps.get("papers", {})
        sections = [(library.get("name"), "papers", _ROOMS), ("People", "people", _PEOPLE)]
        return [
            {**library, "name": name, "app_label": label, "models": models}
            for name, label, rooms in sections
            if (models := [{**found[model], "about": about} for model, about in rooms.items() if model in found])
        ]

    def _lately(self, request: HttpRequest) -> list[Row]:
        may_view = self.get_model_admin(Change).has_view_permission(request)
        return rows(Change.objects.newest_first().with_subjects(FEW + 1)[:_FEW], request) if may_view else []

    def _attention(self, request: HttpRequest) -> Iterator[Attention]:
        for model, adjective, what in _WANTING:
            if self.get_model_admin(model).has_view_permission(request):
                rows = model._default_manager.all()
                if number := counted(getattr(rows, adjective)() if adjective else rows):
                    address = reverse(f"admin:papers_{model._meta.model_name}_changelist")
                    yield Attention(said(number), what, f"{address}?only={adjective}" if adjective else address)
