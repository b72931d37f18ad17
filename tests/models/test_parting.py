"""Who sees a list no longer has claimed nothing there, by whatever door they went."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from papers.accounts.openid.teams import follow
from papers.models import ListEntry, Membership, Paper, ReadingList, Team, User
from papers.models.team import move
from tests import world

type Way = Callable[[Team, User, Client], object]


def taken_out(team: Team, bob: User, root: Client) -> None:
    root.post(f"/admin/papers/team/{team.pk}/change/", {"name": team.name, "leave": [bob.pk], "join": ""})


def moved(team: Team, bob: User, root: Client) -> None:
    move(bob, [], Team.objects.all())


def saved_without_it(team: Team, bob: User, root: Client) -> None:
    _saved(bob, root, is_active="on")


def claimed_no_longer(team: Team, bob: User, root: Client) -> None:
    bob.claimed_teams.add(team)
    follow(bob, [])


def deleted(team: Team, bob: User, root: Client) -> None:
    root.post(f"/admin/papers/team/{team.pk}/delete/", {"post": "yes"})


def deleted_among_others(team: Team, bob: User, root: Client) -> None:
    sent = {"action": "delete_selected", "_selected_action": [team.pk], "post": "yes"}
    root.post("/admin/papers/team/", sent)


def shared_no_longer(team: Team, bob: User, root: Client) -> None:
    Membership.objects.get(team=team).take_off()


def shut_out(team: Team, bob: User, root: Client) -> None:
    _saved(bob, root, groups=str(team.pk))


def _saved(person: User, root: Client, **sent: str) -> None:
    dates = {"date_joined_0": "2025-01-01", "date_joined_1": "12:00"}
    form = {"username": person.username, "name": person.name, **dates, **sent}
    assert root.post(f"/admin/papers/user/{person.pk}/change/", form).status_code == 302


WAYS: list[Way] = [
    taken_out,
    moved,
    saved_without_it,
    claimed_no_longer,
    deleted,
    deleted_among_others,
    shared_no_longer,
    shut_out,
]


@pytest.fixture
def shared(alice: User, bob: User) -> ReadingList:
    """Alice's list, which Bob has by a team, where he has claimed one paper and was given another; and Dora one."""
    world.library(3)
    team, dora = Group.objects.create(name="Tuesday readers"), world.member("dora")
    bob.groups.add(team)
    shared = world.reading_list(alice, contributor=team, viewer=dora)
    ListEntry.objects.add(shared, list(Paper.objects.order_by("pk")), by=alice)
    Membership.objects.take_part(shared, bob)
    for entry, person in zip(shared.entries.order_by("pk"), (bob, bob, dora), strict=True):
        entry.assign(person, alice, None)
    return shared


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_they_had_claimed_is_free_again(way: Way, shared: ReadingList, bob: User, client: Client) -> None:
    client.force_login(world.superuser())
    edition = ReadingList.objects.get().edition
    way(Team.objects.get(name="Tuesday readers"), bob, client)
    assert (
        not ReadingList.objects.visible_to(User.objects.get(pk=bob.pk)).exists()
        or not User.objects.get(pk=bob.pk).is_active
    )
    said = [str(each) for each in shared.entries.order_by("pk").values_list("claimed_by__name", flat=True)]
    assert said == ["None", "None", "Dora"]
    assert ReadingList.objects.get().edition > edition


@pytest.mark.parametrize("way", [taken_out, moved, claimed_no_longer], ids=lambda way: way.__name__)
def test_who_comes_back_to_a_team_chooses_anew_whether_to_take_part(
    way: Way, shared: ReadingList, bob: User, client: Client
) -> None:
    client.force_login(world.superuser())
    team = Team.objects.get(name="Tuesday readers")
    way(team, bob, client)
    bob.groups.add(team)
    assert bob not in shared.members()


def test_who_has_a_list_by_another_way_too_keeps_what_they_claimed(shared: ReadingList, bob: User) -> None:
    other = Team.objects.create(name="Wednesday readers")
    bob.groups.add(other)
    Membership.objects.create(reading_list=shared, team=other)
    move(bob, [other], Team.objects.all())
    assert shared.entries.filter(claimed_by=bob).count() == 2
    assert bob in shared.members()
