"""Second factors, to be taken off for somebody who has lost theirs."""

import allauth.mfa.admin  # noqa: F401 - it puts in its own page, which shows secrets
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class FactorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What somebody has, without what is secret of it."""

    list_display = ("user", "__str__", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__name", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
