"""Digests that a curator dates or joins: what is derived follows, files lead to them, and it can be taken back."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from papers.dates import PartialDate
from papers.exchange.joining import join
from papers.exchange.redating import redate
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.exchange.undo import undo
from papers.models import Change, Digest, Entry, Heading, Identifier, Ingest, Paper, PaperTag, Sighting, User
from tests import upkeep, world
from tests.examples import examples

pytestmark = pytest.mark.django_db
LIBRARY = (Digest, Entry, Heading, Identifier, PaperTag)
ABSTRACT = "We attend to all of it, and it is all we need. " * 6
PAGE = f"Mar 11\n\nOn Attention\n\n{ABSTRACT}\n\nOn Residual Nets\n\n{ABSTRACT}\n"


def day(text: str) -> PartialDate:
    date = PartialDate.parse(text)
    assert date
    return date


def written() -> list[tuple[str, str]]:
    return [(str(digest.written_date), digest.date_basis) for digest in Digest.objects.order_by("date")]


def ingest_page(page: str = PAGE, **said: Any) -> None:
    assert world.ingest_text(page, "page.txt", format="hf-page", **said).error is None


def snapshot() -> str:
    """All that is there but the papers' places within their days, which they lose when they leave it for a while."""
    columns = [field.attname for field in Paper._meta.concrete_fields if field.attname != "position"]
    found = sorted(Sighting.objects.values_list("entry", "ingest", "place"))
    return upkeep.snapshot(*LIBRARY) + repr(list(Paper.objects.order_by("pk").values(*columns))) + repr(found)


def test_a_digest_is_dated_by_a_curator_and_its_papers_follow(curator: User) -> None:
    world.library(3, published=None, arxiv_id=None)
    before = snapshot()
    change = redate(Digest.objects.get(), day("2024-02"), by=curator, why="It says so on the web.")
    assert written() == [("2024-02", "curator")]
    assert set(Paper.objects.values_list("named_on", flat=True)) == {dt.date(2024, 2, 1)}
    assert (change.said, change.by) == ("Dated it February 2024 instead of 11 March 2025", curator)
    upkeep.assert_in_step()
    take_back(change, curator)
    assert snapshot() == before
    upkeep.assert_in_step()


def test_a_date_that_is_right_is_confirmed(curator: User) -> None:
    ingest_page(written=dt.date(2025, 3, 12))
    change = redate(Digest.objects.get(), day("2025-03-11"), by=curator)
    assert (written(), change.said) == ([("2025-03-11", "curator")], "Confirmed its date, 11 March 2025")
    ingest_page(date=dt.date(2023, 3, 11))
    assert written() == [("2025-03-11", "curator")]


@pytest.mark.parametrize(
    "again", [{}, {"date": dt.date(2023, 3, 11)}, {"written": dt.date(2026, 4, 1)}, {"written": dt.date(2025, 3, 12)}]
)
def test_no_later_ingest_of_its_file_changes_what_a_curator_dated(again: dict[str, Any]) -> None:
    ingest_page(written=dt.date(2025, 3, 12))
    redate(Digest.objects.get(), day("2022-03-14"))
    before = upkeep.snapshot(Digest, Entry, Paper)
    ingest_page(**again)
    assert upkeep.snapshot(Digest, Entry, Paper) == before


def test_nor_does_one_whose_date_is_written_in_it() -> None:
    lines = [
        world.line(1),
        world.line(2, digest_date="2025-03-12"),
        {"title": "On Nothing Written", "source": "Daily list"},
    ]
    world.ingest_lines(lines, written=dt.date(2025, 4, 1))
    redate(Digest.objects.get(date="2025-03-11"), day("2022"))
    redate(Digest.objects.get(date="2022-01-01"), day("2021"))
    before = upkeep.snapshot(Digest, Entry, Paper)
    report = world.ingest_lines(lines, written=dt.date(2025, 4, 3))
    assert (report.unchanged, report.created) == (3, 0)
    assert upkeep.snapshot(Digest, Entry, Paper) == before
    upkeep.assert_in_step()


def test_another_file_of_the_old_date_makes_a_digest_of_that_date() -> None:
    world.ingest_lines([world.line(1)])
    redate(Digest.objects.get(), day("2025-03-12"))
    world.ingest_lines([world.line(2)])
    assert written() == [("2025-03-11", "content"), ("2025-03-12", "curator")]


def test_another_file_of_the_new_date_is_of_the_digest() -> None:
    world.ingest_lines([world.line(1)])
    redate(Digest.objects.get(), day("2025-03-12"))
    world.ingest_lines([world.line(2, digest_date="2025-03-12")])
    assert written() == [("2025-03-12", "curator")]
    redate(Digest.objects.get(), day("2025-03-13"))
    world.ingest_lines([world.line(2, digest_date="2025-03-12")])
    assert (written(), Digest.objects.get().size) == ([("2025-03-13", "curator")], 2)


def test_a_date_that_another_digest_has_is_refused() -> None:
    world.ingest_lines([world.line(1), world.line(2, digest_date="2025-03-12")])
    before = upkeep.snapshot(Digest, Change)
    with pytest.raises(Refused, match="Join the two instead"):
        redate(Digest.objects.get(date="2025-03-11"), day("2025-03-12"))
    assert upkeep.snapshot(Digest, Change) == before


def halves() -> tuple[Digest, Digest]:
    """Two digests of one source: some papers in both, one of them in the same words."""
    morning = [world.line(n) for n in (1, 2, 3)]
    evening = [world.line(2), world.line(3, title="On Problem 3"), world.line(4)]
    world.ingest_lines([{**line, "digest_date": "2025-03-11"} for line in morning], "a.jsonl")
    world.ingest_lines([{**line, "digest_date": "2025-04-11"} for line in evening], "b.jsonl")
    gone, kept = Digest.objects.order_by("date")
    return gone, kept


def test_two_halves_are_joined_and_parted_just_as_they_were(curator: User) -> None:
    gone, kept = halves()
    before = snapshot()
    change = join(gone, kept, by=curator)
    joined = Digest.objects.get()
    assert (joined.pk, joined.size, written()) == (kept.pk, 4, [("2025-04-11", "curator")])
    assert Entry.objects.count() == 5
    assert set(Paper.objects.values_list("named_on", flat=True)) == {dt.date(2025, 4, 11)}
    upkeep.assert_in_step()
    take_back(change, curator)
    assert snapshot() == before
    upkeep.assert_in_step()


def test_the_files_of_both_lead_to_what_was_joined() -> None:
    gone, kept = halves()
    join(gone, kept)
    before = upkeep.snapshot(Digest, Entry, Paper)
    files: list[list[world.Line]] = [
        [{"n": 1}, {"n": 2}, {"n": 3}],
        [{"n": 2}, {"n": 3, "title": "On Problem 3"}, {"n": 4}],
    ]
    for file, date in zip(files, ("2025-03-11", "2025-04-11"), strict=True):
        report = world.ingest_lines([world.line(digest_date=date, **values) for values in file])
        assert (report.unchanged, report.digests) == (3, 1)
    assert upkeep.snapshot(Digest, Entry, Paper) == before


def test_what_was_done_since_is_taken_back_first(curator: User) -> None:
    gone, kept = halves()
    before = snapshot()
    first = redate(gone, day("2025-03-01"), by=curator)
    second = join(gone, kept, by=curator)
    third = redate(kept, day("2025-05"), by=curator)
    with pytest.raises(Refused, match="no more"):
        take_back(first, curator)
    with pytest.raises(Refused, match="since"):
        take_back(second, curator)
    for change in (third, second, first):
        take_back(change, curator)
    assert snapshot() == before


def test_a_join_is_not_taken_back_onto_another_digest_of_the_date(curator: User) -> None:
    change = join(*halves(), by=curator)
    world.ingest_lines([world.line(9)], "another.jsonl")
    before = upkeep.snapshot(Digest, Entry, Paper, Change)
    with pytest.raises(Refused, match="a digest of that date already"):
        take_back(change, curator)
    assert upkeep.snapshot(Digest, Entry, Paper, Change) == before


def test_what_both_halves_said_stays_when_the_ingest_of_one_is_undone(curator: User) -> None:
    join(*halves(), by=curator)
    change = undo(Ingest.objects.get(file__name="b.jsonl"), by=curator)
    assert sorted(entry.paper.title[-1] for entry in Entry.objects.listed()) == ["1", "2", "3"]
    upkeep.assert_in_step()
    take_back(change, curator)
    assert (Digest.objects.get().size, Entry.objects.count()) == (4, 5)
    upkeep.assert_in_step()


def test_digests_of_two_sources_are_not_joined() -> None:
    world.ingest_lines([world.line(1), world.line(2, source="Weekly")])
    with pytest.raises(Refused, match="of one source"):
        join(*Digest.objects.all())


def test_what_may_be_two_papers_is_not_made_one_by_a_join() -> None:
    bare = {"title": "Editorial", "source": "Daily list"}
    world.ingest_lines([{**bare, "digest_date": "2025-03-11"}, {**bare, "digest_date": "2025-03-12"}])
    assert Paper.objects.count() == 2
    with pytest.raises(Refused, match="Both name “Editorial”, as two papers"):
        join(*Digest.objects.order_by("date"))


def test_digests_that_an_ingest_joins_leave_no_paper_behind_that_nothing_names() -> None:
    page = f"Mar 11\n\nEditorial\n\n{ABSTRACT}\n\nOn Nets\n\n{ABSTRACT}\n"
    ingest_page(page.replace("On Nets", "On Things"), date=dt.date(2024, 3, 11))
    ingest_page(page, written=dt.date(2025, 3, 12))
    ingest_page(page, date=dt.date(2024, 3, 11))
    assert Paper.objects.count() == 3
    upkeep.assert_in_step()


class AnyTwo(TestCase):
    """Round trips of any two digests with any papers in common."""

    @examples(30)
    @given(
        st.lists(st.tuples(st.sampled_from(["2025-03-11", "2025-04"]), st.integers(1, 6), st.booleans()), min_size=1)
    )
    def test_a_join_taken_back_leaves_all_as_it_was(self, named: list[tuple[str, int, bool]]) -> None:
        always = [("2025-03-11", 1, False), ("2025-04", 1, True)]
        lines = [
            world.line(n, digest_date=date, **({"title": f"Problem {n}, again"} if again else {}))
            for date, n, again in always + named
        ]
        for date in ("2025-03-11", "2025-04"):
            world.ingest_lines([line for line in lines if line["digest_date"] == date], f"{date}.jsonl")
        before = snapshot()
        change = join(*Digest.objects.order_by("date"))
        upkeep.assert_in_step()
        take_back(change, None)
        assert snapshot() == before
        upkeep.assert_in_step()
