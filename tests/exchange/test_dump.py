"""What leaves the library, and comes back as it was."""

from typing import Any

import pytest

from papers.exchange.dump import dump
from papers.formats.record import LibraryPaper
from papers.models import Digest, Entry, Ingest, Paper, Source, Tag
from tests import world
from tests.upkeep import queries

pytestmark = pytest.mark.django_db

FULL: dict[str, Any] = {
    "title": "On Attention",
    "other_titles": ["Attending"],
    "abstract": "We attend to $x^2$.",
    "authors": ["Ada Lovelace", "Ben Kay"],
    "arxiv_id": "2503.00001v2",
    "doi": "10.1000/x",
    "identifiers": {"arxiv": ["2503.00002"], "openreview": ["abc"], "pmid": ["7", "8"]},
    "published": "2025-03",
    "venue": "ICML",
    "tags": ["maths", "Vision"],
    "links": {"code": ["https://a.b", "https://c.d"], "page": "https://e.f"},
    "digests": [
        {"source": "Daily list", "date": "2025-03-11", "title": "Spring", "place": 3, "note": "A must."},
        {"source": "Weekly", "date": "2025-03", "place": 1},
    ],
}


def dumped() -> list[LibraryPaper]:
    return list(dump(Paper.objects.in_date_order()))


def empty_the_library() -> None:
    for model in (Entry, Paper, Digest, Source, Ingest, Tag):
        model.objects.all().delete()


def test_all_that_is_known_of_a_paper_leaves_with_it_and_comes_back() -> None:
    world.ingest_lines([FULL])
    exported = world.export()
    assert [exported[0][name] for name in ("title", "other_titles", "abstract", "authors", "venue", "published")] == [
        FULL[name] for name in ("title", "other_titles", "abstract", "authors", "venue", "published")
    ]
    assert (exported[0]["arxiv_id"], exported[0]["doi"]) == (FULL["arxiv_id"], FULL["doi"])
    assert exported[0]["tags"] == FULL["tags"]
    assert exported[0]["digests"] == [FULL["digests"][1], FULL["digests"][0]]
    empty_the_library()
    world.ingest_lines(exported)
    assert world.export() == exported


@pytest.mark.parametrize(("kind", "text"), [("snippet", "We att"), ("note", "A must.")])
def test_what_stands_in_for_an_abstract_comes_back_as_what_it_is(kind: str, text: str) -> None:
    world.ingest_lines([world.line(1, abstract=None, **{kind: text})])
    exported = world.export()
    empty_the_library()
    world.ingest_lines(exported)
    assert world.export() == exported
    assert (Paper.objects.get().abstract, Paper.objects.get().abstract_kind) == (text, kind)


def test_papers_leave_in_the_order_of_what_they_are_asked_in() -> None:
    world.ingest_lines([world.line(1, published="2024"), world.line(2, published="2023")])
    assert [paper.record.title[-1] for paper in dumped()] == ["1", "2"]
    oldest_first = dump(Paper.objects.in_date_order(oldest_first=True))
    assert [paper.record.title[-1] for paper in oldest_first] == ["2", "1"]


def test_a_digest_that_names_a_paper_twice_is_said_once_with_its_first_place_and_note() -> None:
    world.ingest_lines([world.line(1), world.line(1, note="A must."), world.line(1, note="Read it.")])
    (listing,) = dumped()[0].listings
    assert (listing.place, listing.note) == (1, "A must.")


def test_texts_leave_clean() -> None:
    world.ingest_lines([world.line(1, title=r"T\"ULU", abstract=r"A \textit{must}.")])
    record = dumped()[0].record
    assert (record.title, record.abstract) == ("TÜLU", "A must.")


def test_more_papers_take_no_more_queries() -> None:
    world.library(3)
    few = queries(dumped)
    world.library(30)
    assert queries(dumped) == few
