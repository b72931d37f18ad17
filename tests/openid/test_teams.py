"""What becomes of somebody's teams when a claim names others."""

import pytest
from django.contrib.auth.models import Group, Permission

from papers.access import CURATORS
from papers.accounts.openid.claim import names_in
from papers.accounts.openid.teams import follow
from papers.models import User
from tests import world


def teams(person: User) -> set[str]:
    return {group.name for group in User.objects.get(pk=person.pk).groups.all()}


def is_staff(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_staff


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["a", "b"], {"a", "b"}),
        ("a b", {"a", "b"}),
        ("the a, the b", {"the a", "the b"}),
        (["/faculty/physics", "  two   words "], {"faculty/physics", "two words"}),
        (["x" * 150, "y" * 151], {"x" * 150}),
        ([1, None, ["a"], {"name": "b"}, "", "/"], set()),
        ({"a": "b"}, set()),
        (True, set()),
    ],
)
def test_a_claim_is_read_in_each_of_the_ways_it_is_written(value: object, names: set[str]) -> None:
    assert names_in({"userinfo": {"groups": value}, "id_token": {}}, "groups") == names
    assert names_in({"id_token": {"groups": value}}, "groups") == names
    assert names_in({"userinfo": ["groups"]}, "groups") == set()


def test_a_team_given_by_hand_is_never_taken_away(alice: User) -> None:
    alice.groups.add(Group.objects.create(name="Vision"))
    follow(alice, ["Vision", "Sleep"])
    assert {team.name for team in alice.claimed_teams.all()} == {"Sleep"}
    follow(alice, [])
    assert teams(alice) == {"Vision"}


def test_a_group_that_lets_its_members_do_something_is_never_joined_by_its_name(alice: User) -> None:
    keepers = Group.objects.create(name="Keepers")
    keepers.permissions.add(Permission.objects.get(codename="delete_user"))
    follow(alice, ["Keepers", "keepers", CURATORS, CURATORS.lower(), "Vision"])
    assert teams(alice) == {"Vision"}
    assert not is_staff(alice)


def test_a_team_that_comes_to_let_its_members_do_something_is_left(alice: User) -> None:
    follow(alice, ["Vision"])
    Group.objects.get(name="Vision").permissions.add(Permission.objects.get(codename="delete_user"))
    follow(alice, ["Vision"])
    assert teams(alice) == set()


def test_nobody_becomes_a_curator_where_no_claimed_group_is_named_for_them(alice: User) -> None:
    follow(alice, ["librarians", ""], curators="")
    assert teams(alice) == {"librarians"}
    assert not is_staff(alice)


def test_a_curator_by_hand_stays_one(curator: User) -> None:
    follow(curator, ["librarians"], "librarians")
    follow(curator, [], "librarians")
    assert teams(curator) == {CURATORS}
    assert is_staff(curator)


def test_a_superuser_keeps_the_desk(db: None) -> None:
    root = world.superuser()
    follow(root, ["librarians"], "librarians")
    follow(root, [], "librarians")
    assert is_staff(root)
    assert teams(root) == set()


def test_who_has_other_business_at_the_desk_keeps_it(alice: User) -> None:
    follow(alice, ["librarians"], "librarians")
    alice.user_permissions.add(Permission.objects.get(codename="change_tag"))
    follow(alice, [], "librarians")
    assert is_staff(alice)


def test_a_directory_of_thousands_makes_a_hundred_teams_the_same_each_time(alice: User) -> None:
    names = [f"Group {n:04}" for n in range(3_000)]
    follow(alice, names)
    follow(alice, reversed(names))
    assert teams(alice) == set(names[:100])


def test_papers_may_look_otherwise_only_when_something_changed(alice: User) -> None:
    follow(alice, ["Vision"])
    before = User.objects.get(pk=alice.pk).edition
    follow(alice, ["Vision"])
    assert User.objects.get(pk=alice.pk).edition == before > 0
