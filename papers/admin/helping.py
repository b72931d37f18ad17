"""What is done for people without changing their accounts: a link to set a new password, places in teams, and the lists
handed over of who was shut out."""

from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from ..access import may_give_powers, may_hand_over, may_help_in
from ..exchange.leaving import hand_on
from ..models import Team, User
from ..models.team import move
from .curator import person as curator

_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86_400


class TeamsForm(forms.Form):
    """The teams that somebody may give, with those ticked in which a person is to be."""

    teams = forms.ModelMultipleChoiceField(Team.objects.none(), required=False, widget=CheckboxSelectMultiple)

    def __init__(self, reader: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = Team.objects.given_by(reader).in_order()
        self.fields["teams"].queryset = self.offered  # type: ignore[attr-defined]


class HelpingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For people."""

    def get_urls(self) -> Any:
        views = {
            "teams": self.teams_view,
            "password-link": self.password_link_view,
            "handing-over": self.handing_over_view,
        }
        own = [
            path(
                f"<int:pk>/{noun}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"papers_user_{noun.replace('-', '_')}",
            )
            for noun, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def may_move(self, request: HttpRequest) -> bool:
        """Whether they put people into teams here; superusers do so with the rest of the account."""
        return curator(request).has_perm("papers.change_team") and not may_give_powers(request.user)

    def teams_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may_move(request):
            raise PermissionDenied
        person = get_object_or_404(User, pk=pk)
        form = TeamsForm(request.user, request.POST)
        if form.is_valid():
            coming_back = move(person, form.cleaned_data["teams"], form.offered)
            self.log_change(request, person, "Changed the teams.")
            teams = ", ".join(sorted(team.name for team in person.groups.all()))
            messages.success(request, f"{person} is in {teams or 'no team'} now.")
            tell_who_comes_back(request, [person], coming_back)
        else:
            messages.error(request, "One of these teams gives powers, or is gone: nothing was changed.")
        return redirect("admin:papers_user_change", pk)

    def password_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows it in the answer itself, so that it is kept nowhere."""
        person = get_object_or_404(User, pk=pk)
        if not may_help_in(request.user, person):
            raise PermissionDenied
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        self.log_change(request, person, "Made a link to set a new password.")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"A link for {person}",
            "person": person,
            "link": get_adapter().get_reset_password_from_key_url(key),
            "days": _DAYS,
        }
        return TemplateResponse(request, "admin/papers/user/password_link.html", context)

    def handing_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Of who was shut out. Which lists they are, and who has them now, is no business of who does it."""
        person = get_object_or_404(User, pk=pk)
        if not may_hand_over(request.user, person):
            raise PermissionDenied
        number = hand_on(person)
        self.log_change(request, person, "Handed over the lists that they shared.")
        lists = "1 list that they shared is" if number == 1 else f"{number} lists that they shared are"
        messages.success(request, f"{lists} handed over." if number else "They own no list that somebody else reads.")
        return redirect("admin:papers_user_change", pk)


def tell_who_comes_back(request: HttpRequest, people: Iterable[User], teams: Collection[Group]) -> None:
    """Says where it is for OpenID to say who is in a team."""
    if teams:
        who, which = ", ".join(map(str, people)), ", ".join(f"“{team}”" for team in teams)
        told = f"OpenID put {who} into {which}, and does so again at the next sign-in, unless it is changed there."
        messages.warning(request, told)
