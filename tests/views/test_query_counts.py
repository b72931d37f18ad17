"""What a page costs: the same number of queries at any size, and none of them counts its way to a page."""

import json

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.access import Role
from papers.exchange.pasting import paste
from papers.models import Digest, Ingest, ListEntry, Membership, Paper, ReaderState, ReadingList, Status, User
from tests import world

ADDRESSES = [
    *("/", "/?is=unread", "/?after=10_10", "/?at={key}", "/digests/", "/digests/2025/03/02/", "/digests/2024/01/01/"),
    *("/next/", "/next/?digest={digest}&from={key}", "/next/?from={key}", "/papers/?is=new"),
    *(
        "/papers/",
        "/papers/?q=problem",
        "/papers/?q=nature+problem&sort=best",
        "/papers/?q=nothing+such&tag=problems",
        "/papers/?tag=problems&tag=set-1",
    ),
    *("/papers/?author=Ben+Bystander", "/papers/?source=daily-list", "/papers/?year=2025&sort=oldest"),
    *("/papers/?is=unread", "/papers/?is=starred", "/papers/?after={newest}", "/papers/?before={oldest}"),
    *("/digests/2025/03/", "/digests/2025/w09/", "/papers/questions/", "/papers/?q=problem+-tag:x+or+in:daily"),
    *("/papers/{key}/", "/papers/{key}/?q=problem&tag=problems", "/no-such-page/"),
    *(
        "/papers/?q=probelm",
        "/papers/?q=probelm+natrue+autor&tag=problems",
        "/tags/",
        "/tags/?q=set",
        "/tags/?after=1_1",
        "/lists/",
        "/lists/{list}/",
        "/lists/{list}/?order=due",
        "/lists/{list}/?q=problem&is=unread",
        "/lists/{list}/papers/",
        "/lists/{list}/papers/{key}/care/",
        "/papers/{key}/lists/",
        "/papers/lists/?q=problem&tag=set-1",
        "/activity/",
        "/paste/",
        "/pending/",
        "/paste/{paste}/",
        "/account/",
        "/keys/",
        "/account/2fa/",
        "/account/2fa/webauthn/",
        "/account/sessions/",
    ),
]


def grow(reader: User, other: User, times: int) -> None:
    """So many of everything that there can be more of: papers, digests of a day, tags, authors, marks.

    Paper 0 is in all digests, with ever more tags and authors.
    """
    for n in range(times):
        tags = ["problems", *(f"set {n * 5 + k}" for k in range(5))]
        authors = ["Ben Bystander", *(f"Ada Author{k}" for k in range((n + 1) * 9))]
        for source, day in (("Daily list", 2), (f"Letter {n}", 2), ("Daily list", 3 + n)):
            values = {"tags": tags, "authors": authors, "source": source, "digest_date": f"2025-03-{day:02}"}
            world.ingest_lines(world.line(k and n * 100 + k, note="Hm.", **values) for k in range(31))
        lines = (json.dumps(world.line(n * 100 + k)) for k in range(10 + 10 * n))
        paste("\n".join(lines) + "\n{broken" * n, by=reader)
    for number, paper in enumerate(Paper.objects.exclude(states__reader=reader)):
        ReaderState.objects.create(reader=reader, paper=paper, status=list(Status)[number % 4], starred=number % 3 == 0)
        ReaderState.objects.create(reader=other, paper=paper, starred=True)
    grow_lists(reader, other, times)


def grow_lists(reader: User, other: User, times: int) -> None:
    """Lists that they may fill; and of one that they share with ever more people, each of whom suggests papers."""
    shared = reader.reading_lists.first() or world.reading_list(reader, editor=other)
    for _ in range(times):
        number = User.objects.count()
        member = world.member(f"member{number}")
        Membership.objects.create(reading_list=shared, person=member, role=Role.EDITOR, joined_at=timezone.now())
        world.reading_list(member, f"List {number}", editor=reader)
        papers = Paper.objects.exclude(list_entries__reading_list=shared).order_by("pk")[:20]
        for entry in ListEntry.objects.add(shared, list(papers), by=member, reason="Because."):
            if entry.pk % 3 == 0:
                entry.assign(member, other, timezone.localdate())
            elif entry.pk % 3 == 1:
                entry.set_aside(member, "Known to us.")


def pasted() -> int:
    """The number of what was pasted last."""
    return Ingest.objects.filter(way=Ingest.Way.PASTE).latest("pk").pk


def queries(client: Client) -> dict[str, list[str]]:
    """What each page asks of the database, of a reader who was here before, and whose visit is noted already."""
    User.objects.update(visited_at=timezone.now(), visited_before=timezone.now(), last_paper_before=1)
    digest = Digest.objects.newest_first()[0].pk
    paper = Paper.objects.get(title__endswith=" 000000")
    places = Paper.objects.order_by("position").values_list("position", flat=True)
    asked = {}
    for address in ADDRESSES:
        caches["rendered"].clear()
        with CaptureQueriesContext(connection) as captured:
            ends = {"oldest": places[0], "newest": places[len(places) - 1]}
            numbers = {"paste": pasted(), "digest": digest, "list": ReadingList.objects.earliest("pk").key}
            client.get(address.format(key=paper.key, **numbers, **ends))
        asked[address] = [query["sql"] for query in captured]
    return asked


def test_a_page_takes_as_many_queries_at_any_size(reader: Client, alice: User, bob: User) -> None:
    grow(alice, bob, 1)
    small = queries(reader)
    grow(alice, bob, 2)
    large = queries(reader)
    assert {address: len(large[address]) for address in ADDRESSES} == {
        address: len(small[address]) for address in ADDRESSES
    }


def test_no_page_counts_its_way_to_its_rows(reader: Client, alice: User, bob: User) -> None:
    grow(alice, bob, 1)
    assert [sql for asked in queries(reader).values() for sql in asked if "OFFSET" in sql.upper()] == []
