"""Sessions: where somebody is signed in, seen and ended."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from papers.accounts.devices import device
from papers.models import User
from tests import world
from tests.page import Page
from tests.world import FIREFOX, is_signed_in, sign_in


@pytest.fixture
def elsewhere(alice: User) -> Client:
    """Alice's other device, where she is signed in."""
    client = Client()
    sign_in(client, alice)
    return client


def test_a_session_that_is_ended_ends_at_once(client: Client, alice: User, elsewhere: Client) -> None:
    sign_in(client, alice)
    page = Page(client.get("/account/sessions/"))
    assert [each.text for each in page.all("h2")] == ["Firefox on Linux this one", "Firefox on Linux"]
    other = UserSession.objects.get(session_key=elsewhere.session.session_key)
    assert is_signed_in(elsewhere)
    client.post(f"/account/sessions/{other.pk}/removal/")
    assert not is_signed_in(elsewhere)
    assert is_signed_in(client)


def test_all_other_sessions_end_together(client: Client, alice: User, elsewhere: Client) -> None:
    sign_in(client, alice)
    client.post("/account/sessions/")
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)


def test_nobody_ends_the_sessions_of_others(client: Client, bob: User, elsewhere: Client) -> None:
    sign_in(client, bob)
    hers = UserSession.objects.get(session_key=elsewhere.session.session_key)
    assert client.post(f"/account/sessions/{hers.pk}/removal/").status_code == 404
    assert is_signed_in(elsewhere)


def test_to_end_this_session_is_to_sign_out(client: Client, alice: User) -> None:
    sign_in(client, alice)
    this = UserSession.objects.get()
    assert client.post(f"/account/sessions/{this.pk}/removal/")["Location"] == "/account/logout/"
    assert is_signed_in(client)


def test_a_new_password_ends_the_sessions_elsewhere(client: Client, alice: User, elsewhere: Client) -> None:
    sign_in(client, alice)
    new = {"password1": "another horse battery", "password2": "another horse battery"}
    client.post("/account/password/change/", {"oldpassword": world.PASSWORD, **new})
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)
    assert len(Page(client.get("/account/sessions/")).all("h2")) == 1


def test_when_a_session_was_seen_is_noted_once_an_hour(client: Client, alice: User) -> None:
    sign_in(client, alice)
    long_ago = timezone.now() - dt.timedelta(days=2)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get("/papers/")
    assert UserSession.objects.get().last_seen_at == long_ago, "within the hour"
    session = client.session
    session["seen"] -= 3601
    session.save()
    client.get("/papers/", headers={"User-Agent": FIREFOX})
    seen = UserSession.objects.get().last_seen_at
    assert seen > long_ago
    client.get("/papers/")
    assert UserSession.objects.get().last_seen_at == seen


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
            "Safari/537.36 Edg/138.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
            "Safari/537.36",
            "Chrome on a Mac",
        ),
        ("curl/8.14.1", "curl"),
        ("", "A program without a name"),
    ],
)
def test_a_device_is_called_by_its_browser_and_system(user_agent: str, said: str) -> None:
    assert device(user_agent) == said
