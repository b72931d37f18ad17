"""Invitations at the desk: made, shown once, sent, and taken back."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from papers.access import CURATORS
from papers.models import Invitation, User
from tests import world
from tests.inviting import SPOILT, invite, sign_up, spoil
from tests.page import Page

pytestmark = pytest.mark.django_db
ADD = "/admin/papers/invitation/add/"


def made(desk: Client, **said: Any) -> Page:
    return Page(desk.post(ADD, {"email": "", "days": "7", **said}))


def link_on(page: Page) -> str:
    return page.one("input", id="link")["value"].removeprefix("http://testserver")


def test_a_curator_makes_a_link_that_is_shown_once(desk: Client, curator: User) -> None:
    page = made(desk)
    (invitation,) = Invitation.objects.all()
    assert (invitation.made_by, invitation.state) == (curator, "waiting")
    assert dt.timedelta(days=6.9) < invitation.expires_at - timezone.now() < dt.timedelta(days=7)
    assert "It is shown only now" in page.text
    link = link_on(page)
    for address in ("", f"{invitation.pk}/change/", f"{invitation.pk}/history/"):
        assert link.split("/")[2] not in desk.get(f"/admin/papers/invitation/{address}").text
    sign_up(Client(), link)
    assert User.objects.filter(username="ada").exists()


@pytest.mark.parametrize("days", ["0", "91", "x", ""])
def test_it_works_for_some_days_and_not_for_ever(days: str, desk: Client) -> None:
    assert made(desk, days=days).all("ul", class_="errorlist")
    assert not Invitation.objects.exists()


def test_where_mail_is_sent_the_link_is_mailed_and_proves_the_address(desk: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    page = made(desk, email="ada@example.org")
    assert "It was sent to ada@example.org." in page.text
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ada@example.org"], "Lectern: Carol invites you")
    (link,) = (line for line in str(message.body).splitlines() if line.startswith("http"))
    assert link != link_on(page)
    sign_up(Client(), link.removeprefix("http://testserver"), email="ada@example.org")
    assert EmailAddress.objects.get().verified


def test_where_no_mail_is_sent_the_page_says_so(desk: Client) -> None:
    assert "This site sends no mail, so nothing went to ada@example.org" in made(desk, email="ada@example.org").text
    assert not mail.outbox


def test_a_mail_that_fails_is_said_and_the_link_shown(desk: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    nowhere = {"host": "127.0.0.1", "port": 9}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nowhere}}
    page = made(desk, email="ada@example.org")
    assert "could not be sent" in page.text
    assert link_on(page)


def test_a_curator_gives_no_team_that_gives_powers(desk: Client) -> None:
    plain = Group.objects.create(name="Tuesday readers")
    curators = Group.objects.get(name=CURATORS)
    assert [each["value"] for each in Page(desk.get(ADD)).all("input", name="teams")] == [str(plain.pk)]
    made(desk, teams=[curators.pk])
    made(desk, teams=[plain.pk, curators.pk])
    assert not Invitation.objects.exists()
    made(desk, teams=[plain.pk])
    assert list(Invitation.objects.get().teams.all()) == [plain]


def test_a_superuser_invites_a_curator(client: Client) -> None:
    client.force_login(world.superuser())
    curators = Group.objects.get(name=CURATORS)
    sign_up(Client(), link_on(made(client, teams=[curators.pk])))
    assert list(User.objects.get(username="ada").groups.all()) == [curators]


def test_it_is_taken_back_at_the_desk_and_noted(desk: Client) -> None:
    link = link_on(made(desk))
    where = f"/admin/papers/invitation/{Invitation.objects.get().pk}"
    page = Page(desk.post(f"{where}/revocation/", follow=True))
    assert "Its link lets nobody in any more." in page.text
    assert Client().get(link).status_code == 404
    assert "Took it back." in Page(desk.get(f"{where}/history/")).text
    assert "nothing was changed" in Page(desk.post(f"{where}/revocation/", follow=True)).text


def test_the_list_says_who_made_each_and_what_became_of_it(desk: Client, curator: User) -> None:
    for how in ("", *SPOILT[:3]):
        invitation, _ = invite(curator)
        if how == "expired":
            Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
        elif how:
            spoil(invitation, how)
    found = {}
    for state in ("waiting", "accepted", "expired", "revoked"):
        (row,) = Page(desk.get(f"/admin/papers/invitation/?only={state}")).all("td", class_="field-state")
        found[state] = row.text
    assert found == {"waiting": "waiting", "accepted": "accepted", "expired": "expired", "revoked": "taken back"}
    assert "Carol" in Page(desk.get("/admin/papers/invitation/")).text


@pytest.mark.parametrize("how", ["of somebody shut out", "of somebody who left"])
def test_those_of_somebody_who_is_gone_count_as_taken_back(how: str, curator: User) -> None:
    invitation, _ = invite(curator)
    spoil(invitation, how)
    assert [each.state for each in Invitation.objects.revoked()] == ["revoked"]
    assert not Invitation.objects.waiting()


def test_an_address_is_seen_by_who_wrote_it_and_by_superusers_only(desk: Client, curator: User, client: Client) -> None:
    other = User.objects.create_user("dan", is_staff=True)
    other.groups.add(Group.objects.get(name=CURATORS))
    invitation, _ = invite(curator, email="ada@example.org")
    where = f"/admin/papers/invitation/{invitation.pk}/change/"
    seen = {}
    for person in (curator, other, world.superuser()):
        browser = Client()
        browser.force_login(person)
        pages = [
            browser.get(address).text
            for address in (where, "/admin/papers/invitation/", where.replace("change", "history"))
        ]
        seen[person.username] = "ada@example.org" in "".join(pages)
        for guess in ("email__startswith=a", "token_hash__startswith=a", "made_by__email__startswith=c"):
            answer = browser.get(f"/admin/papers/invitation/?{guess}")
            assert answer.status_code == 400 or person.is_superuser, guess
    assert seen == {"carol": True, "dan": False, "root": True}
