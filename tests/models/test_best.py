"""The best matches first: what the title says counts for more, and what is newer comes first where that is equal."""

from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Paper
from papers.models.best import BestFirst
from papers.models.keyset import KeysetPage
from papers.query import PaperQuery
from tests import world
from tests.page import Page

pytestmark = pytest.mark.django_db

#: Titles and abstracts of papers, the newest last.
LIBRARY = [
    ("Attention Is All You Need", "The transformer."),
    ("On Attention", "All you need to know of it."),
    ("You All Need Attention", "Is it so?"),
    ("A Survey", "Attention is all you need, they say."),
    ("Transformers", "What is said about all that you may need, with attention."),
    ("Needs", "You all pay attention."),
    ("Unrelated", "Nothing of the kind."),
]


@pytest.fixture
def library() -> None:
    lines = [
        world.line(n, title=title, abstract=abstract, published=f"2025-01-{n:02}", digest_date=f"2025-01-{n:02}")
        for n, (title, abstract) in enumerate(LIBRARY, 1)
    ]
    assert world.ingest_lines(lines).created == len(LIBRARY)


def best(text: str) -> BestFirst:
    node = PaperQuery(text=text).node
    assert node
    return BestFirst(Paper.objects.all(), node, None)


def titles(text: str) -> list[str]:
    return [paper.title for paper in best(text).page(size=50).rows]


def test_titles_that_hold_the_words_come_first_and_the_newest_among_equals(library: None) -> None:
    assert titles("attention is all you need") == [
        "Attention Is All You Need",  # in a row
        "You All Need Attention",  # all but one
        *("Transformers", "A Survey"),  # none
    ]
    assert titles("you need attention")[:2] == ["You All Need Attention", "Attention Is All You Need"]
    assert titles("attention") == [
        *("You All Need Attention", "On Attention", "Attention Is All You Need"),
        *("Needs", "Transformers", "A Survey"),
    ]


def test_only_what_answers_the_question_is_found(library: None) -> None:
    assert titles("attention -survey -abstract:so") == [
        "On Attention",
        "Attention Is All You Need",
        "Needs",
        "Transformers",
    ]
    assert titles("title:survey or title:transformers") == ["Transformers", "A Survey"]
    assert titles("zebra") == []


QUESTIONS = ["attention", "all need", "attention or survey", "(you need) -transformer", "need* attention", "is -zebra"]


@given(text=st.sampled_from(QUESTIONS), size=st.integers(1, 4))
def test_pages_hold_each_paper_once_forwards_and_backwards(text: str, size: int) -> None:
    if not Paper.objects.exists():
        for n, (title, abstract) in enumerate(LIBRARY * 2):
            world.ingest_lines([world.line(n, title=f"{title} {n}", abstract=abstract, arxiv_id=None)])
    everything = [paper.pk for paper in best(text).page(size=100).rows]
    found = PaperQuery(text=text).ask(Paper.objects.all())
    assert sorted(everything) == sorted(found.values_list("pk", flat=True))
    pages: list[KeysetPage[Paper]] = [best(text).page(size=size)]
    while pages[-1].after:
        pages.append(best(text).page(size=size, after=pages[-1].after))
    assert [paper.pk for page in pages for paper in page.rows] == everything
    for before, page in pairwise(pages):
        assert best(text).page(size=size, before=page.before).rows == before.rows
    for place, pk in enumerate(everything):
        neighbours = best(text).neighbours(Paper.objects.get(pk=pk))
        expected = everything[place - 1] if place else None, next(iter(everything[place + 1 :]), None)
        assert tuple(paper and paper.pk for paper in neighbours) == expected


@pytest.mark.parametrize("cursor", ["x", "9_1", "0_x", "_", "0", "1_" + "9" * 40, "-1_3", "²_1"])
def test_a_cursor_that_is_none_gives_the_first_page(cursor: str, library: None) -> None:
    first = best("attention").page(size=2)
    assert best("attention").page(size=2, after=cursor).rows == first.rows
    assert best("attention").page(size=2, before=cursor).rows == first.rows


def test_the_page_says_what_comes_first_and_offers_each_order(client: Client, library: None) -> None:
    page = Page(client.get("/papers/?q=attention&sort=best"))
    assert "Titles that hold all of the words come first" in page.text
    assert {"/papers/?q=attention", "/papers/?q=attention&sort=oldest"} <= {each["href"] for each in page.all("a")}
    assert "sort=best" not in client.get("/papers/?tag=problems").text
    assert client.get("/papers/?tag=problems&sort=best").status_code == 200
