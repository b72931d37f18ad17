"""Signing in at the team's own OpenID provider, a real one in a process of its own."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from papers.models import User
from tests import world
from tests.installation import free_port
from tests.page import Page
from tests.provider import Provider

from .conftest import knows

BUTTON = "Sign in with the Institute"
pytestmark = pytest.mark.django_db


def leave(client: Client, button: str = BUTTON, page: str = "/account/login/") -> str:
    """Presses the button, and is led to the provider."""
    found = Page(client.get(page))
    assert button in [each.text for each in found.all("button")]
    (form,) = (each for each in found.all("form") if each.attributes.get("action", "").startswith("/account/oidc/"))
    led: str = client.post(form["action"])["Location"]
    return led


def sign_in(provider: Provider, subject: str, client: Client | None = None, page: str = "/account/login/") -> Any:
    """From the sign-in page to the provider, where somebody says who they are, and back."""
    client = client or Client()
    back = provider.answer(leave(client, page=page), sub=subject)
    return client.get(back)


def teams(name: str) -> set[str]:
    return set(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_who_signs_in_there_has_an_account_here_and_comes_to_where_they_wanted(provider: Provider) -> None:
    provider.knows("1", preferred_username="ines", name="Inês Duarte", email="ines@example.org", email_verified=True)
    came = sign_in(provider, "1", client := Client(), "/account/login/?next=/papers/?q=sleep")
    assert came["Location"] == "/papers/?q=sleep"
    ines = User.objects.get()
    assert (ines.username, ines.name, ines.email, ines.is_staff) == ("ines", "Inês Duarte", "ines@example.org", False)
    assert not ines.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert client.get(reverse("pastes")).status_code == 200
    sign_in(provider, "1")
    assert User.objects.count() == 1, "known the second time"


def test_the_request_proves_itself_by_state_and_pkce(provider: Provider) -> None:
    asked = parse_qs(urlsplit(leave(Client())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "code_challenge"} <= set(asked)
    assert asked["redirect_uri"] == ["http://testserver/account/oidc/openid/login/callback/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_a_subject_of_another_provider_is_somebody_else(provider: Provider, settings: Settings) -> None:
    provider.knows("1", preferred_username="ines", email="ines@example.org")
    sign_in(provider, "1")
    settings.OIDC_ISSUER = "https://elsewhere.example.org"
    provider.knows("1", preferred_username="igor", email="igor@example.org")
    sign_in(provider, "1")
    assert set(User.objects.values_list("username", flat=True)) == {"ines", "igor"}


def test_nobody_new_comes_in_where_that_is_not_wanted(provider: Provider, settings: Settings) -> None:
    settings.OIDC_SIGN_UP = False
    provider.knows("2", preferred_username="nemo", email="nemo@example.org", email_verified=True)
    assert "An invitation is needed" in sign_in(provider, "2").text
    assert not User.objects.exists()


# Groups ---------------------------------------------------------------------------------------------------------


def test_teams_follow_the_claim_at_every_sign_in(provider: Provider) -> None:
    provider.knows("3", preferred_username="tom", email="tom@example.org", groups=["Vision", "/Sleep lab"])
    sign_in(provider, "3")
    assert teams("tom") == {"Vision", "Sleep lab"}
    User.objects.get().groups.add(Group.objects.create(name="Choir"))
    provider.knows("3", preferred_username="tom", email="tom@example.org", groups="Sleep lab, Robotics")
    sign_in(provider, "3")
    assert teams("tom") == {"Sleep lab", "Robotics", "Choir"}, "what was given by hand stays"
    provider.knows("3", preferred_username="tom", email="tom@example.org")
    sign_in(provider, "3")
    assert teams("tom") == {"Choir"}


def test_who_is_claimed_as_a_curator_is_one_for_as_long(provider: Provider) -> None:
    provider.knows("4", preferred_username="cleo", email="cleo@example.org", groups=["librarians", "Vision"])
    sign_in(provider, "4", client := Client())
    assert teams("cleo") == {"Curators", "Vision"}
    assert client.get(reverse("admin:index")).status_code == 200
    provider.knows("4", preferred_username="cleo", email="cleo@example.org", groups=["Vision"])
    sign_in(provider, "4")
    assert teams("cleo") == {"Vision"}
    assert client.get(reverse("admin:index"), follow=True).status_code == 403, "at once, wherever they are signed in"


def test_teams_are_claimed_for_an_account_that_was_there_as_well(provider: Provider) -> None:
    nora = world.member("nora")
    EmailAddress.objects.create(user=nora, email=nora.email, verified=True, primary=True)
    provider.knows("5", email=nora.email, email_verified=True, groups=["librarians"])
    sign_in(provider, "5")
    nora.refresh_from_db()
    assert nora.is_staff
    assert teams("nora") == {"Curators"}


# Accounts that were there ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "verified_here", "is_let_in"),
    [(True, True, True), (False, True, False), ("false", True, False), (None, True, False), (True, False, False)],
)
def test_an_account_is_found_by_an_address_that_both_have_verified(
    says: object, verified_here: bool, is_let_in: bool, provider: Provider
) -> None:
    nora = world.member("nora")
    EmailAddress.objects.create(user=nora, email=nora.email, verified=verified_here, primary=True)
    provider.knows("6", preferred_username="mallory", email=nora.email, email_verified=says)
    came = sign_in(provider, "6", client := Client())
    assert came["Location"] == ("/" if is_let_in else reverse("socialaccount_signup"))
    assert client.session.get("_auth_user_id") == (str(nora.pk) if is_let_in else None)
    assert SocialAccount.objects.filter(user=nora).exists() == is_let_in
    assert User.objects.count() == 1
    nora.refresh_from_db()
    assert nora.check_password(world.PASSWORD)


def test_somebody_whose_address_is_taken_is_told_how_to_go_on(provider: Provider) -> None:
    world.member("nora")
    provider.knows("7", preferred_username="nora", email="nora@example.org", groups=["Vision"])
    page = Page(client_page := (client := Client()).get(sign_in(provider, "7", client)["Location"]))
    assert page.one("h1").text == "One thing more"
    assert "Sign in to it, and link the Institute there" in page.text
    assert [label.text for label in page.all("label")][-1] == "E-mail address (if you like)"
    taken = client.post(client_page.request["PATH_INFO"], {"username": "nora2", "email": "nora@example.org"})
    assert "Somebody has an account with this address" in taken.text
    client.post(client_page.request["PATH_INFO"], {"username": "nora2", "email": "nora2@example.org"})
    assert User.objects.get(username="nora2").socialaccount_set.count() == 1
    assert teams("nora2") == {"Vision"}


def test_somebody_without_a_name_or_an_address_comes_in_all_the_same(provider: Provider) -> None:
    provider.knows("8", groups=["Vision"])
    assert sign_in(provider, "8")["Location"] == "/"
    nameless = User.objects.get()
    assert (bool(nameless.username), nameless.email, teams(nameless.username)) == (True, "", {"Vision"})


def test_a_name_that_somebody_has_already_is_told_apart(provider: Provider, alice: User) -> None:
    provider.knows("8", preferred_username="alice", email="another@example.org")
    sign_in(provider, "8")
    assert User.objects.get(email="another@example.org").username not in ("alice", "")


def test_somebody_links_and_unlinks_an_account(provider: Provider, alice: User) -> None:
    client, page = Client(), reverse("socialaccount_connections")
    client.force_login(alice)
    assert Page(client.get("/account/")).link("Linked accounts") == page
    provider.knows("9", email="al@example.com")
    back = provider.answer(leave(client, "Link an account at the Institute", page), sub="9")
    linked = client.get(back, follow=True).text
    assert "Linked. You can sign in here with the Institute" in linked
    assert "al@example.com at the Institute" in linked
    assert SocialAccount.objects.get().user == alice
    other = Client()
    assert sign_in(provider, "9", other)["Location"] == "/"
    unlink = Page(client.get(page)).one("input", name="account")["value"]
    assert "Unlinked." in client.post(page, {"account": unlink}, follow=True).text
    assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_not_taken_away(provider: Provider) -> None:
    provider.knows("10", preferred_username="ines", email="ines@example.org")
    sign_in(provider, "10", client := Client())
    page = reverse("socialaccount_connections")
    refused = client.post(page, {"account": Page(client.get(page)).one("input", name="account")["value"]})
    assert "your only way in" in Page(refused).one("p", class_="message").text
    assert SocialAccount.objects.exists()


def test_an_account_of_another_cannot_be_unlinked(provider: Provider, alice: User) -> None:
    provider.knows("11", preferred_username="ines", email="ines@example.org")
    sign_in(provider, "11")
    client = Client()
    client.force_login(alice)
    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.exists()


def test_a_provider_that_is_gone_leaves_a_page_that_says_so(
    provider: Provider, alice: User, settings: Settings
) -> None:
    SocialAccount.objects.create(user=alice, provider="openid", uid="x")
    settings.SOCIALACCOUNT_PROVIDERS = {}
    client = Client()
    client.force_login(alice)
    assert "no longer knows" in client.get(reverse("socialaccount_connections")).text


def test_a_second_factor_is_asked_for_here_as_well(provider: Provider, alice: User) -> None:
    provider.knows("12", email=alice.email, email_verified=True)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    TOTP.activate(alice, generate_totp_secret())
    assert Authenticator.objects.exists()
    came = sign_in(provider, "12", client := Client())
    assert came["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_signing_out_ends_it_here(provider: Provider) -> None:
    provider.knows("13", preferred_username="ines", email="ines@example.org")
    sign_in(provider, "13", client := Client())
    client.post(reverse("account_logout"))
    assert client.get(reverse("pastes")).status_code == 302


# What goes wrong ------------------------------------------------------------------------------------------------


def test_who_is_denied_there_is_told_so(provider: Provider) -> None:
    client = Client()
    back = provider.answer(leave(client), action="deny")
    page = Page(client.get(back, follow=True))
    assert page.one("h1").text == "You were not let through"
    assert page.link("Sign in another way, or try again") == "/account/login/"


FAILED = "Signing in there did not work"


def test_a_state_that_is_not_ours_or_was_used_is_refused(provider: Provider) -> None:
    provider.knows("14", preferred_username="ines", email="ines@example.org")
    client = Client()
    back = provider.answer(leave(client), sub="14")
    assert FAILED in Client().get(back).text, "another browser's"
    client.get(back)
    client.post(reverse("account_logout"))
    assert FAILED in client.get(back).text, "used before"
    assert FAILED in client.get(reverse("openid_connect_callback", args=["openid"])).text


def test_a_code_that_the_provider_refuses_is_no_way_in(provider: Provider) -> None:
    client = Client()
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    forged = client.get(reverse("openid_connect_callback", args=["openid"]), {"code": "forged", "state": state})
    assert (forged.status_code, FAILED in forged.text) == (401, True)
    assert not User.objects.exists()


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_provider_that_is_away_is_told_in_words(when: str, provider: Provider, settings: Settings) -> None:
    client, login = Client(), reverse("openid_connect_login", args=["openid"])
    if when == "before":
        knows(settings, f"http://127.0.0.1:{free_port()}")
        failed = client.post(login)
    else:
        back = provider.answer(leave(client), sub="15")
        knows(settings, f"http://127.0.0.1:{free_port()}")
        failed = client.get(back)
    assert (failed.status_code, FAILED in failed.text) == (401, True)
    assert Page(failed).link("Try again, or sign in another way") == "/account/login/"


GARBAGE = [
    None,
    True,
    7,
    {},
    {"a": ["b"]},
    [None, 3, ["x"], {"y": "z"}],
    "",
    " , ,",
    "x" * 1_000_000,
    ["\x00", "a\u202eb"],
]


@pytest.mark.parametrize("groups", GARBAGE, ids=lambda garbage: str(garbage)[:20])
def test_a_claim_that_makes_no_sense_names_no_team(groups: object, provider: Provider) -> None:
    provider.knows("16", preferred_username="ines", email="ines@example.org", groups=groups)
    assert sign_in(provider, "16")["Location"] == "/"
    assert teams("ines") == set()


@pytest.mark.parametrize(
    "claims",
    [
        *({"email": ["a@b.example"]}, {"email": "x" * 99_999}, {"preferred_username": 7}, {"preferred_username": "\0"}),
        *({"name": {"first": "I"}}, {"name": "\0I\ud800", "email": "i@example.org"}),
    ],
)
def test_nonsense_about_a_person_is_never_an_error_of_ours(claims: dict[str, object], provider: Provider) -> None:
    provider.knows("17", **claims)
    assert sign_in(provider, "17").status_code in (302, 401)


def test_asking_for_the_address_alone_leads_nobody_away(provider: Provider) -> None:
    page = Client().get(reverse("openid_connect_login", args=["openid"]))
    assert Page(page).one("h1").text == BUTTON
