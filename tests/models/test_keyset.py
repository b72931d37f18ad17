"""Pages by keyset: each row once in either direction, whatever arrives meanwhile and whatever the address says."""

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Digest, Paper, Source
from papers.models.keyset import Key, KeysetPage, keyset_page, neighbours
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db


def key_of(digest: Digest) -> Key:
    return digest.date, digest.pk


def page(size: int = 3, *, after: str = "", before: str = "") -> KeysetPage[Digest]:
    return keyset_page(Digest.objects.newest_first(), key_of, size=size, after=after, before=before)


def digests(days: Sequence[int]) -> list[Digest]:
    """Digests of days of March 2025, many of them of one day; newest first."""
    for number, day in enumerate(days, Source.objects.count()):
        source = Source.objects.create(name=f"List {number}", slug=f"list-{number}")
        Digest.objects.create(source=source, date=dt.date(2025, 3, day), date_basis="content")
    return list(Digest.objects.newest_first())


def forward(size: int) -> list[KeysetPage[Digest]]:
    pages = [page(size)]
    while pages[-1].after:
        pages.append(page(size, after=pages[-1].after))
    return pages


@given(days=st.lists(st.integers(1, 3), max_size=9), size=st.integers(1, 4))
def test_forward_and_backward_each_row_is_visited_once(days: list[int], size: int) -> None:
    Digest.objects.all().delete()
    rows = digests(days)
    there = forward(size)
    assert [row for page in there for row in page.rows] == rows
    back = [there[-1]]
    while back[-1].before:
        back.append(page(size, before=back[-1].before))
    assert len(back) == len(there)
    assert back[-1].rows == there[0].rows
    if len(rows) % size == 0:
        assert [page.rows for page in reversed(back)] == [page.rows for page in there]


def test_the_first_page_has_none_before_it_and_the_last_none_after() -> None:
    digests([1, 1, 2, 2])
    first, last = forward(2)
    assert (first.before, bool(first.after)) == ("", True)
    assert (bool(last.before), last.after) == (True, "")


def test_too_few_rows_before_a_cursor_are_the_first_page() -> None:
    rows = digests([1, 2, 3, 4])
    assert page(before=page(2).after).rows == rows[:3]


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "_", "-", "5", "2025-03-11", "2025-03-11_", "2025-03-11_1_1", "2025-13-45_1", "1_2025-03-11", "5_7"),
        *("2025-03-11_2025-03-11", "2025-03-11_1.5", "2025-03-11_x", "'; DROP TABLE", "🙂_🙂", "0001-01-01", "9" * 200),
    ],
)
def test_a_malformed_cursor_is_the_first_page(cursor: str) -> None:
    digests([1, 2, 3, 4])
    first = page()
    assert page(after=cursor) == page(before=cursor) == first
    assert first.before == ""


@pytest.mark.parametrize("cursor", ["x", "2025-03-11", "1_2", "1.5", "\0", "--1", str(2**63), "9" * 80, f"-{2**64}"])
def test_a_malformed_cursor_of_papers_is_the_first_page(cursor: str) -> None:
    world.library(3)
    for question in (PaperQuery(), PaperQuery(text="problem")):
        papers = question.ask(Paper.objects.all())
        found = keyset_page(papers, lambda paper: (paper.position,), size=2, after=cursor)
        assert [paper.title[-1] for paper in found.rows] == ["1", "2"]
        assert not found.before


@pytest.mark.parametrize("cursor", [f"2025-03-11_{10**40}", f"2025-03-11_{-(10**40)}", "9999-12-31_1", "0001-01-01_1"])
def test_a_cursor_out_of_all_range_is_no_error(cursor: str) -> None:
    digests([1, 2])
    page(after=cursor)
    page(before=cursor)


def test_new_arrivals_do_not_shift_a_page() -> None:
    digests([2, 2, 4, 4, 6])
    first = page(2)
    second = page(2, after=first.after)
    digests([5, 7])
    assert page(2, after=first.after).rows == second.rows


def test_a_page_deep_down_costs_one_query_without_an_offset() -> None:
    rows = digests([1] * 9)
    assert upkeep.queries(lambda: page(after=f"2025-03-01_{rows[5].pk}")) == 1
    assert "OFFSET" not in str(_sql(page)).upper()


def _sql(act: object) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert callable(act)
    with CaptureQueriesContext(connection) as captured:
        act(after="2025-03-01_5")
    return captured[0]["sql"]


def test_the_neighbours_of_a_row_are_those_beside_it() -> None:
    rows = digests([1, 1, 2])
    ordered: QuerySet[Digest] = Digest.objects.newest_first()
    assert neighbours(ordered, key_of(rows[1])) == (rows[0], rows[2])
    assert neighbours(ordered, key_of(rows[0])) == (None, rows[1])
    assert neighbours(ordered, key_of(rows[2])) == (rows[1], None)
