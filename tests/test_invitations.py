"""Invitations: a link lets one person in, once, and nobody who only knows of it."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from pytest_django import Settings

from papers.models import Invitation, User
from papers.models.invitation import as_mailed
from tests import world
from tests.installation import Installation
from tests.inviting import SPOILT, form, invite, sign_up, spoil
from tests.page import Page

pytestmark = pytest.mark.django_db
CLOSED = "This link lets nobody in"


def test_a_link_leads_to_an_account_that_is_signed_in(client: Client, curator: User) -> None:
    invitation, link = invite(curator)
    page = Page(client.get(link, follow=True))
    assert "Carol invites you to read here." in page.text
    client.post("/account/signup/", form(name="  Ada   Lovelace "))
    ada = User.objects.get(username="ada")
    assert (ada.name, ada.is_staff, ada.email, client.session["_auth_user_id"]) == (
        "Ada Lovelace",
        False,
        "",
        str(ada.pk),
    )
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", ada)
    assert "You have an account already" in client.get(link).text


def test_a_name_is_given_by_who_likes_and_may_be_taken_back(client: Client, curator: User) -> None:
    _, link = invite(curator)
    sign_up(client, link, name=" \t ")
    ada = User.objects.get(username="ada")
    assert (ada.name, str(ada)) == ("", "ada")
    for name in ("Ada Lovelace", ""):
        client.post("/account/", {"part": "profile", "name": name, "username": "ada"})
        ada.refresh_from_db()
        assert ada.name == name


def test_the_password_that_was_just_chosen_is_not_asked_for_again(client: Client, curator: User) -> None:
    _, link = invite(curator)
    sign_up(client, link)
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


@pytest.mark.parametrize("sends_mail", [True, False])
def test_of_a_mail_only_a_site_that_sends_one_speaks(
    sends_mail: bool, client: Client, curator: User, settings: Settings
) -> None:
    settings.SENDS_MAIL = sends_mail
    _, link = invite(curator)
    page = sign_up(client, link, email="ada@example.org")
    assert ("A mail is on its way" in page.text) is sends_mail
    page = Page(client.get("/account/email/"))
    assert ("Confirm by mail" in page.text) is sends_mail
    assert ("This site sends no mail" in page.text) is not sends_mail


def test_the_address_bar_does_not_keep_the_link(client: Client, curator: User) -> None:
    _, link = invite(curator)
    assert client.get(link)["Location"] == "/account/signup/"


def test_the_link_itself_is_kept_nowhere(client: Client, curator: User) -> None:
    invitation, link = invite(curator)
    client.get(link)
    token = link.split("/")[2]
    assert token not in json.dumps(dict(client.session))
    assert token not in str(list(Invitation.objects.values()))
    assert len(token) >= 43
    assert invitation.token_hash != token


def test_to_look_at_a_link_does_not_use_it_up(curator: User) -> None:
    invitation, link = invite(curator)
    for look in (Client().get, Client().head, Client().get):
        assert look(link).status_code == 302
    assert invitation.state == "waiting"
    assert "Ada" in str(sign_up(Client(), link).text) or User.objects.get(username="ada")


@pytest.mark.parametrize("how", SPOILT)
def test_a_link_that_lets_nobody_in_looks_like_one_that_never_was(how: str, curator: User, settings: Settings) -> None:
    settings.LIBRARY = "members"
    invitation, link = invite(curator)
    spoil(invitation, how)
    answers = [Client().get(address) for address in (link, "/invitations/never-was/", "/invitations/%00é./")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert {Page(answer).one("h1").text for answer in answers} == {CLOSED}
    assert len({Page(answer).text for answer in answers}) == 1
    assert "Ask whoever sent it for another." in Page(answers[0]).text


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_spoilt_while_the_form_is_filled_in_lets_nobody_in(how: str, client: Client, curator: User) -> None:
    invitation, link = invite(curator)
    client.get(link)
    spoil(invitation, how)
    page = Page(client.post("/account/signup/", form()))
    assert page.one("h1").text == "An account needs an invitation"
    assert not User.objects.filter(username="ada").exists()


def test_who_is_signed_in_is_told_so_and_the_link_stays_good(client: Client, curator: User, alice: User) -> None:
    _, link = invite(curator)
    client.force_login(alice)
    page = Page(client.get(link))
    assert page.one("h1").text == "You have an account already"
    assert "signed in as Alice" in page.text
    assert Page(client.get("/invitations/never-was/")).one("h1").text == CLOSED
    sign_up(Client(), link)
    assert User.objects.filter(username="ada").exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"username": "ALICE"}, "Somebody else has this user name"),
        ({"username": "a b"}, "A user name has letters, figures"),
        ({"password2": "other words"}, "same password"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"email": "no address"}, "valid email"),
        ({"name": "x" * 151}, "at most 150"),
    ],
)
def test_a_mistake_costs_nothing(said: dict[str, str], told: str, client: Client, curator: User, alice: User) -> None:
    invitation, link = invite(curator)
    assert told in sign_up(client, link, **said).text
    invitation.refresh_from_db()
    assert invitation.state == "waiting"
    sign_up(client, link)
    assert User.objects.filter(username="ada").exists()


def test_who_accepts_joins_its_teams(client: Client, curator: User) -> None:
    tuesday = Group.objects.create(name="Tuesday readers")
    _, link = invite(curator, teams=[tuesday])
    sign_up(client, link)
    assert list(User.objects.get(username="ada").groups.all()) == [tuesday]


def test_a_team_that_came_to_give_powers_is_not_given_by_a_curator_s_link(client: Client, curator: User) -> None:
    team = Group.objects.create(name="Tuesday readers")
    links = [invite(by, teams=[team])[1] for by in (curator, world.superuser())]
    team.permissions.add(Permission.objects.get(codename="change_tag"))
    sign_up(client, links[0])
    sign_up(Client(), links[1], username="eve")
    assert not User.objects.get(username="ada").groups.exists()
    assert list(User.objects.get(username="eve").groups.all()) == [team]


@pytest.mark.parametrize(
    ("by_mail", "given", "is_verified"),
    [
        (True, "Ada@Example.org", True),
        (False, "ada@example.org", False),
        (True, "other@example.org", False),
    ],
)
def test_an_address_is_theirs_only_by_the_link_that_was_sent_there(
    by_mail: bool, given: str, is_verified: bool, client: Client, curator: User
) -> None:
    _, token = Invitation.objects.make(curator, email="ada@example.org")
    sign_up(client, f"/invitations/{as_mailed(token) if by_mail else token}/", email=given)
    (address,) = EmailAddress.objects.all()
    assert (address.user.username, address.email, address.verified) == ("ada", given.lower(), is_verified)


def test_a_made_up_signature_is_no_mail(client: Client, curator: User) -> None:
    _, token = Invitation.objects.make(curator, email="ada@example.org")
    _, other = Invitation.objects.make(curator)
    signature = as_mailed(other).partition(".")[2]
    sign_up(client, f"/invitations/{token}.{signature}/", email="ada@example.org")
    assert not EmailAddress.objects.get().verified


_RACE = """
import sys, threading
from django.conf import settings
from django.db import connection
from django.test import Client
from papers.models import Invitation, User

settings.ALLOWED_HOSTS = ["*"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
root = User.objects.create_superuser("root")
tokens = [Invitation.objects.make(root)[1] for _ in range(LINKS)]
barrier, statuses = threading.Barrier(4), []

def come(n):
    client = Client()
    client.get(f"/invitations/{tokens[n % LINKS]}/")
    name, words = f"ada{n % NAMES}", "long enough words"
    form = {"name": name, "username": name, "email": "", "password1": words, "password2": words}
    barrier.wait()
    statuses.append(client.post("/account/signup/", form).status_code)
    connection.close()

threads = [threading.Thread(target=come, args=(n,)) for n in range(4)]
for each in threads: each.start()
for each in threads: each.join()
let_in = statuses.count(302)
print(len(statuses), let_in, User.objects.count() - 1, Invitation.objects.accepted().count())
"""


@pytest.mark.parametrize(("links", "names"), [(1, 4), (4, 1)])
def test_of_four_who_want_the_same_at_once_one_gets_it_and_nothing_is_half_made(
    links: int, names: int, installation: Installation
) -> None:
    race = _RACE.replace("LINKS", str(links)).replace("NAMES", str(names))
    ran = installation.run("shell", "--no-imports", "-c", race)
    assert ran.out.split() == ["4", "1", "1", "1"], ran.err
