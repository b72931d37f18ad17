"""Teams: who is in them, and what else their members may do."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ..access import may_give_powers
from ..models import Team, User
from .bounded import BoundedAdmin
from .helping import tell_who_comes_back

_MOST_ADDED = 200

admin.site.unregister(Group)  # which has one door, and that is here


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    leave = forms.ModelMultipleChoiceField(
        User.objects.none(),
        required=False,
        label="People",
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick whom to take out.",
    )
    join = forms.CharField(
        required=False,
        label="Add people",
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="Their user names, one on each line.",
    )

    class Meta:
        model = Team
        fields = ("name", "permissions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "leave" in self.fields:
            self.fields["leave"].queryset = self.instance.people  # type: ignore[attr-defined]

    def clean_join(self) -> list[User]:
        names = list(filter(None, map(str.strip, self.cleaned_data["join"].splitlines())))
        if len(names) > _MOST_ADDED:
            raise ValidationError(f"Add up to {_MOST_ADDED} people at a time.")
        found = {person.username: person for person in User.objects.filter(username__in=names)}
        if unknown := [name for name in names if name not in found]:
            raise ValidationError(f"Nobody has the user name {', '.join(unknown)}.")
        return list(found.values())


@admin.register(Team)
class TeamAdmin(BoundedAdmin, GroupAdmin):
    """Curators make teams and fill them; what gives powers is the superusers' business."""

    form = TeamForm
    list_display = ("name", "number", "powers")
    search_fields = ("name",)
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        teams = super().get_queryset(request).annotate(size=Count("user"))
        told: QuerySet[Any] = teams.prefetch_related("permissions")
        return told

    def get_fields(self, request: HttpRequest, obj: Team | None = None) -> Any:
        if not (obj is None or self.has_change_permission(request, obj)):
            return ("name", "members")
        leave = ("leave",) if obj and obj.people.exists() else ()
        return ("name", *leave, "join", *(("permissions",) if may_give_powers(request.user) else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Team | None = None) -> Any:
        return ("members", "name") if obj and obj.is_of_curators else ("members",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        """Of a team that gives powers only those change who may give them."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or Team.objects.given_by(request.user).filter(pk=obj.pk).exists())

    def has_delete_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return may_give_powers(request.user) and not (obj and obj.is_of_curators)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Which teams go. Which lists they have is no business of who deletes them."""
        teams = list(objs)
        refused = {str(team) for team in teams if not self.has_delete_permission(request, team)}
        return [str(team) for team in teams], {"teams": len(teams)}, refused, []

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for team in queryset:
            team.delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        said = form.cleaned_data
        coming_back = form.instance.change_people(said["join"], said.get("leave", ()))
        tell_who_comes_back(request, coming_back, [form.instance] if coming_back else [])

    @admin.display(description="People")
    def number(self, team: Any) -> int:
        return int(team.size)

    @admin.display(description="People")
    def members(self, team: Team) -> str:
        return ", ".join(map(str, team.people))

    @admin.display(description="Gives powers", boolean=True)
    def powers(self, team: Team) -> bool:
        return bool(team.permissions.all())
