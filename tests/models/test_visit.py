"""Visits: when somebody was last here, and what has come in since."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Paper, User
from papers.models.arrivals import arrivals
from papers.query import PaperQuery
from tests import world
from tests.installation import Installation

pytestmark = pytest.mark.django_db

NINE = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def come(hours: float) -> User:
    """Alice asks for a page, so long after nine."""
    alice, now = User.objects.get(username="alice"), NINE + dt.timedelta(hours=hours)
    if alice.arrive(now):
        alice.note_visit(now)
    return User.objects.get(username="alice")


def new(reader: User) -> list[str]:
    return sorted(paper.title[-1] for paper in PaperQuery.from_text("is=new").ask(Paper.objects.all(), reader))


def test_a_first_visit_has_none_before_it(alice: User) -> None:
    world.library(2)
    assert alice.arrive(NINE)
    come(0)
    alice = come(0.5)
    assert (alice.visited_at, alice.visited_before) == (NINE, None)
    assert new(alice) == []


def test_who_comes_back_after_a_while_begins_another_visit(alice: User) -> None:
    for hours in (0, 0.9, 1.5, 4, 24, 24.1):
        alice = come(hours)
    assert alice.visited_at == NINE + dt.timedelta(hours=24)
    assert alice.visited_before == NINE + dt.timedelta(hours=4)


@pytest.mark.parametrize(("away", "is_another"), [(1, False), (2.9, False), (3, True)])
def test_nobody_s_visit_ends_while_they_were_here_within_two_hours(away: float, is_another: bool, alice: User) -> None:
    come(0)
    come(0.9)  # which is not noted
    assert bool(come(away).visited_before) is is_another


def test_a_visit_is_noted_once_an_hour_by_whichever_of_several_requests_is_first(alice: User) -> None:
    one, other = User.objects.get(), User.objects.get()
    assert one.arrive(NINE)
    assert other.arrive(NINE)
    one.note_visit(NINE)
    world.library(1)
    other.note_visit(NINE + dt.timedelta(seconds=1))
    alice.refresh_from_db()
    assert (alice.visited_at, alice.last_paper) == (NINE, 0)
    with CaptureQueriesContext(connection) as captured:
        come(0.99)
    assert [query["sql"] for query in captured if "UPDATE" in query["sql"]] == []


def test_what_came_since_the_visit_before_this_one_is_new(alice: User) -> None:
    world.ingest_lines([world.line(1)])
    come(0)
    world.ingest_lines([world.line(2)])
    come(5)
    world.ingest_lines([world.line(3)])
    assert new(come(5.5)) == ["2", "3"]
    assert new(come(24)) == ["3"]
    assert new(come(48)) == []


_WHILE_ANOTHER_WRITES = """
import sqlite3, time
from django.db import connection
from django.utils import timezone
from papers.models import User
alice = User.objects.create_user("alice")
another = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
another.execute("BEGIN IMMEDIATE")
began = time.monotonic()
alice.note_visit(timezone.now())
print(time.monotonic() - began < 5, User.objects.get().visited_at)
another.execute("ROLLBACK")
alice.note_visit(timezone.now())
print(User.objects.get().visited_at is not None, connection.cursor().execute("PRAGMA busy_timeout").fetchone()[0])
"""


@pytest.mark.database("sqlite")
def test_while_another_writes_nobody_waits_to_have_their_visit_noted(installation: Installation) -> None:
    ran = installation.run("shell", "--verbosity=0", "--command", _WHILE_ANOTHER_WRITES)
    assert ran.out.split() == ["True", "None", "True", "20000"], ran.err


def test_arrivals_name_the_newest_digests(alice: User) -> None:
    world.ingest_lines([world.line(1)])
    come(0)
    for day in range(10, 15):
        world.ingest_lines([world.line(n, digest_date=f"2025-03-{day}") for n in (1, day)])
    alice = come(24)
    came = arrivals(Paper.objects.shown(), alice)
    assert (came.count, came.is_all, came.others) == (5, True, 3)
    assert [digest.date.day for digest in came.digests] == [14, 13]
    Paper.objects.filter(title__endswith="14").update(hidden=True)
    assert arrivals(Paper.objects.shown(), alice).count == 4
