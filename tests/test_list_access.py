"""Who may see and do what on a reading list: every address of one, for everybody there can be to it."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import get_resolver, reverse

from papers.access import Role
from papers.models import Invitation, ListEntry, Membership, Paper, ReadingList, Remark, ShareLink, User, Visibility
from papers.models.visit import Visitor
from tests import world
from tests.test_access import browser, led_to, names, request, state_of_everything

# What is said as in test_access. Nobody is nobody in particular, a stranger has signed in; to pending it was offered;
# gone was a member. Team is in a team that views it. Curator and root are strangers to it, whatever else they may do.
# The list is private: to see nothing of it is 404. Of a list of the site, whoever has signed in reads what viewers read
# but for those addresses in NOT_OF_STRANGERS.
TABLE = """
                           | by GET                                                                        | by POST, with a token
                           | nobody  stranger pending gone viewer team contributor editor owner curator root | nobody  stranger pending gone viewer team contributor editor owner curator root
reading_list               | sign-in 404     404    404  read   read read        read   read  404     404  | 405     405     405    405  405    405  405         405    405   405     405
list_archive               | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
list_archive_removal       | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
list_deletion              | sign-in 404     404    404  403    403  403         403    read  404     404  | sign-in 404     404    404  403    403  403         403    away  404     404
list_invitations           | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    read  404     404
list_invitation_revocation | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
list_owner                 | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
list_settings              | sign-in 404     404    404  403    403  403         403    read  404     404  | sign-in 404     404    404  403    403  403         403    read  404     404
member_removal             | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
member_suggestions         | sign-in 404     404    404  403    403  403         403    away  404     404  | 405     405     405    405  405    405  405         405    405   405     405
members                    | sign-in 404     404    404  read   read read        read   read  404     404  | sign-in 404     404    404  403    403  403         403    read  404     404
membership                 | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     away   404  away   away away        away   away  404     404
membership_removal         | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     away   404  away   away away        away   away  404     404
membership_role            | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    400   404     404
share_link_revocation      | 405     405     405    405  405    405  405         405    405   405     405  | sign-in 404     404    404  403    403  403         403    away  404     404
share_links                | sign-in 404     404    404  403    403  403         403    read  404     404  | sign-in 404     404    404  403    403  403         403    read  404     404
list_papers            | sign-in 404      404     404  403    403  read        read   read  404     404           | sign-in 404      404     404  403    403  read        read   read  404     404
list_papers_removal    | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  away        away   away  404     404
list_entry_aside       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_care        | sign-in 404      404     404  403    403  403         read   read  404     404           | 405     405      405     405  405    405  405         405    405   405     405
list_entry_claim       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_place       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_reason      | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_removal     | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_restoration | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  away        away   away  404     404
list_entry                   | sign-in 404      404     404  read   read read        read   read  404     404  | 405     405      405     405  405    405  405         405    405   405     405
list_handout                 | sign-in 404      404     404  read   read read        read   read  404     404  | 405     405      405     405  405    405  405         405    405   405     405
entry_recommendation         | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  away   away away        away   away  404     404
entry_recommendation_removal | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  away   away away        away   away  404     404
list_remarks                 | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  409    409  409         409    409   404     404
list_remark                  | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  409    403  403         403    403   404     404
list_remark_removal          | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  away   403  403         403    403   404     404
list_remark_hiding           | 405     405      405     405  405    405  405         405    405   405     405  | sign-in 404      404     404  403    403  403         400    400   404     404
"""  # noqa: E501 - a table
ROLES = "nobody stranger pending gone viewer team contributor editor owner curator root".split()
COLUMNS = [(method, role) for method in ("GET", "POST") for role in ROLES]
ROWS = {line.split()[0]: line.replace("|", "").split()[1:] for line in TABLE.splitlines()[3:] if line}
NOT_OF_STRANGERS = {"members"}
VISITS = [field.name for field in Visitor._meta.fields]
STRANGERS = ("stranger", "pending", "gone", "curator", "root")


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    """Everybody there can be to a list, and the list."""
    world.library(3)
    people = {name: world.member(name) for name in ROLES[1:-2]}
    people |= {"curator": world.curator(), "root": world.superuser()}
    team = Group.objects.create(name="Tuesday readers")
    people["team"].groups.add(team)
    on_it: dict[str, Any] = {role: people[role] for role in ("pending", "viewer", "contributor", "editor")}
    shared = world.reading_list(people["owner"], **on_it)
    Membership.objects.create(reading_list=shared, team=team)
    ListEntry.objects.add(shared, list(Paper.objects.all()[:2]), by=people["editor"], reason="Because.")
    Invitation.objects.make(people["owner"], reading_list=shared, role=Role.VIEWER)
    ShareLink.objects.make(shared, people["owner"])
    Remark.objects.create(reading_list=shared, by=people["viewer"], text="Hm.")
    return {"nobody": None, **people}


def path_of(name: str) -> str:
    """The address of that name, of the list and of what is on it."""
    key = ReadingList.objects.get().key
    paper = ListEntry.objects.earliest("pk").paper.key
    remark = Remark.objects.earliest("pk").pk
    arguments: dict[str, Sequence[Any]] = {
        "list_invitation_revocation": [Invitation.objects.get().pk],
        "member_removal": [Membership.objects.earliest("pk").pk],
        "membership_role": [Membership.objects.earliest("pk").pk],
        "share_link_revocation": [ShareLink.objects.get().pk],
        **dict.fromkeys(("list_remark", "list_remark_removal", "list_remark_hiding"), (remark,)),
    }
    of_entry = (paper,) if name.startswith(("list_entry", "entry_")) else ()
    return reverse(name, args=[key, *arguments.get(name, of_entry)])


def outcome(response: Any) -> str:
    """The word for it in the table."""
    if response.status_code in (301, 302):
        return "sign-in" if led_to(response) else "away"
    return "read" if response.status_code == 200 else str(response.status_code)


def seen_by_all(name: str, people: dict[str, User | None]) -> list[str]:
    seen = []
    for method, role in COLUMNS:
        with transaction.atomic():  # each for itself
            seen.append(outcome(request(browser(people[role]), method, path_of(name))))
            transaction.set_rollback(True)
    return seen


def test_every_address_of_a_list_has_its_row_and_every_row_an_address() -> None:
    of_a_list = {name for name, pattern in names(get_resolver()) if str(pattern.pattern).startswith("lists/<")}
    assert of_a_list == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_everybody_sees_what_they_may_see_of_a_private_list(name: str, people: dict[str, User | None]) -> None:
    assert dict(zip(COLUMNS, seen_by_all(name, people), strict=True)) == dict(zip(COLUMNS, ROWS[name], strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_a_list_of_the_site_is_read_by_all_and_changed_by_its_members(
    name: str, people: dict[str, User | None]
) -> None:
    ReadingList.objects.update(visibility=Visibility.SITE)
    expected = dict(zip(COLUMNS, ROWS[name], strict=True))
    for method, role in COLUMNS:
        if role in STRANGERS and expected[method, role] == "404":
            reads = method == "GET" and name not in NOT_OF_STRANGERS
            expected[method, role] = expected[method, "viewer"] if reads else "403"
    assert dict(zip(COLUMNS, seen_by_all(name, people), strict=True)) == expected


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("name", ROWS)
def test_a_list_in_the_archive_is_seen_by_the_same_people(
    name: str, visibility: str, people: dict[str, User | None]
) -> None:
    ReadingList.objects.update(visibility=visibility)
    before = seen_by_all(name, people)[: len(ROLES)]
    ReadingList.objects.get().archive()
    assert seen_by_all(name, people)[: len(ROLES)] == before


#: What its owner does in the archive, too: bring it back, and say who sees it no longer.
IN_ARCHIVE = {
    *("list_archive_removal", "list_deletion"),
    *("list_invitation_revocation", "share_link_revocation", "member_removal"),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_in_the_archive_stays_as_it_is(name: str, people: dict[str, User | None]) -> None:
    ReadingList.objects.get().archive()
    owner = browser(people["owner"])
    before = state_of_everything(but=VISITS)
    said = {"who": "Stranger", "role": "1", "name": "Another", "visibility": "site", "order": "due"}
    request(owner, "POST", path_of(name), **said)
    assert (state_of_everything(but=VISITS) == before) is (name not in IN_ARCHIVE)


def test_asking_changes_nothing(people: dict[str, User | None]) -> None:
    clients = [browser(person) for person in people.values()]
    before = state_of_everything(but=VISITS)
    for name in ROWS:
        for client in clients:
            client.get(path_of(name))
    assert state_of_everything(but=VISITS) == before


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_without_a_token_is_refused(role: str, people: dict[str, User | None]) -> None:
    client, before = browser(people[role]), state_of_everything()
    for name in ROWS:
        assert client.post(path_of(name), {"role": "1"}).status_code == 403, name
    assert state_of_everything() == before


NESTED = {
    "list_invitation_revocation": Invitation,
    "member_removal": Membership,
    "membership_role": Membership,
    "share_link_revocation": ShareLink,
}


@pytest.mark.parametrize("role", ["stranger", "editor", "owner"])
@pytest.mark.parametrize("name", NESTED)
def test_what_is_of_one_list_is_reached_through_no_other(name: str, role: str, people: dict[str, User | None]) -> None:
    """Through a list of their own, which they may change as they like."""
    shared = ReadingList.objects.get()
    person = people[role]
    assert person
    client, other = browser(person), world.reading_list(person, "Another")
    before = state_of_everything(but=VISITS)
    for row in NESTED[name]._default_manager.filter(reading_list=shared):
        answer = request(client, "POST", reverse(name, args=[other.key, row.pk]), role="3")
        assert answer.status_code == 404
    assert state_of_everything(but=VISITS) == before


def test_a_team_that_somebody_left_opens_nothing(people: dict[str, User | None]) -> None:
    client = browser(people["team"])
    assert client.get(path_of("reading_list")).status_code == 200
    Group.objects.get(name="Tuesday readers").user_set.clear()
    assert client.get(path_of("reading_list")).status_code == 404


def test_who_is_shut_out_sees_nothing(people: dict[str, User | None]) -> None:
    client = browser(people["viewer"])
    User.objects.filter(username="viewer").update(is_active=False)
    assert outcome(client.get(path_of("reading_list"))) == "sign-in"
