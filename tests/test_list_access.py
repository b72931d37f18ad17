"""Who may see and do what on a reading list: every address of one, for everybody there can be to it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import get_resolver, reverse

from papers.models import ListEntry, Membership, Paper, ReadingList, User, Visibility
from tests import world
from tests.test_access import browser, led_to, names, request

# What is said as in test_access. Nobody is nobody in particular, a stranger has signed in; to pending it was offered;
# gone was a member. Team is in a team that views it. Curator and root are strangers to it, whatever else they may do.
# The list is private: to see nothing of it is 404. Of a list of the site, whoever has signed in reads what viewers read
# but for those addresses in NOT_OF_STRANGERS.
TABLE = """
             | by GET                                                                                   | by POST, with a token
             | nobody  stranger pending gone viewer team contributor editor owner curator root          | nobody  stranger pending gone viewer team contributor editor owner curator root
reading_list | sign-in 404      404     404  read   read read        read   read  404     404           | 405     405      405     405  405    405  405         405    405   405     405
list_papers            | sign-in 404      404     404  403    403  read        read   read  404     404           | sign-in 404      404     404  403    403  read        read   read  404     404
list_papers_removal    | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  away        away   away  404     404
list_entry_aside       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_care        | sign-in 404      404     404  403    403  403         read   read  404     404           | 405     405      405     405  405    405  405         405    405   405     405
list_entry_claim       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_place       | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_reason      | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_removal     | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  403         away   away  404     404
list_entry_restoration | 405     405      405     405  405    405  405         405    405   405     405           | sign-in 404      404     404  403    403  away        away   away  404     404
"""  # noqa: E501 - a table
ROLES = "nobody stranger pending gone viewer team contributor editor owner curator root".split()
COLUMNS = [(method, role) for method in ("GET", "POST") for role in ROLES]
ROWS = {line.split()[0]: line.replace("|", "").split()[1:] for line in TABLE.splitlines()[3:] if line}
NOT_OF_STRANGERS: set[str] = set()
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
    return {"nobody": None, **people}


def path_of(name: str) -> str:
    """The address of that name, of the list and of what is on it."""
    key = ReadingList.objects.get().key
    of_entry = [Paper.objects.earliest("pk").key] if name.startswith("list_entry") else []
    return reverse(name, args=[key, *of_entry])


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
