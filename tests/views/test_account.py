"""The reader's own settings."""

import pytest
from django.test import Client

from papers.models import User
from tests import world
from tests.page import Page


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_a_theme_is_kept_in_a_cookie_and_leads_back(theme: str, client: Client, db: None) -> None:
    response = client.post("/theme/", {"theme": theme, "next": "/digests/?before=1"})
    assert (response.status_code, response["Location"]) == (302, "/digests/?before=1")
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["max-age"] > 0) == (theme, "Lax", True, True)
    page = Page(client.get("/digests/"))
    assert page.one("html").attributes.get("data-theme", "system") == theme
    pressed = {button["value"]: button["aria-pressed"] for button in page.all("button", name="theme")}
    assert pressed == {name: "true" if name == theme else "false" for name in ("light", "dark", "system")}


def test_a_theme_that_does_not_exist_is_not_kept(client: Client, db: None) -> None:
    assert "theme" not in client.post("/theme/", {"theme": "sepia"}).cookies
    client.cookies["theme"] = '"><script>'
    assert Page(client.get("/")).one("html").attributes.get("data-theme") is None


def test_without_a_choice_the_system_decides(client: Client, db: None) -> None:
    page = Page(client.get("/"))
    assert "data-theme" not in page.one("html").attributes
    assert page.one("button", name="theme", aria_pressed="true")["value"] == "system"


@pytest.mark.parametrize("address", ["/account/login/", "/account/logout/", "/account/password/reset/"])
@pytest.mark.parametrize("elsewhere", ["http://[", "//["])
def test_a_malformed_way_back_is_passed_over(address: str, elsewhere: str, client: Client, alice: User) -> None:
    assert client.get(address, {"next": elsewhere}).status_code < 500
    form = {"login": "alice", "password": world.PASSWORD, "next": elsewhere}
    assert client.post(address, form).status_code < 500


def test_nobody_signs_up_by_themselves(client: Client, db: None) -> None:
    words = "long enough words"
    form = {"username": "eve", "email": "eve@example.org", "password1": words, "password2": words}
    assert Page(client.post("/account/signup/", form)).one("h1").text == "An account needs an invitation"
    assert not User.objects.exists()
