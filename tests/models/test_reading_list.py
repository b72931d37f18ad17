"""Reading lists: who may see one, who takes part in it, and how papers come onto it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError

from papers.access import Role
from papers.models import ListEntry, Membership, Paper, ReadingList, User, Visibility
from tests import world


@pytest.fixture
def team(bob: User) -> Group:
    """A team of Bob's."""
    team = Group.objects.create(name="Tuesday readers")
    bob.groups.add(team)
    return team


def roles(reader: User) -> dict[str, Role]:
    return {each.name: each.mine for each in ReadingList.objects.visible_to(reader)}


def test_a_list_is_its_owners_alone_until_it_is_shared(alice: User, bob: User, curator: User) -> None:
    world.reading_list(alice)
    assert roles(alice) == {"Thursday readers": Role.OWNER}
    assert roles(bob) == roles(curator) == roles(world.superuser()) == {}
    assert not ReadingList.objects.visible_to(AnonymousUser())


def test_who_is_offered_a_list_sees_nothing_of_it_before_they_accept(alice: User, bob: User) -> None:
    world.reading_list(alice, pending=bob)
    assert roles(bob) == {}
    (offer,) = Membership.objects.offered_to(bob)
    assert [offer.accept(), offer.accept()] == [True, False]
    assert roles(bob) == {"Thursday readers": Role.VIEWER}


def test_who_leaves_a_team_has_no_access_from_then_on(alice: User, bob: User, team: Group) -> None:
    world.reading_list(alice, contributor=team)
    assert roles(bob) == {"Thursday readers": Role.CONTRIBUTOR}
    bob.groups.remove(team)
    assert roles(bob) == {}


def test_of_several_roles_the_farthest_counts(alice: User, bob: User, team: Group) -> None:
    world.reading_list(alice, viewer=bob, editor=team)
    assert roles(bob) == {"Thursday readers": Role.EDITOR}


def test_a_list_of_the_site_is_seen_by_all_and_nobodys_for_that(alice: User, bob: User) -> None:
    ReadingList.objects.filter(pk=world.reading_list(alice).pk).update(visibility=Visibility.SITE)
    assert roles(bob) == {"Thursday readers": Role.NONE}
    assert not ReadingList.objects.of_member(bob)
    assert not ReadingList.objects.fillable_by(bob)


def test_who_takes_part_is_who_chose_to(alice: User, bob: User, team: Group) -> None:
    carl, dora = world.member("carl"), world.member("dora")
    shared = world.reading_list(alice, viewer=carl, pending=dora, editor=team)
    assert set(shared.members()) == {alice, carl}
    Membership.objects.create(reading_list=shared, person=bob, role=Role.NONE).accept()
    assert set(shared.members()) == {alice, bob, carl}
    bob.groups.remove(team)
    assert set(shared.members()) == {alice, carl}


def test_two_people_have_lists_of_one_name_and_nobody_has_two(alice: User, bob: User) -> None:
    world.reading_list(alice)
    world.reading_list(bob)
    with pytest.raises(IntegrityError):
        world.reading_list(alice)


def test_a_paper_is_on_a_list_once_and_comes_back_as_it_is_suggested_anew(alice: User, bob: User) -> None:
    world.library(2)
    shared, papers = world.reading_list(alice, editor=bob), list(Paper.objects.order_by("pk"))
    assert len(ListEntry.objects.add(shared, papers, by=alice, reason="A start.")) == 2
    assert ListEntry.objects.add(shared, papers, by=bob) == []
    shared.entries.filter(paper=papers[0]).update(removed_at=shared.made_at, removed_by=bob)
    (again,) = ListEntry.objects.add(shared, papers, by=bob, reason="After all.")
    assert (again.suggested_by, again.reason) == (bob, "After all.")
    assert [entry.paper for entry in shared.entries.present().in_order(shared.order)] == [papers[1], papers[0]]
