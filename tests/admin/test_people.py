"""People and teams at the desk: curators help people in and put them into teams, and can give nobody any power."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import pre_save
from django.test import Client
from pytest_django import Settings

from papers.access import CURATORS, Role
from papers.models import Marking, Paper, ReaderState, ReadingList, Team, User
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db
PEOPLE, TEAMS = "/admin/papers/user/", "/admin/papers/team/"


@pytest.fixture
def root(db: None) -> Client:
    """A superuser's browser."""
    client = Client()
    client.force_login(world.superuser())
    return client


@pytest.fixture
def tuesday(db: None) -> Team:
    """A team that gives no powers."""
    team: Team = Team.objects.create(name="Tuesday readers")
    return team


@pytest.fixture
def taggers(db: None) -> Team:
    """A team that does."""
    team: Team = Team.objects.create(name="Taggers")
    team.permissions.add(Permission.objects.get(codename="change_tag"))
    return team


def curators() -> Group:
    return Group.objects.get(name=CURATORS)


def page_of(person: User) -> str:
    return f"{PEOPLE}{person.pk}/change/"


def powers(person: User) -> tuple[Any, ...]:
    person = User.objects.get(pk=person.pk)
    return person.is_active, person.is_staff, person.is_superuser, person.password, sorted(person.get_all_permissions())


# What curators see


def test_curators_see_people_and_never_their_addresses(desk: Client, root: Client, alice: User) -> None:
    addresses = [PEOPLE, page_of(alice), f"{PEOPLE}{alice.pk}/history/", f"{PEOPLE}?q=alice"]
    addresses += ["/admin/autocomplete/?app_label=papers&model_name=change&field_name=by&term=ali"]
    for address in addresses:
        text = desk.get(address).text
        assert "alice@" not in text, address
        assert "Alice" in text or "history" in address, address
    assert "alice@example.org" in root.get(page_of(alice)).text


@pytest.mark.parametrize("found_by", ["?q=alice@example", "?q=example.org"])
def test_nor_do_they_find_people_by_them(found_by: str, desk: Client, root: Client, alice: User) -> None:
    assert not Page(desk.get(f"{PEOPLE}{found_by}")).all("th", class_="field-username")
    assert Page(root.get(f"{PEOPLE}{found_by}")).all("th", class_="field-username")


@pytest.mark.parametrize(
    "guess",
    [
        "email__startswith=a",
        "email=alice@example.org",
        "password__startswith=m",
        "emailaddress__email__startswith=a",
        "is_superuser__exact=1",
        "last_login__gt=2020-01-01",
        "groups__user__email__startswith=a",
        "states__note__contains=x",
        "_to_field=email",
        "_to_field=password",
    ],
)
def test_nor_can_they_guess_at_them_letter_by_letter(guess: str, desk: Client, alice: User) -> None:
    assert desk.get(f"{PEOPLE}?{guess}").status_code == 400
    assert desk.get(f"{PEOPLE}?is_active__exact=1").status_code == 200


def test_they_see_who_is_in_which_team(desk: Client, alice: User, tuesday: Team) -> None:
    alice.groups.add(tuesday)
    assert "Tuesday readers" in Page(desk.get(PEOPLE)).text
    assert "Alice" in Page(desk.get(f"{TEAMS}{tuesday.pk}/change/")).text


# What they may do


def test_they_put_people_into_teams_from_the_person_s_page(desk: Client, alice: User, tuesday: Team) -> None:
    box = Page(desk.get(page_of(alice))).one("input", name="teams")
    assert box["value"] == str(tuesday.pk)
    desk.post(f"{PEOPLE}{alice.pk}/teams/", {"teams": [tuesday.pk]})
    assert list(alice.groups.all()) == [tuesday]
    assert "Changed the teams." in Page(desk.get(f"{PEOPLE}{alice.pk}/history/")).text
    desk.post(f"{PEOPLE}{alice.pk}/teams/", {})
    assert not alice.groups.exists()


def test_teams_that_give_powers_are_out_of_their_reach(desk: Client, alice: User, tuesday: Team, taggers: Team) -> None:
    alice.groups.add(taggers)
    for given in (curators().pk, taggers.pk, 999, "x"):
        page = Page(desk.post(f"{PEOPLE}{alice.pk}/teams/", {"teams": [tuesday.pk, given]}, follow=True))
        assert "nothing was changed" in page.text
    desk.post(f"{PEOPLE}{alice.pk}/teams/", {"teams": [tuesday.pk]})
    assert {team.name for team in alice.groups.all()} == {"Taggers", "Tuesday readers"}


@pytest.mark.parametrize("whom", ["alice", "carol", "root"])
@pytest.mark.parametrize("door", ["change/", "password/", "delete/"])
def test_no_form_makes_anybody_more_powerful(whom: str, door: str, desk: Client, alice: User, root: Client) -> None:
    person = User.objects.get(username=whom)
    before = powers(person)
    more = {"is_staff": "on", "is_superuser": "on", "is_active": "on", "groups": [curators().pk], "username": whom}
    more |= {"password1": "taken over now", "password2": "taken over now", "usable_password": "true", "post": "yes"}
    assert desk.post(f"{PEOPLE}{person.pk}/{door}", more).status_code == 403
    desk.post(f"{PEOPLE}{person.pk}/teams/", more)
    assert powers(person) == before


def test_nor_does_a_bulk_action_or_a_new_account(desk: Client, alice: User) -> None:
    sent = {"action": "delete_selected", "_selected_action": [alice.pk], "post": "yes"}
    desk.post(PEOPLE, sent)
    desk.post(f"{PEOPLE}add/", {"username": "eve", "password1": "long enough words", "password2": "long enough words"})
    assert sorted(User.objects.values_list("username", flat=True)) == ["alice", "carol"]


def test_who_was_given_the_permission_to_change_people_changes_none(client: Client, alice: User) -> None:
    sam = world.staff()
    sam.user_permissions.set(
        Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user", "add_user"])
    )
    client.force_login(sam)
    for door in ("change/", "password/", "delete/"):
        assert client.post(f"{PEOPLE}{sam.pk}/{door}", {"is_superuser": "on", "post": "yes"}).status_code == 403
    assert client.post(f"{PEOPLE}add/", {}).status_code == 403


# A link to set a new password


def link_for(client: Client, person: User) -> Any:
    return client.post(f"{PEOPLE}{person.pk}/password-link/")


def test_a_link_is_shown_once_works_once_and_is_noted(desk: Client, alice: User) -> None:
    page = Page(link_for(desk, alice))
    link = page.one("input", id="link")["value"]
    assert "works once, and for 3 days" in page.text
    history = Page(desk.get(f"{PEOPLE}{alice.pk}/history/")).text
    assert "Made a link to set a new password." in history
    assert "Carol" in history or "carol" in history
    assert link not in history
    browser = Client()
    where = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(where, {"password1": "quite new words", "password2": "quite new words"})
    assert Client().login(username="alice", password="quite new words")
    assert Page(Client().get(link)).one("h1").text == "This link sets no password"


def test_a_curator_makes_none_for_who_may_do_more_than_a_member(desk: Client, bob: User, root: Client) -> None:
    helper = User.objects.create_user("helper")
    helper.user_permissions.add(Permission.objects.get(codename="change_tag"))
    tagger = User.objects.create_user("tagger")
    tagger.groups.add(curators())
    powerful = [world.staff(), User.objects.get(username="root"), User.objects.get(username="carol"), helper, tagger]
    for person in powerful:
        assert link_for(desk, person).status_code == 403, person
        assert "Link to set a new password" not in desk.get(page_of(person)).text
        assert link_for(root, person).status_code == 200
    assert link_for(desk, bob).status_code == 200


@pytest.mark.parametrize("power", [{"is_staff": True}, {"is_superuser": True}, {"groups": CURATORS}, {}])
def test_it_works_no_more_for_who_may_do_more_since(power: dict[str, Any], desk: Client, alice: User) -> None:
    link = Page(link_for(desk, alice)).one("input", id="link")["value"]
    if "groups" in power:
        alice.groups.add(curators())
    else:
        User.objects.filter(pk=alice.pk).update(**power)
    refused = Page(Client().get(link, follow=True)).one("h1").text == "This link sets no password"
    assert refused == bool(power)


def test_nobody_makes_one_for_who_was_shut_out(desk: Client, root: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    for client in (desk, root):
        assert link_for(client, alice).status_code == 403
        assert "Link to set a new password" not in client.get(page_of(alice)).text


# What they shared who were shut out


def test_what_somebody_shared_who_was_shut_out_is_handed_over(
    desk: Client, root: Client, alice: User, bob: User
) -> None:
    own, shared = world.reading_list(alice, "Alone"), world.reading_list(alice, editor=bob)
    assert "Hand over" not in root.get(page_of(alice)).text
    assert root.post(f"{PEOPLE}{alice.pk}/handing-over/").status_code == 403
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert "Hand over" not in desk.get(page_of(alice)).text
    assert desk.post(f"{PEOPLE}{alice.pk}/handing-over/").status_code == 403
    assert "Hand over" in root.get(page_of(alice)).text
    told = root.post(f"{PEOPLE}{alice.pk}/handing-over/", follow=True).text
    assert "1 list" in told
    assert "Thursday readers" not in told, "which they are is nobody’s business at the desk"
    owners = {each.pk: each.owner for each in ReadingList.objects.all()}
    assert owners == {own.pk: alice, shared.pk: bob}
    assert "Handed over" in root.get(f"{PEOPLE}{alice.pk}/history/").text
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert ReadingList.objects.visible_to(User.objects.get(pk=alice.pk)).get(pk=shared.pk).mine == Role.EDITOR


# Teams


def test_curators_make_teams_and_fill_them_by_user_names(desk: Client, alice: User, bob: User) -> None:
    sent = {"name": "Wednesday readers", "join": "alice\r\n\r\n bob ", "permissions": [Permission.objects.all()[0].pk]}
    desk.post(f"{TEAMS}add/", sent)
    team = Team.objects.get(name="Wednesday readers")
    assert list(team.people) == [alice, bob]
    assert not team.permissions.exists()
    desk.post(f"{TEAMS}{team.pk}/change/", {"name": "Thursday readers", "leave": [alice.pk], "join": ""})
    assert list(team.people) == [bob]
    page = Page(desk.post(f"{TEAMS}{team.pk}/change/", {"name": "Thursday readers", "join": "bob\r\nnobody-here"}))
    assert "Nobody has the user name nobody-here." in page.text
    assert list(team.people) == [bob]


def test_who_joins_while_the_page_stands_open_stays(desk: Client, alice: User, bob: User, tuesday: Team) -> None:
    alice.groups.add(tuesday)
    desk.get(f"{TEAMS}{tuesday.pk}/change/")
    bob.groups.add(tuesday)
    desk.post(f"{TEAMS}{tuesday.pk}/change/", {"name": "Tuesday readers", "leave": [alice.pk], "join": ""})
    assert list(tuesday.people) == [bob]


def test_a_team_that_gives_powers_they_only_look_at(desk: Client, alice: User, taggers: Team) -> None:
    for team in (taggers, Team.objects.get(name=CURATORS)):
        where = f"{TEAMS}{team.pk}"
        assert not Page(desk.get(f"{where}/change/")).all("input", name="name")
        assert desk.post(f"{where}/change/", {"name": "Mine", "join": "alice"}).status_code == 403
        assert desk.post(f"{where}/delete/", {"post": "yes"}).status_code == 403
    assert not alice.groups.exists()


def test_curators_keep_their_name_and_are_never_deleted(root: Client, alice: User, tuesday: Team) -> None:
    team = Team.objects.get(name=CURATORS)
    where = f"{TEAMS}{team.pk}"
    permissions = list(team.permissions.values_list("pk", flat=True))
    root.post(f"{where}/change/", {"name": "Others", "join": "alice", "permissions": permissions})
    assert list(Team.objects.get(name=CURATORS).people) == [alice]
    assert root.post(f"{where}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [team.pk, tuesday.pk], "post": "yes"}
    assert root.post(TEAMS, sent).status_code == 403
    assert Team.objects.count() == 2
    root.post(f"{TEAMS}{tuesday.pk}/delete/", {"post": "yes"})
    assert Team.objects.get() == team


def test_who_is_taken_from_a_team_that_openid_says_they_are_in_comes_back(
    desk: Client, root: Client, alice: User, tuesday: Team
) -> None:
    told = "does so again at the next sign-in"
    alice.claimed_teams.add(tuesday)
    doors = [(desk, f"{PEOPLE}{alice.pk}/teams/"), (desk, f"{TEAMS}{tuesday.pk}/change/"), (root, page_of(alice))]
    for client, where in doors:
        alice.groups.set([tuesday])
        name = "Tuesday readers" if where.startswith(TEAMS) else "Alice"
        sent: dict[str, Any] = {"name": name, "username": "alice", "is_active": "on"}
        sent |= {"date_joined_0": "2025-01-01", "date_joined_1": "12:00", "join": "", "leave": [alice.pk]}
        page = Page(client.post(where, sent, follow=True))
        assert told in page.text, where
        assert not alice.groups.exists(), where
    alice.claimed_teams.clear()
    alice.groups.set([tuesday])
    assert told not in Page(desk.post(f"{PEOPLE}{alice.pk}/teams/", {}, follow=True)).text


# Superusers


def sent_by_root(person: User, **more: Any) -> dict[str, Any]:
    dates = {"date_joined_0": "2025-01-01", "date_joined_1": "12:00"}
    return {"username": person.username, "name": person.name, "is_active": "on", **dates, **more}


def test_a_superuser_makes_a_curator_on_one_page(root: Client, alice: User) -> None:
    root.post(page_of(alice), sent_by_root(alice, is_staff="on", groups=[curators().pk]))
    alice.refresh_from_db()
    assert alice.is_staff
    assert alice.has_perm("papers.change_paper")


def test_what_a_person_does_while_a_superuser_saves_them_is_not_lost(root: Client, alice: User) -> None:
    new = {"password1": "another horse", "password2": "another horse", "usable_password": "true"}
    for address, sent in ((page_of(alice), sent_by_root(alice, name="Al")), (f"{PEOPLE}{alice.pk}/password/", new)):
        User.objects.update(edition=0, page_size=25)

        def act(**_: Any) -> None:
            User.objects.filter(pk=alice.pk).update(edition=7, page_size=50)

        pre_save.connect(act, sender=User)
        try:
            assert root.post(address, sent).status_code == 302
        finally:
            pre_save.disconnect(act, sender=User)
        saved = User.objects.get(pk=alice.pk)
        assert (saved.name, saved.edition, saved.page_size) == ("Al", 7, 50)
    assert saved.check_password("another horse")


def test_the_last_superuser_stays_one(root: Client) -> None:
    last = User.objects.get(username="root")
    page = Page(root.post(page_of(last), sent_by_root(last)))
    assert "Make somebody else a superuser first." in page.text
    assert root.post(f"{PEOPLE}{last.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [last.pk], "post": "yes"}
    assert root.post(PEOPLE, sent).status_code == 403
    assert User.objects.get().is_superuser


def test_a_superuser_deletes_an_account_without_gathering_what_goes_with_it(
    root: Client, alice: User, bob: User
) -> None:
    world.library(3)
    for paper in Paper.objects.all():
        Marking.objects.mark(alice, paper, note="secret words")
    page = root.get(f"{PEOPLE}{alice.pk}/delete/")
    assert "secret words" not in page.text
    assert "On the Nature" not in page.text
    root.post(f"{PEOPLE}{alice.pk}/delete/", {"post": "yes"})
    root.post(PEOPLE, {"action": "delete_selected", "_selected_action": [bob.pk], "post": "yes"})
    assert list(User.objects.values_list("username", flat=True)) == ["root"]
    assert not ReaderState.objects.exists()


def test_the_desk_names_people_and_teams(desk: Client, settings: Settings) -> None:
    page = Page(desk.get("/admin/"))
    assert page.link("People") == PEOPLE
    assert page.link("Teams") == TEAMS
    assert page.link("Invitations") == "/admin/papers/invitation/"
    assert "Groups" not in page.text
