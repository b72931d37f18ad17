"""The people who read: curators see what colleagues see, and superusers all of their accounts."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse

from ..access import may_give_powers, may_hand_over, may_help_in
from ..exchange.leaving import leave
from ..models import Team, User
from ..models.parting import parting
from ..models.team import brought_back
from .bounded import BoundedAdmin
from .helping import HelpingAdmin, tell_who_comes_back

_SEEN_BY_CURATORS = ("username", "name", "in_teams", "is_active")


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_one = self.cleaned_data.get("is_superuser") and self.cleaned_data.get("is_active")
        if not is_one and self.instance.is_last_superuser:
            raise ValidationError("Nobody else could make curators then. Make somebody else a superuser first.")
        return cleaned


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    def save(self, commit: bool = True) -> User:
        person: User = super().save(commit=False)
        person.save(update_fields=["password"])
        return person


@admin.register(User)
class PersonAdmin(HelpingAdmin, BoundedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """What gives powers, and what only its owner should know, is the superusers' business."""

    form = PersonForm
    change_password_form = PasswordForm
    ordering = ("username",)
    filter_horizontal = ("user_permissions",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "email", "caught_up_to")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "email", "usable_password", "password1", "password2")}),)

    def get_list_display(self, request: HttpRequest) -> Any:
        return (*_SEEN_BY_CURATORS, *(("is_staff", "email") if may_give_powers(request.user) else ()))

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ("is_active", *(("is_staff", "is_superuser") if may_give_powers(request.user) else ()))

    def get_search_fields(self, request: HttpRequest) -> Any:
        return ("username", "name", *(("email",) if may_give_powers(request.user) else ()))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """An address of the list may ask for no more than the list tells: else one could guess at e-mail addresses."""
        if may_give_powers(request.user):
            return super().lookup_allowed(lookup, value, request)
        return lookup == "is_active__exact"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if may_give_powers(request.user):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": _SEEN_BY_CURATORS}),)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """What helps in writing is left out where nothing is written."""
        helps = {} if may_give_powers(request.user) else {"help_texts": dict.fromkeys(_SEEN_BY_CURATORS, "")}
        return super().get_form(request, obj, change=change, **helps, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_give_powers(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_powers(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_powers(request.user) and not (obj and obj.is_last_superuser)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": "Teams", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only what was changed there, as they may be reading meanwhile."""
        columns = {field.name for field in User._meta.concrete_fields}
        with parting([obj] if change else []):
            obj.save(update_fields=columns & set(form.changed_data) if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        person = form.instance
        before = set(person.groups.all())
        with parting([person]):
            super().save_related(request, form, formsets, change)
        tell_who_comes_back(request, [person], brought_back(person, before - set(person.groups.all())))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who goes. To gather what goes with them would take as long as they have read."""
        people = list(objs)
        refused = {str(person) for person in people if not self.has_delete_permission(request, person)}
        return [str(person) for person in people], {"people": len(people)}, refused, []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        leave(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for person in queryset:
            leave(person)

    @admin.display(description="Teams")
    def in_teams(self, person: User) -> str:
        return ", ".join(sorted(team.name for team in person.groups.all()))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        person = context.get("original")
        if person:
            teams = Team.objects.given_by(request.user).in_order() if self.may_move(request) else ()
            theirs = set(Team.objects.of(person))
            offered = [(team, team in theirs) for team in teams]
            context |= {"may_help_in": may_help_in(request.user, person), "offered": offered}
            context["may_hand_over"] = may_hand_over(request.user, person)
        return super().render_change_form(request, context, *args, **kwargs)
