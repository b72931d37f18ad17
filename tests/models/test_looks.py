"""How a paper looks to a reader, which is how questions and facets find it, by whatever way they go."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from papers.language import State
from papers.models import Digest, Paper, ReaderState, User, papers
from papers.models.facets import facets
from papers.models.keyset import keyset_page, neighbours
from papers.models.papers import PaperQuerySet
from papers.query import PaperQuery
from tests import world
from tests.examples import examples
from tests.page import Page

pytestmark = pytest.mark.django_db

SIZE = 8
FIRST = dt.date(2025, 3, 1)
LOOKS = {State.UNREAD, State.READING, State.READ, State.DISMISSED}
STATES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    status=st.sampled_from(["", "unread", "reading", "read"]),
    dismissed=st.booleans(),
    starred=st.booleans(),
    note=st.sampled_from(["", "Hm."]),
)
LEFT = st.lists(st.one_of(st.none(), STATES), min_size=SIZE, max_size=SIZE)
CAUGHT_UP = st.one_of(st.none(), st.integers(-1, SIZE).map(lambda days: FIRST + dt.timedelta(days=days)))
#: So many papers are looked up one by one; fewer than there are, the library is gone through.
FEW = st.sampled_from([0, 3, 1_000])


def reader_of(left: list[dict[str, Any] | None], caught_up_to: dt.date | None) -> User:
    """Who left papers like this: each was named on a day of its own, and is dated before it, on it or behind it."""
    if not Digest.objects.exists():
        world.ingest_lines(
            world.line(
                n,
                abstract="Odd." if n % 2 else "Even.",
                published=str(FIRST + dt.timedelta(days=n + 3 * (n % 3 - 1))),
                digest_date=str(FIRST + dt.timedelta(days=n)),
            )
            for n in range(SIZE)
        )
    alice = User.objects.filter(username="alice").first() or world.member("alice")
    User.objects.update(caught_up_to=caught_up_to)
    ReaderState.objects.all().delete()
    for paper, marks in zip(Paper.objects.order_by("pk"), left, strict=True):
        if marks is not None:
            ReaderState.objects.create(reader=alice, paper=paper, **marks)
    return User.objects.get(pk=alice.pk)


def found(question: str, reader: User) -> PaperQuerySet:
    return PaperQuery.from_text(question).ask(Paper.objects.shown(), reader)


def walked(ordered: PaperQuerySet) -> list[Paper]:
    """All of them, a page after the other."""
    page = keyset_page(ordered, _key, size=3)
    rows = page.rows
    while page.after:
        page = keyset_page(ordered, _key, size=3, after=page.after)
        rows += page.rows
    return rows


def _key(paper: Paper) -> tuple[int]:
    return (paper.position,)


@examples(30)
@given(left=LEFT, caught_up_to=CAUGHT_UP, few=FEW)
def test_each_paper_is_found_by_how_it_looks_and_by_nothing_else(
    left: list[dict[str, Any] | None], caught_up_to: dt.date | None, few: int
) -> None:
    alice = reader_of(left, caught_up_to)
    library = list(Paper.objects.in_date_order())
    ReaderState.objects.attach(alice, library)
    looks = {paper: paper.mine.look for paper in library if paper.mine}
    assert set(looks.values()) <= LOOKS
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(papers, "FEW", few)
        for state in LOOKS:
            expected = [paper for paper in library if looks[paper] == state]
            assert walked(found(f"is={state}", alice)) == expected, state
            assert walked(found(f"is={state}&sort=oldest", alice)) == expected[::-1], state
            even = [paper for paper in expected if "Even" in paper.abstract]
            assert walked(found(f"is={state}&q=even", alice)) == even, state
            assert walked(found(f"q=-is:{state}", alice)) == [each for each in library if each not in expected], state
            assert walked(found(f"q=is:{state}+or+odd", alice)) == [
                each for each in library if each in expected or "Odd" in each.abstract
            ], state
            for before, paper, behind in zip([None, *expected], expected, [*expected[1:], None], strict=False):
                assert neighbours(found(f"is={state}", alice), _key(paper)) == (before, behind)
        counted = {each.value: each.count for each in facets(found("sort=newest", alice), alice, most=10).of["is"]}
    assert {look: count for look, count in counted.items() if look in LOOKS} == Counter(looks.values())


def test_a_row_looks_as_it_is_found(client: Client) -> None:
    left: list[dict[str, Any] | None] = [None] * SIZE
    left[:6] = [
        {"status": "unread"}, {"status": "reading"}, {"starred": True}, {"dismissed": True},
        {"status": "read", "dismissed": True}, {"status": "read"},
    ]  # fmt: skip
    alice = reader_of(left, FIRST + dt.timedelta(days=3))
    client.force_login(alice)
    for state in LOOKS:
        rows = Page(client.get("/papers/", {"is": state})).all("li", class_="entry")
        assert {row["data-state"] for row in rows} == {state}
        assert len(rows) == found(f"is={state}", alice).count()
