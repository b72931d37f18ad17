"""What is left of a digest: what counting its papers one by one would say."""

import datetime as dt
from itertools import product

import pytest

from papers.models import Digest, Paper, ReaderState, User, entry
from tests import world

pytestmark = pytest.mark.django_db

DAYS = [dt.date(2025, 3, day) for day in (9, 10, 11)]
MARKS = list(product(["", "unread", "reading", "read"], [False, True]))


@pytest.fixture
def alice() -> User:
    """Who has put every kind of mark on papers of three days, the first of which the others name again."""
    for day in DAYS:
        lines = [world.line(n + 100 * day.day, digest_date=str(day)) for n in range(len(MARKS) + 1)]
        again = [world.line(n + 900, digest_date=str(day)) for n in range(len(MARKS) + 1)]
        world.ingest_lines([*lines, *again])
    world.ingest_lines([world.line(1, digest_date="2025-03-08")])
    alice = world.member("alice")
    papers = list(Paper.objects.exclude(entries__digest__date="2025-03-08").order_by("pk"))
    for number, (paper, (status, dismissed)) in enumerate(zip(papers, MARKS * len(papers), strict=False), 1):
        if number % 4:
            ReaderState.objects.create(reader=alice, paper=paper, status=status, dismissed=dismissed)
    return alice


@pytest.mark.parametrize("caught_up_to", [None, *DAYS])
@pytest.mark.parametrize("few", [0, 1_000])
def test_what_is_left_is_what_is_unread(
    caught_up_to: dt.date | None, few: int, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "FEW", few)
    alice.caught_up_to = caught_up_to
    unread = {
        digest: {each.paper_id for each in digest.entries.all() if _is_unread(alice, each.paper)}
        for digest in Digest.objects.all()
    }
    assert any(unread.values())
    assert caught_up_to is None or not all(unread.values())
    has_left = {digest.pk: vars(digest)["has_left"] for digest in Digest.objects.with_something_left_for(alice)}
    for digest, papers in unread.items():
        assert {each.paper_id for each in digest.entries_left_for(alice)} == papers
        assert digest.left_for(alice).count == len(papers)
        assert has_left[digest.pk] is bool(papers)


def _is_unread(reader: User, paper: Paper) -> bool:
    ReaderState.objects.attach(reader, [paper])
    return paper.mine is not None and paper.mine.is_unread
