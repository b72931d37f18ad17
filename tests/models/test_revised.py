"""What was revised since somebody saw it, and the versions that digests told of."""

from typing import Any

import pytest

from papers.exchange.keep import sole_writer
from papers.models import Mark, Marking, Paper, ReaderState, User
from papers.models.facets import facets
from papers.models.version import versions_of
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db


def tell(version: int | None, n: int = 1, **values: Any) -> Paper:
    """A digest names paper `n` in a version; one that nobody tells is none."""
    arxiv_id = f"2503.{n:05}" + (f"v{version}" if version else "")
    day = f"2025-03-{11 + (version or 0)}"
    world.ingest_lines([world.line(n, arxiv_id=arxiv_id, digest_date=day, **values)])
    return Paper.objects.get(identifiers__value=f"2503.{n:05}")


def is_revised(reader: User, paper: Paper) -> bool:
    """As its row says, and as questions and facets find it."""
    found = PaperQuery.from_text("is=revised").ask(Paper.objects.all(), reader).contains(paper)
    ReaderState.objects.attach(reader, [paper])
    assert paper.mine
    assert paper.mine.is_revised is found
    of_state = facets(Paper.objects.in_date_order(), reader, most=9).of.get("is", [])
    assert bool([facet for facet in of_state if facet.value == "revised"]) is found
    return found


@pytest.mark.parametrize("marks", [{"status": "read"}, {"status": "reading"}, {"starred": True}])
@pytest.mark.parametrize("told", [None, 1])
def test_what_was_seen_in_an_earlier_version_is_revised_until_it_is_seen_again(
    marks: dict[str, Any], told: int | None, alice: User, bob: User
) -> None:
    Marking.objects.mark(alice, tell(told), **marks)
    assert not is_revised(alice, tell(1))
    assert is_revised(alice, tell(2))
    assert not is_revised(bob, tell(2))
    Marking.objects.mark(alice, tell(2), status="read")
    assert not is_revised(alice, tell(2))
    assert is_revised(alice, tell(3))


@pytest.mark.parametrize("marks", [{"status": "unread"}, {"dismissed": True}, {"status": "read", "dismissed": True}])
def test_what_was_not_seen_or_is_not_for_the_reader_is_no_news_to_them(marks: dict[str, Any], alice: User) -> None:
    Marking.objects.mark(alice, tell(1), **marks)
    assert not is_revised(alice, tell(2))


def test_to_mark_it_otherwise_does_not_settle_it(alice: User) -> None:
    Marking.objects.mark(alice, tell(1), status="read", starred=True)
    Marking.objects.mark(alice, tell(2), starred=False)
    assert is_revised(alice, tell(2))


def test_to_mark_all_as_read_settles_it_and_the_undo_gives_it_back(alice: User) -> None:
    Marking.objects.mark(alice, tell(1), status="read")
    seen, unseen = tell(3), tell(2, n=2)
    for question in ("is=revised", "", "q=problem"):
        with sole_writer():
            marking = Marking.objects.make(alice, Mark.READ, PaperQuery.from_text(question))
        assert marking
        assert not is_revised(alice, seen)
        if question == "q=problem":
            assert ReaderState.objects.get(paper=unseen).version == 2
        assert marking.take_back()
        alice.refresh_from_db()
        assert is_revised(alice, seen)
        assert not ReaderState.objects.filter(paper=unseen).exists()


@pytest.mark.parametrize("mark", [Mark.UNREAD, Mark.UNSTARRED, Mark.DISMISSED, Mark.RESTORED, Mark.STARRED])
def test_other_marks_on_all_that_was_found_can_be_taken_back_too(mark: Mark, alice: User) -> None:
    starred = mark in (Mark.UNSTARRED, Mark.RESTORED)
    Marking.objects.mark(alice, tell(1), status="read", starred=starred, dismissed=mark is Mark.RESTORED)
    paper = tell(2)
    before = ReaderState.objects.get().version
    with sole_writer():
        marking = Marking.objects.make(alice, mark, PaperQuery())
    assert marking
    assert ReaderState.objects.get().version == (2 if mark is Mark.STARRED else 1)
    assert marking.take_back()
    assert ReaderState.objects.get().version == before
    assert is_revised(alice, paper) is (mark is not Mark.RESTORED)


@pytest.mark.parametrize(
    ("gone", "kept", "expected"),
    [
        ({"status": "read", "version": 2}, {"starred": True, "version": 3}, 2),
        ({"status": "unread", "version": 1}, {"status": "read", "version": 3}, 3),
        ({"status": "read", "version": 3}, {"dismissed": True, "version": 1}, 3),
        ({"dismissed": True}, {"status": "unread"}, 1),
        ({"status": "read", "version": 4}, None, 4),
    ],
)
def test_of_two_papers_that_are_one_the_older_version_was_seen(
    gone: dict[str, Any], kept: dict[str, Any] | None, expected: int, alice: User
) -> None:
    papers = [tell(1, n=n) for n in (1, 2)]
    for paper, marks in zip(papers, (gone, kept), strict=True):
        if marks:
            ReaderState.objects.create(reader=alice, paper=paper, **marks)
    ReaderState.objects.move(*papers)
    assert ReaderState.objects.get(paper=papers[1]).version == expected


def test_versions_are_told_with_the_first_digest_that_had_each() -> None:
    tell(2, source="Weekly")
    tell(None, source="Nobody")
    tell(1)
    paper = tell(2)
    assert [(each.number, str(each.digest), each.url) for each in versions_of(paper)] == [
        (1, "Daily list, 2025-03-12", "https://arxiv.org/abs/2503.00001v1"),
        (2, "Weekly, 2025-03-13", "https://arxiv.org/abs/2503.00001v2"),
    ]
    upkeep.assert_in_step()


@pytest.mark.parametrize("told", [[None], [1], [2], [2, None]])
def test_where_digests_told_of_one_version_there_is_nothing_to_say(told: list[int | None]) -> None:
    for version in told:
        paper = tell(version)
    assert versions_of(paper) == ()
