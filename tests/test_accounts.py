"""Accounts: made by oneself where that is open, got back into, and left."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from papers.exchange.curate import curate_all
from papers.exchange.pasting import paste
from papers.exchange.rulings import merge
from papers.exchange.tagging import put
from papers.exchange.taking_back import take_back
from papers.models import Change, Ingest, Invitation, Marking, Paper, PaperTag, ReaderState, User
from tests import world
from tests.inviting import form
from tests.page import Page

pytestmark = pytest.mark.django_db
DELETION = "/account/deletion/"


def test_where_the_site_is_open_sign_in_leads_to_sign_up(client: Client, settings: Settings) -> None:
    assert "/account/signup/" not in client.get("/account/login/").text
    settings.SIGN_UP = "open"
    assert Page(client.get("/account/login/")).link("Make an account") == "/account/signup/"
    assert Page(client.get("/account/signup/")).one("h1").text == "Make your account"
    client.post("/account/signup/", form())
    assert User.objects.get().name == "Ada L."


@pytest.mark.parametrize("sends_mail", [True, False])
def test_sign_up_does_not_tell_whose_address_has_an_account(sends_mail: bool, alice: User, settings: Settings) -> None:
    settings.SIGN_UP, settings.SENDS_MAIL = "open", sends_mail
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    answers = []
    for name, email in (("ada", "ada@example.org"), ("eve", alice.email)):
        mail.outbox.clear()
        answer = Client().post("/account/signup/", form(username=name, email=email))
        said = [message.subject for message in mail.outbox]
        answers.append((answer.status_code, answer.headers.get("Location"), said))
    assert answers[0] == answers[1]
    assert Client().login(username=alice.email, password=world.PASSWORD), "it is still hers"
    confirm = next(word for word in str(mail.outbox[0].body).split() if "/confirm-email/" in word)
    Client().post(confirm)
    assert not User.objects.get(username="eve").emailaddress_set.get().verified


def test_where_it_is_closed_sign_up_says_that_an_invitation_is_needed(client: Client) -> None:
    for answer in (client.get("/account/signup/"), client.post("/account/signup/", form())):
        assert Page(answer).one("h1").text == "An account needs an invitation"
    assert not User.objects.exists()


@pytest.mark.parametrize("extra", ["is_staff", "is_superuser", "groups", "user_permissions", "is_active"])
def test_a_form_makes_nobody_more_than_a_member(extra: str, client: Client, settings: Settings) -> None:
    settings.SIGN_UP = "open"
    client.post("/account/signup/", {**form(), extra: "1"})
    ada = User.objects.get()
    assert (ada.is_staff, ada.is_superuser, ada.is_active, ada.groups.count()) == (False, False, True, 0)


# A new password


def test_without_mail_the_page_sends_to_a_curator(client: Client) -> None:
    page = Page(client.get("/account/password/reset/"))
    assert "This site sends no mail. Ask a curator for a link" in page.text
    assert not page.all("input", name="email")
    assert "This site sends no mail" in Page(client.get("/account/password/reset/done/")).text


def test_with_mail_a_link_comes_and_works_once(client: Client, alice: User, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    answer = client.post("/account/password/reset/", {"email": alice.email}, follow=True)
    assert Page(answer).one("h1").text == "Look into your mailbox"
    (message,) = mail.outbox
    assert message.subject == "Lectern: Set a new password"
    (link,) = (line for line in str(message.body).splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    done = client.post(page.redirect_chain[-1][0], {"password1": "quite new words", "password2": "quite new words"})
    assert done["Location"] == "/account/password/reset/key/done/"
    assert Client().login(username="alice", password="quite new words")
    assert Page(Client().get(link)).one("h1").text == "This link sets no password"


def test_a_known_and_an_unknown_address_get_the_same_answer(client: Client, alice: User, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    answers = [
        client.post("/account/password/reset/", {"email": each}, follow=True) for each in (alice.email, "x@example.org")
    ]
    assert Page(answers[0]).text == Page(answers[1]).text
    assert [message.to for message in mail.outbox] == [[alice.email], ["x@example.org"]]


NOT_SENT = "A mail could not be sent just now."


def test_where_mail_fails_an_account_is_made_all_the_same(client: Client, settings: Settings) -> None:
    settings.SIGN_UP, settings.SENDS_MAIL, settings.MAILERS = "open", True, {"default": world.NOWHERE}
    page = Page(client.post("/account/signup/", form(email="ada@example.org"), follow=True))
    assert NOT_SENT in page.text
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_where_mail_fails_a_known_and_an_unknown_address_are_told_so_alike(
    client: Client, alice: User, settings: Settings
) -> None:
    settings.SENDS_MAIL, settings.MAILERS = True, {"default": world.NOWHERE}
    reset = "/account/password/reset/"
    known, unknown = (client.post(reset, {"email": each}, follow=True) for each in (alice.email, "x@example.org"))
    assert NOT_SENT in Page(known).text
    assert Page(known).text == Page(unknown).text


# Leaving


def confirmed(person: User) -> Client:
    """A browser whose owner has just given their password once more."""
    client = Client()
    client.force_login(person)
    answer = client.post("/account/reauthenticate/", {"password": world.PASSWORD, "next": DELETION})
    assert answer["Location"] == DELETION
    return client


def rows_about(person: int) -> dict[str, int]:
    """How many rows of each table lead to somebody."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                found[f"{model._meta.label}.{field.name}"] = model._default_manager.filter(
                    **{field.attname: person}
                ).count()
    return {name: number for name, number in found.items() if number}


def full_life(person: User) -> None:
    """Does everything there is to do."""
    papers = Paper.objects.order_by("pk")
    Marking.objects.mark(person, papers[0], starred=True, note="mine", rating=5)
    Marking.objects.create(reader=person, mark="read")
    put(papers[0], "spotless", by=person)
    paste("@article{a, title={What Alice Pasted}, year={2025}}", by=person)
    curate_all([papers[0].pk], {"venue": "Oslo"}, by=person)
    person.groups.add(Group.objects.create(name="Tuesday readers"))
    Authenticator.objects.create(user=person, type="totp", data={})
    EmailAddress.objects.create(user=person, email=person.email)
    Invitation.objects.make(person)


def test_nobody_deletes_an_account_without_giving_the_password_again(alice: User, client: Client) -> None:
    client.force_login(alice)
    for answer in (client.get(DELETION), client.post(DELETION)):
        assert answer["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": "wrong", "next": DELETION})
    client.post(DELETION)
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_page_says_what_goes_and_what_stays_and_changes_nothing(alice: User) -> None:
    page = Page(confirmed(alice).get(DELETION))
    assert page.link("one file of JSON Lines") == "/account/export.jsonl"
    assert "What goes, for good" in page.text
    assert "What stays, without your name" in page.text
    assert page.one("form", action=DELETION)
    assert User.objects.filter(pk=alice.pk).exists()


def test_what_is_private_goes_and_what_is_shared_stays_without_a_name(alice: User, bob: User) -> None:
    world.library(2)
    full_life(alice)
    Marking.objects.mark(bob, Paper.objects.earliest("pk"), starred=True)
    client = confirmed(alice)
    assert len(rows_about(alice.pk)) >= 9
    answer = client.post(DELETION, follow=True)
    assert "Your account is deleted" in Page(answer).text
    assert rows_about(alice.pk) == {}
    assert not User.objects.filter(pk=alice.pk).exists()
    assert Paper.objects.filter(title="What Alice Pasted").exists()
    assert PaperTag.objects.get(origin="person").by is None
    assert Ingest.objects.get(way="paste").started_by is None
    assert {change.by for change in Change.objects.all()} == {None}
    assert ReaderState.objects.get().reader == bob
    assert Paper.objects.earliest("pk").venue == "Oslo"


@pytest.mark.parametrize("by_themselves", [True, False])
def test_no_name_and_no_address_stays_where_it_is_told_who_came_in(by_themselves: bool, alice: User) -> None:
    root = world.superuser()
    Invitation.objects.make(root, email=alice.email)
    Invitation.objects.update(accepted_by=alice)
    desk = Client()
    desk.force_login(root)
    desk.post(f"/admin/papers/user/{alice.pk}/password-link/")
    if by_themselves:
        confirmed(alice).post(DELETION)
    else:
        desk.post(f"/admin/papers/user/{alice.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=alice.pk).exists()
    assert Invitation.objects.get().email == ""
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {"somebody who left"}


def test_all_their_sessions_end(alice: User) -> None:
    other, client = Client(), confirmed(alice)
    other.force_login(alice)
    UserSession.objects.create(user=alice, ip="127.0.0.1", session_key=other.session.session_key)
    key = other.session.session_key
    client.post(DELETION)
    assert not other.session.exists(key or "")
    assert other.get("/paste/").status_code == 302
    assert client.get("/paste/").status_code == 302


def test_the_last_superuser_stays(client: Client) -> None:
    root = world.superuser()
    User.objects.create_superuser("locked out", is_active=False)
    answer = confirmed(root).post(DELETION)
    assert answer.status_code == 409
    assert "Make somebody a superuser first" in Page(answer).text
    User.objects.create_superuser("another")
    confirmed(root).post(DELETION)
    assert not User.objects.filter(pk=root.pk).exists()


def test_what_somebody_marked_goes_by_one_statement_however_much_it_is(alice: User, bob: User) -> None:
    world.library(30)

    def asked(person: User, marks: int) -> int:
        for paper in Paper.objects.order_by("pk")[:marks]:
            Marking.objects.mark(person, paper, starred=True)
        client = confirmed(person)
        with CaptureQueriesContext(connection) as captured:
            client.post(DELETION)
        assert not any("papers_readerstate" in each["sql"] for each in captured if each["sql"].startswith("SELECT"))
        return len(captured)

    assert asked(alice, 1) == asked(bob, 30)


def test_a_paper_that_was_merged_forgets_whose_marks_it_held(alice: User) -> None:
    world.library(2)
    first, second = Paper.objects.order_by("pk")
    Marking.objects.mark(alice, second, starred=True)
    carol = world.curator()
    change = merge([first, second], by=carol)
    confirmed(alice).post(DELETION)
    take_back(change, carol)
    assert Paper.objects.count() == 2
    assert not ReaderState.objects.exists()
