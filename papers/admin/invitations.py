"""Invitations: made for somebody, shown once, and taken back."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminEmailInputWidget, AdminIntegerFieldWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from ..access import may_give_powers
from ..accounts.inviting import links, send
from ..models import Invitation
from ..models.invitation import DAYS
from .bounded import Only, ReadOnlyAdmin
from .curator import person
from .helping import TeamsForm


class InvitationForm(TeamsForm):
    email = forms.EmailField(required=False, label="E-mail address", widget=AdminEmailInputWidget)
    days = forms.IntegerField(
        min_value=1, max_value=90, initial=DAYS, label="Works for so many days", widget=AdminIntegerFieldWidget
    )

    field_order = ("email", "teams", "days")


class OnlyInvitations(Only):
    title = "state"
    adjectives = {"waiting": "Waiting", "accepted": "Accepted", "expired": "Expired", "revoked": "Taken back"}


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "state", "made_by", "accepted_by", "to_teams", "expires_at")
    list_filter = (OnlyInvitations,)
    list_select_related = ("made_by", "accepted_by")
    ordering = ("-pk",)
    fields = ("state", "made_by", "sent_to", "to_teams", "made_at", "expires_at", "accepted_at", "accepted_by")

    def get_urls(self) -> Any:
        revocation = self.admin_site.admin_view(require_POST(self.revocation_view))
        return [path("<int:pk>/revocation/", revocation, name="papers_invitation_revocation"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("teams")

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        """An address is seen by who wrote it, not by everybody who invites; one to whom a list was offered by nobody
        else at all."""
        knows = obj and may_give_powers(request.user) and not obj.reading_list_id
        may_see = obj and (obj.made_by == request.user or knows)
        return [name for name in self.fields or () if may_see or name != "sent_to"]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """By none that the list does not offer: one could guess at addresses."""
        return lookup == "only"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Shows the link in the answer itself, so that it is kept nowhere."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvitationForm(request.user, request.POST or None, label_suffix="")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Invite somebody", "form": form}
        if form.is_valid():
            context |= self._made(request, form.cleaned_data)
        return TemplateResponse(request, "admin/papers/invitation/invite.html", context)

    def _made(self, request: HttpRequest, said: dict[str, Any]) -> dict[str, Any]:
        invitation, token = Invitation.objects.make(person(request), **said)
        self.log_addition(request, invitation, "Invited somebody.")
        link, mailed = links(request, token)
        is_sent = bool(invitation.email and settings.SENDS_MAIL) and send(invitation, mailed)
        return {"title": "Pass on this link", "invitation": invitation, "link": link, "is_sent": is_sent}

    def revocation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not person(request).has_perm("papers.change_invitation"):
            raise PermissionDenied
        invitation = get_object_or_404(Invitation, pk=pk)
        if invitation.revoke():
            self.log_change(request, invitation, "Took it back.")
            messages.success(request, "Its link lets nobody in any more.")
        else:
            messages.info(request, "It was used already, or taken back: nothing was changed.")
        return redirect("admin:papers_invitation_change", pk)

    @admin.display(description="State")
    def state(self, invitation: Invitation) -> str:
        return OnlyInvitations.adjectives[invitation.state].lower()

    @admin.display(description="Teams")
    def to_teams(self, invitation: Invitation) -> str:
        return ", ".join(sorted(team.name for team in invitation.teams.all()))

    @admin.display(description="Sent to")
    def sent_to(self, invitation: Invitation) -> str:
        return invitation.email
