"""The addresses of the whole site; the library's own are in `papers.urls`."""

from allauth.account.decorators import secure_admin_login
from allauth.decorators import rate_limit
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.openid_connect.views import login as openid_login
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.urls import include, path

from papers.views.account import sign_out

admin.autodiscover()
# The provider is set by environment variables, no token is kept, and a session's key would let in who sees it.
admin.site.unregister([SocialApp, SocialToken, UserSession])
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]

handler400 = "papers.views.errors.bad_request"
handler429 = "papers.views.errors.too_many"  # which allauth looks for here
urlpatterns = [
    path("", include("papers.urls")),
    path("account/logout/", sign_out, name="account_logout"),
    path(
        "account/oidc/<str:provider_id>/login/",
        rate_limit(action="openid")(openid_login),  # type: ignore[no-untyped-call]
        name="openid_connect_login",
    ),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
