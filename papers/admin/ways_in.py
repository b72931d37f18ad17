"""Ways in, for superusers: addresses confirmed, accounts unlinked, and factors taken off for who has lost theirs."""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401 - they put in their own pages, which show secrets
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from ..access import may_give_powers
from .bounded import ReadOnlyAdmin

_CALLED = {
    EmailAddress: ("e-mail address", "e-mail addresses"),
    Authenticator: ("second factor", "second factors"),
    SocialAccount: ("linked account", "linked accounts"),
}
admin.site.unregister(_CALLED)
for _model, (_one, _several) in _CALLED.items():  # in the words of the site; what migrations look at stays
    _model._meta.verbose_name, _model._meta.verbose_name_plural = _one, _several
    _model._meta.app_config.verbose_name = "People"


class _WayInAdmin(ReadOnlyAdmin):
    """What only its owner makes: it is looked at, without what is secret of it, and taken away."""

    list_select_related = ("user",)
    search_fields = ("user__username", "user__name")
    ordering = ("user__username", "pk")

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return may_give_powers(request.user)

    @admin.display(description="Person")
    def person(self, way: Any) -> str:
        return str(way.user)


@admin.register(Authenticator)
class FactorAdmin(_WayInAdmin):
    list_display = ("person", "kind", "created_at", "last_used_at")
    fields = list_display

    @admin.display(description="What it is")
    def kind(self, factor: Authenticator) -> str:
        names = {"totp": "Authenticator app", "recovery_codes": "Recovery codes"}
        return names.get(factor.type) or f"Passkey “{factor}”"


@admin.register(SocialAccount)
class LinkedAccountAdmin(_WayInAdmin):
    list_display = ("person", "called", "date_joined", "last_login")
    fields = list_display

    @admin.display(description="Called there")
    def called(self, account: SocialAccount) -> str:
        """As the provider said at the last sign-in."""
        said = account.extra_data.get("userinfo", {})
        return said.get("username") or said.get("email") or "–"


@admin.register(EmailAddress)
class AddressAdmin(_WayInAdmin):
    list_display = ("email", "person", "verified", "primary")
    fields = list_display
    list_filter = ("verified",)
    search_fields = ("email", "user__username", "user__name")  # type: ignore[assignment]
    actions = ("confirm",)

    @admin.action(description="Confirm what is selected", permissions=["delete"])
    def confirm(self, request: HttpRequest, rows: QuerySet[EmailAddress]) -> None:
        """As theirs to whom it belongs. Of two people with one address, one has it."""
        for address in rows.filter(verified=False):
            if address.set_verified():
                self.log_change(request, address, "Confirmed it.")
                messages.success(request, f"Confirmed {address} as {address.user}’s.")
            else:
                messages.error(request, f"Not confirmed: {address} is somebody else’s; take it from them first.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """From the account as well, which has another of theirs instead."""
        obj.remove()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for address in queryset:
            address.remove()
