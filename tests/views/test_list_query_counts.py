"""What pages cost a member of lists: as many queries for one of one list as for one of many with many members."""

from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.access import Role
from papers.models import Invitation, ListEntry, Paper, ReadingList, ShareLink, User
from tests import world

PAGES = [
    *("/lists/", "", "members/", "links/", "settings/", "deletion/"),
    *("/", "/digests/2025/03/11/", "/papers/", "/papers/?q=problem", "/papers/?list=any", "/papers/{key}/"),
    *("/papers/suggestions/?q=list:li", "/papers/{key}/lists/", "/activity/"),
]


def join(alice: User, number: int, members: int) -> ReadingList:
    """A list of Alice's with so many members, half of them by a team, offers, links and invitations."""
    people = [world.member(f"m{number}x{n}") for n in range(members)]
    team = Group.objects.create(name=f"Team {number}")
    for person in people:
        person.groups.add(team)
    half = members // 2
    shared = world.reading_list(
        alice, f"List {number}", editor=people[:half], pending=people[half : half + 2], viewer=team
    )
    for person in people[half + 2 :]:
        shared.memberships.create(person=person, role=0, joined_at=timezone.now())
    ListEntry.objects.add(shared, list(Paper.objects.all()[: members + 1]), by=alice)
    for _ in range(members):
        Invitation.objects.make(alice, reading_list=shared, role=Role.VIEWER)
        ShareLink.objects.make(shared, alice)
    return shared


def queries(client: Client, shared: ReadingList) -> dict[str, int]:
    User.objects.update(visited_at=timezone.now(), visited_before=timezone.now(), last_paper_before=1)
    paper = Paper.objects.earliest("pk").key
    asked = {}
    for page in PAGES:
        caches["rendered"].clear()
        with CaptureQueriesContext(connection) as captured:
            address = page.format(key=paper) if page.startswith("/") else f"/lists/{shared.key}/{page}"
            assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
        asked[page] = len(captured)
    return asked


def test_a_member_of_fifty_lists_with_twenty_members_asks_as_much_as_of_one(reader: Client, alice: User) -> None:
    world.library(25)
    first = join(alice, 0, 4)
    few = queries(reader, first)
    for number in range(1, 50):
        last = join(alice, number, 20 if number > 47 else 1)
    assert queries(reader, last) == few


def test_a_shared_list_costs_the_same_at_any_size(alice: User) -> None:
    world.library(25)
    counts = []
    for number, size in enumerate((2, 25)):
        shared = world.reading_list(alice, f"List {number}")
        ListEntry.objects.add(shared, list(Paper.objects.all()[:size]), by=alice)
        _, token = ShareLink.objects.make(shared, alice)
        Client().get(f"/shared/{token}/")
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/shared/{token}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
