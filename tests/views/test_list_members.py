"""Who is on a reading list: offered, accepted, declined, given a role, taken off, and left."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from papers.access import Role
from papers.models import ListEntry, Membership, Paper, ReadingList, User
from papers.models.handing_over import hand_over
from papers.models.reading_lists import ReadingListQuerySet
from tests import world
from tests.page import Page


@pytest.fixture
def mine(alice: User) -> ReadingList:
    """A list of Alice's."""
    return world.reading_list(alice)


def share(client: Client, shared: ReadingList, who: str, role: Role = Role.CONTRIBUTOR, **more: str) -> Page:
    return Page(client.post(f"/lists/{shared.key}/members/", {"who": who, "role": role.value, **more}, follow=True))


def lists_of(person: User) -> str:
    return Page(world.browser_of(person).get("/lists/")).text


@pytest.mark.parametrize("who", ["Bob", "bob", "  BOB "])
def test_a_person_is_offered_a_list_by_name_and_sees_nothing_of_it_before_they_accept(
    who: str, reader: Client, mine: ReadingList, bob: User
) -> None:
    assert "Offered to Bob. It waits until they accept." in share(reader, mine, who).text
    assert world.browser_of(bob).get(f"/lists/{mine.key}/").status_code == 404
    assert "Alice offers you “Thursday readers”, to read and fill it together." in lists_of(bob)
    assert "see of each other what of it they have read" in lists_of(bob)
    page = Page(world.browser_of(bob).post(f"/lists/{mine.key}/membership/", follow=True))
    assert "You take part in “Thursday readers”" in page.text
    assert page.one("h1").text == "Thursday readers"
    assert set(mine.members()) == {mine.owner, bob}


def test_who_declines_is_offered_nothing_any_more(reader: Client, mine: ReadingList, bob: User) -> None:
    share(reader, mine, "Bob")
    world.browser_of(bob).post(f"/lists/{mine.key}/membership/removal/")
    assert "offers you" not in lists_of(bob)
    assert world.browser_of(bob).post(f"/lists/{mine.key}/membership/").status_code == 404


def test_the_owner_sees_what_waits_and_takes_it_back(reader: Client, mine: ReadingList, bob: User) -> None:
    page = share(reader, mine, "Bob")
    (form,) = [each["action"] for each in page.all("form") if each["action"].endswith("/removal/")]
    assert "The offer to Bob is taken back." in Page(reader.post(form, follow=True)).text
    assert world.browser_of(bob).post(f"/lists/{mine.key}/membership/").status_code == 404


def test_every_page_tells_how_many_lists_are_offered_without_another_query(
    client: Client, mine: ReadingList, bob: User
) -> None:
    client.force_login(bob)
    client.get("/")
    with CaptureQueriesContext(connection) as before:
        etag = client.get("/papers/")["ETag"]
    mine.memberships.create(person=bob, offered_by=mine.owner)
    mine.memberships.create(person=world.member("dan"), offered_by=mine.owner)
    with CaptureQueriesContext(connection) as after:
        page = Page(client.get("/papers/", headers={"If-None-Match": etag}))
    assert page.one("span", class_="bar-count").text == "1 offered to you"
    assert len(after) == len(before)
    for address in ("/account/", "/no-such-page/", "/lists/"):
        assert Page(client.get(address)).one("span", class_="bar-count").text.startswith("1"), address
    page = Page(client.post(f"/lists/{mine.key}/membership/", follow=True))
    assert not page.all("span", class_="bar-count")


@pytest.mark.parametrize(("is_confirmed", "sends_mail"), [(True, True), (False, True), (True, False)])
def test_to_whom_it_is_offered_is_written_where_their_address_is_confirmed(
    is_confirmed: bool,
    sends_mail: bool,
    reader: Client,
    mine: ReadingList,
    bob: User,
    settings: Settings,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.SENDS_MAIL = sends_mail
    EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=is_confirmed)
    with django_capture_on_commit_callbacks(execute=True):
        page = share(reader, mine, "Bob")
    assert "Offered to Bob." in page.text
    sent = [(each.to, each.subject, str(each.body)) for each in mail.outbox]
    if not (is_confirmed and sends_mail):
        assert sent == []
        return
    ((to, subject, body),) = sent
    assert (to, subject.endswith("Alice offers you a reading list")) == ([bob.email], True)
    assert "“Thursday readers”" in body
    assert "http://testserver/lists/" in body
    assert "http://testserver/account/" in body


def test_who_wants_no_mails_of_offers_gets_none(
    reader: Client, mine: ReadingList, bob: User, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SENDS_MAIL = True
    EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=True)
    User.objects.filter(pk=bob.pk).update(offers_by_mail=False)
    with django_capture_on_commit_callbacks(execute=True):
        assert "Offered to Bob." in share(reader, mine, "Bob").text
    assert not mail.outbox
    assert "Alice offers you “Thursday readers”" in lists_of(bob)


def test_a_mail_that_cannot_be_sent_keeps_nobody_from_sharing(
    reader: Client, mine: ReadingList, bob: User, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SENDS_MAIL, settings.MAILERS = True, {"default": world.NOWHERE}
    EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert "Offered to Bob." in share(reader, mine, "Bob").text


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("", "Write somebody’s name"),
        ("Nobody Here", "Nobody here is called “Nobody Here”"),
        ("bob@example.org", "found by their names here, and not by their addresses"),
        ("Alice", "Nobody here is called “Alice”"),
        ("gone", "Nobody here is called “gone”"),
    ],
)
def test_what_means_nobody_is_told(who: str, why: str, reader: Client, mine: ReadingList, bob: User) -> None:
    User.objects.filter(pk=world.member("gone").pk).update(is_active=False)
    assert why in share(reader, mine, who).text
    assert not Membership.objects.exists()


def test_of_several_of_one_name_one_is_chosen(reader: Client, mine: ReadingList, bob: User) -> None:
    other = User.objects.create_user("robert", name="Bob")
    team = Group.objects.create(name="bob")
    page = share(reader, mine, "Bob")
    assert "Several are called so. Choose one of them below." in page.text
    marks = [each["value"] for each in page.all("input", name="choice")]
    assert marks == [f"person-{bob.pk}", f"person-{other.pk}", f"team-{team.pk}"]
    share(reader, mine, "Bob", choice=marks[1])
    assert [row.whom for row in Membership.objects.all()] == [other]


def test_of_whose_names_begin_so_one_is_chosen(reader: Client, mine: ReadingList, bob: User) -> None:
    page = share(reader, mine, "bo")
    assert "Nobody here is called “bo”, and no team. Choose below whom you mean." in page.text
    assert [each["value"] for each in page.all("input", name="choice")] == [f"person-{bob.pk}"]
    assert not Membership.objects.exists()
    share(reader, mine, "bo", choice=f"person-{bob.pk}")
    assert [row.whom for row in Membership.objects.all()] == [bob]


def test_a_choice_is_among_those_who_are_called_so(reader: Client, mine: ReadingList, bob: User) -> None:
    User.objects.create_user("robert", name="Bob")
    share(reader, mine, "Bob", choice=f"person-{world.member('carl').pk}")
    assert not Membership.objects.exists()


@pytest.mark.parametrize("role", ["true", "0", "4", "5", "x", ""])
def test_a_role_is_one_that_can_be_given(role: str, reader: Client, mine: ReadingList, bob: User) -> None:
    reader.post(f"/lists/{mine.key}/members/", {"who": "Bob", "role": role})
    assert not Membership.objects.exists()
    row = Membership.objects.create(reading_list=mine, person=bob, role=Role.VIEWER)
    assert reader.post(f"/lists/{mine.key}/members/{row.pk}/role/", {"role": role}).status_code == 400
    row.refresh_from_db()
    assert row.role == Role.VIEWER


def test_nobody_is_offered_a_list_twice(reader: Client, mine: ReadingList, bob: User) -> None:
    share(reader, mine, "Bob", Role.VIEWER)
    assert "Bob has it already, or it waits to be accepted" in share(reader, mine, "Bob", Role.EDITOR).text
    assert Membership.objects.get().role == Role.VIEWER


def test_a_role_is_changed_and_counts_from_then_on(reader: Client, mine: ReadingList, bob: User) -> None:
    row = world.reading_list(mine.owner, "Another", viewer=bob).memberships.get()
    reader.post(f"/lists/{row.reading_list.key}/members/{row.pk}/role/", {"role": Role.EDITOR.value})
    assert ReadingList.objects.visible_to(bob).get().mine == Role.EDITOR


def test_a_role_is_given_back_by_undo(reader: Client, mine: ReadingList, bob: User) -> None:
    row = mine.memberships.create(person=bob, role=Role.VIEWER)
    page = Page(reader.post(f"/lists/{mine.key}/members/{row.pk}/role/", {"role": Role.EDITOR.value}, follow=True))
    assert "Bob edits from now on." in page.text
    undo = page.one("input", name="undo")["value"]
    reader.post(f"/lists/{mine.key}/members/{row.pk}/role/", {"undo": undo}, follow=True)
    row.refresh_from_db()
    assert row.role == Role.VIEWER
    same = Page(reader.post(f"/lists/{mine.key}/members/{row.pk}/role/", {"role": Role.VIEWER.value}, follow=True))
    assert not same.all("input", name="undo")


def test_before_somebody_is_taken_off_it_is_said_what_that_means(reader: Client, mine: ReadingList, bob: User) -> None:
    mine.memberships.create(person=bob, role=Role.VIEWER, joined_at=timezone.now())
    mine.memberships.create(team=Group.objects.create(name="Tuesday readers"))
    page = Page(reader.get(f"/lists/{mine.key}/members/"))
    assert [each.text for each in page.all("summary")] == ["Take off: Bob", "Take off: Tuesday readers"]
    assert "They see nothing of the list then" in page.text
    assert "Its people see nothing of the list then" in page.text


def test_who_is_taken_off_is_off_at_once_and_what_they_claimed_is_free(alice: User, bob: User, db: None) -> None:
    world.library(1)
    shared = world.reading_list(alice, contributor=bob)
    (entry,) = ListEntry.objects.add(shared, [Paper.objects.get()], by=bob)
    shared.entries.update(claimed_by=bob)
    browser, before = world.browser_of(bob), User.objects.get(pk=bob.pk).stamp
    assert browser.get(f"/lists/{shared.key}/").status_code == 200
    world.browser_of(alice).post(f"/lists/{shared.key}/members/{shared.memberships.get().pk}/removal/")
    assert browser.get(f"/lists/{shared.key}/").status_code == 404
    entry.refresh_from_db()
    assert (entry.claimed_by, entry.suggested_by) == (None, bob)
    assert User.objects.get(pk=bob.pk).stamp != before


def test_a_team_has_it_at_once_and_each_of_its_people_chooses_to_take_part(
    reader: Client, mine: ReadingList, bob: User
) -> None:
    team = Group.objects.create(name="Tuesday readers")
    bob.groups.add(team)
    assert "Tuesday readers has it from now on, and reads." in share(reader, mine, "tuesday readers", Role.VIEWER).text
    browser = world.browser_of(bob)
    page = Page(browser.get(f"/lists/{mine.key}/"))
    assert "Take part, and its members see what of it you have read" in page.text
    assert set(mine.members()) == {mine.owner}
    browser.post(f"/lists/{mine.key}/membership/")
    assert set(mine.members()) == {mine.owner, bob}
    assert "Bob you by a team reads" in Page(browser.get(f"/lists/{mine.key}/members/")).text
    browser.post(f"/lists/{mine.key}/membership/removal/")
    assert set(mine.members()) == {mine.owner}
    assert browser.get(f"/lists/{mine.key}/").status_code == 200


def test_who_takes_part_by_a_team_has_a_role_of_their_own_without_being_asked_again(
    reader: Client, mine: ReadingList, bob: User
) -> None:
    team = Group.objects.create(name="Tuesday readers")
    bob.groups.add(team)
    share(reader, mine, "Tuesday readers", Role.VIEWER)
    world.browser_of(bob).post(f"/lists/{mine.key}/membership/")
    assert "Bob has it from now on, and edits." in share(reader, mine, "Bob", Role.EDITOR).text
    assert ReadingList.objects.visible_to(bob).get().mine == Role.EDITOR


def test_with_the_team_goes_who_takes_part_by_it_alone(reader: Client, mine: ReadingList, bob: User) -> None:
    team = Group.objects.create(name="Tuesday readers")
    bob.groups.add(team)
    share(reader, mine, "Tuesday readers")
    world.browser_of(bob).post(f"/lists/{mine.key}/membership/")
    reader.post(f"/lists/{mine.key}/members/{mine.memberships.of_teams().get().pk}/removal/")
    assert world.browser_of(bob).get(f"/lists/{mine.key}/").status_code == 404
    assert not mine.memberships.exists(), "should the team come back, nobody takes part without having been asked"


def test_a_member_leaves_and_sees_nothing_any_more(alice: User, bob: User) -> None:
    shared = world.reading_list(alice, editor=bob)
    assert (
        "You have left “Thursday readers”."
        in Page(world.browser_of(bob).post(f"/lists/{shared.key}/membership/removal/", follow=True)).text
    )
    assert world.browser_of(bob).get(f"/lists/{shared.key}/").status_code == 404


def test_an_owner_leaves_only_after_giving_it_away(reader: Client, mine: ReadingList) -> None:
    page = Page(reader.post(f"/lists/{mine.key}/membership/removal/", follow=True))
    assert "Give it to one of its members first" in page.text
    assert ReadingList.objects.get().owner == mine.owner


def test_only_the_owner_is_told_what_waits(alice: User, bob: User) -> None:
    shared = world.reading_list(alice, editor=bob, pending=world.member("Dora"))
    for address in ("", "members/"):
        assert "Dora" not in world.browser_of(bob).get(f"/lists/{shared.key}/{address}").text
    assert "Dora" in world.browser_of(alice).get(f"/lists/{shared.key}/members/").text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("bo", ["Bob Ada Miller"]),
        ("mil", ["Bob Ada Miller"]),
        ("ada", ["Bob Ada Miller"]),
        ("tues", ["Tuesday readers"]),
        ("alice", []),
        ("example", []),
        ("eve", []),
        ("eve@", []),
        ("gone", []),
        ("", []),
        ("\x00", []),
    ],
)
def test_names_are_suggested_while_one_types_and_never_addresses(
    typed: str, expected: list[str], reader: Client, mine: ReadingList, bob: User
) -> None:
    User.objects.filter(pk=bob.pk).update(name="Bob Ada Miller")
    User.objects.filter(pk=world.member("gone").pk).update(is_active=False)
    User.objects.create_user("eve@example.org", "eve@example.org")
    Group.objects.create(name="Tuesday readers")
    address = f"/lists/{mine.key}/members/suggestions/"
    answer = reader.get(address, {"who": typed}, headers={"HX-Request": "true"})
    assert [each["value"] for each in Page(answer).all("option")] == expected
    assert "@" not in answer.text
    assert reader.get(address, {"who": typed})["Location"] == f"/lists/{mine.key}/members/"


def test_suggestions_are_bounded(reader: Client, mine: ReadingList) -> None:
    User.objects.bulk_create(User(username=f"reader{n}", name=f"Reader {n}") for n in range(30))
    address = f"/lists/{mine.key}/members/suggestions/?who=rea"
    assert len(Page(reader.get(address, headers={"HX-Request": "true"})).all("option")) == 8


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """What somebody else does just before it is one's own turn."""
    hold = ReadingListQuerySet.hold

    def wait(self: ReadingListQuerySet, key: str) -> None:
        act()
        hold(self, key)

    monkeypatch.setattr(ReadingListQuerySet, "hold", wait)


def test_an_offer_that_is_taken_back_while_it_is_accepted_makes_nobody_a_member(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = world.reading_list(alice, pending=bob)
    meanwhile(monkeypatch, shared.memberships.get().take_off)
    assert world.browser_of(bob).post(f"/lists/{shared.key}/membership/").status_code == 404
    assert bob not in shared.members()


def test_who_is_made_the_owner_while_they_leave_stays(alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = world.reading_list(alice, editor=bob)
    meanwhile(monkeypatch, lambda: hand_over(shared, bob, stays=True))
    page = Page(world.browser_of(bob).post(f"/lists/{shared.key}/membership/removal/", follow=True))
    assert "You own this list." in page.text
    assert ReadingList.objects.get().owner == bob


@pytest.mark.parametrize("address", ["membership/", "membership/removal/", "archive/"])
def test_what_is_done_with_a_list_that_is_deleted_meanwhile_is_done_with_none(
    address: str, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = world.reading_list(alice, pending=bob)
    meanwhile(monkeypatch, ReadingList.objects.get().delete)
    assert (
        world.browser_of(alice if address == "archive/" else bob).post(f"/lists/{shared.key}/{address}").status_code
        == 404
    )
