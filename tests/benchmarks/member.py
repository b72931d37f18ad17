"""An ordinary member with marks on some thousands of papers, who shares fifty reading lists with others; and a
superuser with the same marks, who shares none."""

import datetime as dt
import random
from typing import TYPE_CHECKING

from .corpus import DAY

if TYPE_CHECKING:
    from papers.models import User

NAME = "member"
PASSWORD = "correct horse battery staple"
MARKS = 3_000
#: Who may do everything, and shares nothing; else they read as the member does.
SUPERUSER = "root"
LISTS, MEMBERS = 50, 20
_BEHIND = dt.timedelta(weeks=3)


def make() -> None:
    """Makes both: here yesterday, caught up with all but the last weeks, with marks on new papers and on old ones. Runs
    inside the library's own Django."""
    from django.utils import timezone

    from papers.models import Digest, Paper, User

    ids = list(Paper.objects.order_by("-position").values_list("pk", flat=True))
    caught_up_to = Digest.objects.newest_first()[0].date - _BEHIND
    visit = {"visited_at": timezone.now() - dt.timedelta(days=1), "last_paper": sorted(ids)[-min(DAY, len(ids))]}
    member = User.objects.create_user(NAME, f"{NAME}@example.org", PASSWORD, caught_up_to=caught_up_to, **visit)
    superuser = User.objects.create_superuser(
        SUPERUSER, f"{SUPERUSER}@example.org", PASSWORD, caught_up_to=caught_up_to, **visit
    )
    for reader in (member, superuser):
        _mark(reader, ids, random.Random(1))
    _share(member, ids, random.Random(2))


def _mark(reader: "User", ids: list[int], dice: random.Random) -> None:
    from papers.models import ReaderState

    marks = min(MARKS, len(ids) // 3)
    marked = [*dice.sample(ids[:marks], marks // 2), *dice.sample(ids[marks:], marks - marks // 2)]
    ReaderState.objects.bulk_create(
        (
            ReaderState(
                reader=reader,
                paper_id=pk,
                status=dice.choices(["read", "reading", "unread", ""], [70, 10, 10, 10])[0],
                starred=dice.random() < 0.15,
                dismissed=dice.random() < 0.1,
            )
            for pk in marked
        ),
        batch_size=500,
    )


def _share(member: "User", papers: list[int], dice: random.Random) -> None:
    """Lists that they share with so many others each: of papers old and new, put there two a day; and one long one."""
    from django.utils import timezone

    from papers.access import Role
    from papers.models import ListEntry, Membership, ReadingList, User

    others = User.objects.bulk_create(User(username=f"colleague{n}", password="!") for n in range(LISTS))
    now = timezone.now()
    for number in range(LISTS):
        people = [others[(number + n) % LISTS] for n in range(MEMBERS - 1)]
        shared = ReadingList.objects.create(owner=people[0], name=f"Group {number}")
        Membership.objects.bulk_create(
            Membership(reading_list=shared, person=person, role=Role.CONTRIBUTOR, joined_at=now - dt.timedelta(days=30))
            for person in (member, *people[1:])
        )
        size = min(len(papers) // 3, 2_000 if number == 0 else 60)
        chosen = {*dice.sample(papers[:400], min(size // 3, len(papers[:400]))), *dice.sample(papers, size)}
        ListEntry.objects.bulk_create(
            (
                ListEntry(
                    reading_list=shared,
                    paper_id=pk,
                    place=place,
                    suggested_by=people[0],
                    suggested_at=now - dt.timedelta(hours=12 * place),
                )
                for place, pk in enumerate(sorted(chosen, reverse=True))
            ),
            batch_size=500,
        )
