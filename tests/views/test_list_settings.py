"""A reading list as a whole: named, put away, given away, deleted, and handed over when its owner leaves."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from papers.access import Role
from papers.exchange.leaving import leave
from papers.models import ListEntry, Membership, Order, Paper, ReadingList, Remark, User, Visibility
from tests import world
from tests.page import Page
from tests.test_accounts import DELETION, confirmed


@pytest.fixture
def mine(alice: User, bob: User) -> ReadingList:
    """A list of Alice's that Bob reads."""
    return world.reading_list(alice, viewer=bob)


SAID = {"name": "Friday readers", "description": "On *Fridays*.", "visibility": "site", "order": "due"}


def test_its_owner_says_what_it_is(reader: Client, mine: ReadingList) -> None:
    page = Page(reader.post(f"/lists/{mine.key}/settings/", SAID, follow=True))
    assert page.one("h1").text == "Friday readers"
    assert page.all("em")[0].text == "Fridays"
    edition = mine.edition
    mine.refresh_from_db()
    assert (mine.visibility, mine.order, mine.slug) == (Visibility.SITE, Order.DUE, "friday-readers")
    assert mine.edition > edition


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "Another"}, {"visibility": "true"}, {"order": "zebra"}, {"description": "x" * 20_001}],
)
def test_what_will_not_do_is_told_and_nothing_changed(wrong: dict[str, str], reader: Client, mine: ReadingList) -> None:
    world.reading_list(mine.owner, "Another")
    page = Page(reader.post(f"/lists/{mine.key}/settings/", {**SAID, **wrong}))
    assert page.all("ul", class_="errorlist")
    assert "Settings of Thursday readers" in page.one("title").text
    mine.refresh_from_db()
    assert (mine.name, mine.visibility) == ("Thursday readers", Visibility.PRIVATE)


def test_a_finished_list_is_put_away_and_brought_back(reader: Client, mine: ReadingList, bob: User) -> None:
    page = Page(reader.post(f"/lists/{mine.key}/archive/", follow=True))
    assert "is in the archive, where it can be read." in page.text
    assert "Archive Thursday readers" in Page(reader.get("/lists/")).text
    assert world.browser_of(bob).get(f"/lists/{mine.key}/").status_code == 200
    assert "This list is in the archive" in Page(reader.post(f"/lists/{mine.key}/settings/", SAID, follow=True)).text
    (undo,) = [each["action"] for each in page.all("form") if each["action"].endswith("/archive/removal/")]
    reader.post(undo)
    mine.refresh_from_db()
    assert mine.is_standing


def test_it_is_given_to_a_member_and_the_former_owner_edits_it(reader: Client, mine: ReadingList, bob: User) -> None:
    page = Page(reader.post(f"/lists/{mine.key}/owner/", {"heir": bob.pk}, follow=True))
    assert "Bob owns “Thursday readers” from now on, and you edit it." in page.text
    roles = {person: ReadingList.objects.visible_to(person).get().mine for person in (mine.owner, bob)}
    assert roles == {mine.owner: Role.EDITOR, bob: Role.OWNER}
    assert reader.get(f"/lists/{mine.key}/settings/").status_code == 403


@pytest.mark.parametrize("who", ["stranger", "pending", "myself"])
def test_it_is_given_to_members_only(who: str, reader: Client, alice: User, bob: User) -> None:
    people = {"stranger": bob, "pending": world.member("dora"), "myself": alice}
    shared = world.reading_list(alice, pending=people["pending"], viewer=world.member("carl"))
    reader.post(f"/lists/{shared.key}/owner/", {"heir": people[who].pk})
    assert ReadingList.objects.get().owner == alice


def test_a_name_that_the_heir_has_gets_the_former_owners_behind_it(
    reader: Client, mine: ReadingList, bob: User
) -> None:
    world.reading_list(bob)
    page = Page(reader.post(f"/lists/{mine.key}/owner/", {"heir": bob.pk}, follow=True))
    assert "It is called “Thursday readers (Alice)” now" in page.text
    assert {each.name for each in bob.reading_lists.all()} == {"Thursday readers", "Thursday readers (Alice)"}


def test_before_it_is_deleted_the_page_says_what_goes(reader: Client, mine: ReadingList, bob: User) -> None:
    world.library(2)
    ListEntry.objects.add(mine, list(Paper.objects.all()), by=bob)
    Remark.objects.create(reading_list=mine, by=bob, text="Hm.")
    page = Page(reader.get(f"/lists/{mine.key}/deletion/"))
    for told in ("2 papers", "1 remark", "1 other who takes part"):
        assert told in page.text
    assert ReadingList.objects.exists()
    assert "is deleted." in Page(reader.post(f"/lists/{mine.key}/deletion/", follow=True)).text
    assert not ReadingList.objects.exists()
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("door", ["deletion", "owner"])
def test_what_cannot_be_taken_back_never_waits_to_be_done_by_itself(door: str, mine: ReadingList) -> None:
    assert resolve(f"/lists/{mine.key}/settings/").func.is_kept  # type: ignore[attr-defined]
    assert not resolve(f"/lists/{mine.key}/{door}/").func.is_kept  # type: ignore[attr-defined]


# When its owner leaves


def long_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def test_it_goes_to_the_member_with_the_farthest_role_who_has_been_one_longest(alice: User) -> None:
    viewer, first, second, pending = map(world.member, ("viewer", "first", "second", "pending"))
    shared = world.reading_list(alice, viewer=viewer, editor=[second, first], pending=pending)
    for person, days in ((viewer, 30), (first, 20), (second, 10)):
        Membership.objects.filter(person=person).update(joined_at=long_ago(days))
    leave(alice)
    shared.refresh_from_db()
    assert shared.owner == first
    assert set(shared.members()) == {first, second, viewer}


def test_without_a_member_it_goes_to_somebody_of_its_teams(alice: User, bob: User) -> None:
    team = Group.objects.create(name="Tuesday readers")
    bob.groups.add(team)
    shared = world.reading_list(alice, viewer=team)
    leave(alice)
    shared.refresh_from_db()
    assert shared.owner == bob


@pytest.mark.parametrize(("visibility", "stays"), [(Visibility.SITE, True), (Visibility.PRIVATE, False)])
def test_what_nobody_takes_part_in_goes_unless_all_read_it(
    visibility: Visibility, stays: bool, alice: User, bob: User
) -> None:
    root = world.superuser()
    world.reading_list(alice, pending=bob)
    ReadingList.objects.update(visibility=visibility)
    leave(alice)
    assert [each.owner for each in ReadingList.objects.all()] == ([root] if stays else [])


def test_who_was_shut_out_is_no_heir(alice: User, bob: User) -> None:
    carl = world.member("carl")
    shared = world.reading_list(alice, editor=bob, viewer=carl)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    leave(alice)
    shared.refresh_from_db()
    assert shared.owner == carl


def test_two_lists_of_one_name_come_to_one_heir(alice: User, bob: User) -> None:
    carl = world.member("carl")
    for owner in (alice, carl):
        world.reading_list(owner, viewer=bob)
    world.reading_list(bob)
    leave(alice)
    leave(carl)
    names = {each.name for each in bob.reading_lists.all()}
    assert names == {"Thursday readers", "Thursday readers (Alice)", "Thursday readers (Carl)"}


def test_on_lists_of_others_they_are_a_member_no_more_and_what_they_claimed_is_free(alice: User, bob: User) -> None:
    world.library(1)
    shared = world.reading_list(bob, editor=alice)
    (entry,) = ListEntry.objects.add(shared, [Paper.objects.get()], by=alice, reason="Because.")
    shared.entries.update(claimed_by=alice, claimed_at=timezone.now())
    leave(alice)
    entry.refresh_from_db()
    assert (entry.claimed_by, entry.claimed_at, entry.suggested_by, entry.reason) == (None, None, None, "Because.")
    assert set(shared.members()) == {bob}


def test_the_page_says_beforehand_which_list_goes_to_whom(alice: User, bob: User) -> None:
    world.reading_list(alice, "Shared", viewer=bob)
    world.reading_list(alice, "Alone")
    page = Page(confirmed(alice).get(DELETION))
    assert "the reading list Shared: Bob owns it then" in page.text
    assert "the reading list Alone, which nobody else takes part in" in page.text


def test_whom_a_superuser_deletes_leaves_their_lists_in_the_same_hands(alice: User, bob: User) -> None:
    shared = world.reading_list(alice, viewer=bob)
    page = Page(world.browser_of(world.superuser()).get(f"/admin/papers/user/{alice.pk}/delete/"))
    assert "Thursday readers" not in page.text, "nobody's powers open a private list"
    world.browser_of(User.objects.get(username="root")).post(f"/admin/papers/user/{alice.pk}/delete/", {"post": "yes"})
    shared.refresh_from_db()
    assert shared.owner == bob
