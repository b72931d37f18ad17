"""Invitations to a reading list: by mail or by a link that is passed on, for who has no account and for who has."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from papers.access import Role
from papers.models import Invitation, Membership, ReadingList, User
from papers.models.handing_over import hand_over
from tests import world
from tests.inviting import form
from tests.page import Page


@pytest.fixture
def mine(alice: User) -> ReadingList:
    """A list of Alice's."""
    return world.reading_list(alice)


def invite(client: Client, shared: ReadingList, role: Role = Role.CONTRIBUTOR, **said: str) -> Page:
    return Page(client.post(f"/lists/{shared.key}/invitations/", {"role": role.value, **said}))


def link_on(page: Page) -> str:
    return page.one("input", id="link")["value"].removeprefix("http://testserver")


def mailed() -> str:
    (line,) = (line for line in str(mail.outbox[-1].body).splitlines() if line.startswith("http"))
    return line.removeprefix("http://testserver")


def come(link: str, **said: str) -> None:
    client = Client()
    client.get(link)
    client.post("/account/signup/", form(**said))


def test_who_signs_up_by_it_is_a_member_and_stands_before_the_list(reader: Client, mine: ReadingList) -> None:
    link = link_on(invite(reader, mine))
    client = Client()
    page = Page(client.get(link, follow=True))
    assert "Alice offers you “Thursday readers”, to read and fill it together." in page.text
    assert "By making your account you accept." in page.text
    onward = page.all("input", name="next")[0]["value"]
    page = Page(client.post("/account/signup/", {**form(), "next": onward}, follow=True))
    assert page.one("h1").text == "Thursday readers"
    ada = User.objects.get(username="ada")
    assert set(mine.members()) == {mine.owner, ada}
    assert ReadingList.objects.visible_to(ada).get().mine == Role.CONTRIBUTOR


def test_who_has_an_account_signs_in_and_accepts(reader: Client, mine: ReadingList, bob: User) -> None:
    link, client = link_on(invite(reader, mine)), Client()
    leads = {each["href"] for each in Page(client.get(link, follow=True)).all("a") if each.text == "Sign in"}
    assert "/account/login/?next=/invitation/" in leads
    world.sign_in(client, bob, next="/invitation/")
    page = Page(client.get("/invitation/"))
    assert "Alice offers you “Thursday readers”" in page.text
    assert not Membership.objects.exists()
    assert Page(client.post("/invitation/", follow=True)).one("h1").text == "Thursday readers"
    assert set(mine.members()) == {mine.owner, bob}
    assert Invitation.objects.get().accepted_by == bob


def test_who_declines_leaves_the_link_good(reader: Client, mine: ReadingList, bob: User) -> None:
    link, client = link_on(invite(reader, mine)), Client()
    client.force_login(bob)
    assert client.get(link)["Location"] == "/invitation/"
    client.post("/invitation/removal/")
    assert client.get("/invitation/").status_code == 404
    assert not Membership.objects.exists()
    assert Invitation.objects.get().state == "waiting"


def test_whoever_is_on_it_already_is_led_there(reader: Client, mine: ReadingList, bob: User) -> None:
    link, client = link_on(invite(reader, mine)), Client()
    assert reader.get(link)["Location"] == mine.get_absolute_url()
    client.force_login(bob)
    client.get(link)
    client.post("/invitation/")
    assert client.get(link)["Location"] == mine.get_absolute_url(), (
        "the link in a mail is good for ever for who used it"
    )


def test_a_link_that_gives_more_than_one_has_can_be_accepted(alice: User, bob: User) -> None:
    shared, client = world.reading_list(alice, viewer=bob), Client()
    _, token = Invitation.objects.make(alice, reading_list=shared, role=Role.EDITOR)
    client.force_login(bob)
    client.get(f"/invitations/{token}/")
    client.post("/invitation/")
    assert ReadingList.objects.visible_to(bob).get().mine == Role.EDITOR


SPOILT = ["used", "revoked", "expired", "of one who owns it no more", "where only curators invite", "of one shut out"]


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("has_account", [True, False])
def test_a_link_that_is_good_no_more_says_so(
    how: str, has_account: bool, mine: ReadingList, alice: User, bob: User, settings: Settings
) -> None:
    invitation, token = Invitation.objects.make(alice, reading_list=mine, role=Role.VIEWER)
    client, held = Client(), Client()
    held.force_login(bob)
    assert held.get(f"/invitations/{token}/")["Location"] == "/invitation/"
    match how:
        case "used":
            invitation.accept()
        case "revoked":
            invitation.revoke()
        case "expired":
            Invitation.objects.update(expires_at=timezone.now())
        case "of one who owns it no more":
            hand_over(mine, world.member("carl"), stays=True)
        case "where only curators invite":
            settings.INVITING = "curators"
        case _:
            User.objects.filter(pk=alice.pk).update(is_active=False)
    if has_account:
        client.force_login(bob)
    answer = client.get(f"/invitations/{token}/")
    assert (answer.status_code, Page(answer).one("h1").text) == (404, "This link lets nobody in")
    assert held.post("/invitation/").status_code == 404
    assert not Membership.objects.filter(person=bob).exists()


@pytest.mark.parametrize("has_account", [True, False])
def test_whether_an_address_has_an_account_is_told_to_nobody(
    has_account: bool, reader: Client, mine: ReadingList, bob: User, settings: Settings
) -> None:
    settings.SENDS_MAIL = True
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    address = bob.email if has_account else "ada@example.org"
    page = invite(reader, mine, email=address)
    told = page.text.replace(address, "")
    assert "It was sent to" in told
    assert "Bob" not in told
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([address], "Lectern: Alice offers you a reading list")
    assert "“Thursday readers”" in message.body
    assert "sign in, or make an account" in message.body
    assert "Bob" not in Page(reader.get(f"/lists/{mine.key}/members/")).text


def test_by_a_link_to_oneself_nobody_finds_out_whose_address_has_an_account(
    reader: Client, mine: ReadingList, bob: User
) -> None:
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    come(link_on(invite(reader, mine)), email=bob.email)
    assert User.objects.filter(username="ada").exists()
    assert not User.objects.get(username="ada").emailaddress_set.filter(verified=True).exists()


def test_a_mailed_link_proves_the_address(reader: Client, mine: ReadingList, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    invite(reader, mine, email="ada@example.org")
    come(mailed(), email="ada@example.org")
    assert EmailAddress.objects.get().verified


def test_a_link_that_was_passed_on_does_not_tell_the_address_it_was_sent_to(
    reader: Client, mine: ReadingList, settings: Settings
) -> None:
    settings.SENDS_MAIL = True
    shown = link_on(invite(reader, mine, email="ada@example.org"))
    told = ["ada@example.org" in Client().get(link, follow=True).text for link in (shown, mailed())]
    assert told == [False, True]


def test_where_no_mail_is_sent_there_is_only_the_link(reader: Client, mine: ReadingList) -> None:
    assert not Page(reader.get(f"/lists/{mine.key}/members/")).all("input", name="email")
    assert link_on(invite(reader, mine, email="ada@example.org"))
    assert not mail.outbox
    assert Invitation.objects.get().email == ""


def test_only_who_wrote_an_address_sees_it(reader: Client, mine: ReadingList, alice: User, bob: User) -> None:
    Membership.objects.create(reading_list=mine, person=bob, role=Role.EDITOR, joined_at=timezone.now())
    invitation, _ = Invitation.objects.make(alice, email="ada@example.org", reading_list=mine, role=Role.VIEWER)
    others = [bob, world.superuser(), world.curator()]
    addresses = ("/lists/", f"/lists/{mine.key}/", f"/lists/{mine.key}/members/")
    desk = (f"/admin/papers/invitation/{invitation.pk}/change/", "/admin/papers/invitation/")
    for other in others:
        client = world.browser_of(other)
        for address in (*addresses, *desk):
            told = client.get(address).text
            assert "ada@example.org" not in told
            assert other == bob or "Thursday readers" not in told
    assert "ada@example.org" in reader.get(addresses[2]).text


def test_where_only_curators_invite_others_are_told_so(
    reader: Client, mine: ReadingList, curator: User, settings: Settings
) -> None:
    settings.INVITING = "curators"
    page = Page(reader.get(f"/lists/{mine.key}/members/"))
    assert "On this site curators invite people." in page.text
    assert not page.all("form", action=f"/lists/{mine.key}/invitations/")
    assert reader.post(f"/lists/{mine.key}/invitations/", {"role": "1"}).status_code == 403
    desk = Client()
    desk.force_login(curator)
    assert link_on(invite(desk, world.reading_list(curator)))


def test_so_many_an_hour_and_no_more(reader: Client, mine: ReadingList) -> None:
    made = ["link" in {each.attributes.get("id") for each in invite(reader, mine).all("input")} for _ in range(21)]
    assert made == [True] * 20 + [False]
    assert "many people within an hour" in invite(reader, mine).text
    assert Invitation.objects.count() == 20


def test_it_is_taken_back(reader: Client, mine: ReadingList) -> None:
    link = link_on(invite(reader, mine))
    reader.post(f"/lists/{mine.key}/invitations/{Invitation.objects.get().pk}/revocation/")
    assert Client().get(link).status_code == 404
    assert "A link made on" not in Page(reader.get(f"/lists/{mine.key}/members/")).text
