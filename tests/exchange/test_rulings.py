"""Merge, split and keep apart: what a curator rules holds whatever is taken in, and can be taken back."""

import pytest

from papers.exchange.refusal import Refused
from papers.exchange.rulings import keep_apart, merge, split
from papers.exchange.taking_back import take_back
from papers.models import Change, Entry, FormerKey, Marking, Paper, PaperTag, ReaderState, Tag, User
from tests import upkeep, world
from tests.exchange.test_works import mark, take

pytestmark = pytest.mark.django_db

FULL = {"title": "Frontier Vision: A Model", "arxiv_id": "2308.12966", "authors": ["Jinze Bai"], "abstract": "We see."}
SHORT = {"title": "Frontier Vision", "venue": "ICML"}


def papers() -> list[Paper]:
    return list(Paper.objects.order_by("pk"))


def titles() -> list[list[str]]:
    """The titles of each paper's entries."""
    works = (Entry.objects.filter(paper=paper) for paper in papers())
    return sorted(sorted(entry.found.title for entry in entries) for entries in works)


def test_merged_papers_are_one_with_what_all_their_digests_say(curator: User) -> None:
    take(FULL, SHORT)
    first, second = papers()
    change = merge([second, first], by=curator, why="The list abbreviates.")
    (paper,) = papers()
    assert (paper.key, paper.title, paper.venue) == (first.key, first.title, "ICML")
    assert FormerKey.objects.get(paper=paper).key == second.key
    assert set(Entry.objects.values_list("evidence", flat=True)) == {"a curator’s decision"}
    assert change.said == "Merged “Frontier Vision” into “Frontier Vision: A Model”"
    assert list(Change.objects.about(paper)) == [change]
    upkeep.assert_in_step()


def test_a_merge_holds_for_whatever_is_taken_in_later(curator: User) -> None:
    take(FULL, SHORT)
    merge(papers(), by=curator)
    take(FULL, SHORT, {**SHORT, "title": "FRONTIER VISION"}, {"title": "Frontier-Vision", "doi": "10.1000/qwen"})
    assert Paper.objects.count() == 1


def test_a_merge_taken_back_gives_both_back_with_their_keys_and_marks(curator: User, alice: User, bob: User) -> None:
    take(FULL, SHORT)
    first, second = papers()
    mark(alice, first, status="read")
    mark(alice, second, starred=True)
    mark(bob, second, status="reading")
    tag = Tag.objects.create(name="must read")
    PaperTag.objects.create(paper=second, tag=tag)
    Paper.objects.filter(pk=second.pk).update(curated={"venue": "Nature"})
    states = set(ReaderState.objects.values_list("reader", "paper__key", "status", "starred", "changed_at"))
    change = merge(papers(), by=curator)
    assert ReaderState.objects.get(reader=alice).starred
    assert Paper.objects.get().venue == "Nature"
    take_back(change, curator)
    assert [paper.key for paper in papers()] == [first.key, second.key]
    assert set(ReaderState.objects.values_list("reader", "paper__key", "status", "starred", "changed_at")) == states
    assert PaperTag.objects.get().paper.key == second.key
    assert [paper.curated for paper in papers()] == [{}, {"venue": "Nature"}]
    assert not FormerKey.objects.exists()
    upkeep.assert_in_step()


def test_what_was_done_since_the_merge_stays_with_the_paper_that_stayed(curator: User, alice: User) -> None:
    take(FULL, SHORT)
    first, second = papers()
    mark(alice, second, status="reading")
    change = merge(papers(), by=curator)
    Marking.objects.mark(alice, Paper.objects.get(), status="read")
    take_back(change, curator)
    marks = ReaderState.objects.values_list("paper__key", "status")
    assert set(marks) == {(first.key, "read"), (second.key, "reading")}


def test_a_merge_over_a_merge_is_taken_apart_in_the_order_of_its_making(curator: User) -> None:
    take(FULL, SHORT, {"title": "Another Name", "doi": "10.1000/x"})
    first, second, third = papers()
    inner = merge([second, third], by=curator)
    outer = merge(papers(), by=curator)
    with pytest.raises(Refused, match="decided otherwise since: undo “Merged"):
        take_back(inner, curator)
    take_back(outer, curator)
    assert [paper.key for paper in papers()] == [first.key, second.key]
    take_back(inner, curator)
    assert [paper.key for paper in papers()] == [first.key, second.key, third.key]
    upkeep.assert_in_step()


def test_a_split_off_entry_is_a_paper_of_its_own_whatever_its_identifiers(curator: User) -> None:
    take(FULL, {**FULL, "title": "Wrongly Labelled"}, {**FULL, "title": "Frontier Vision"})
    (paper,) = papers()
    change = split(paper, [Entry.objects.order_by("pk")[1]], by=curator)
    assert titles() == [["Frontier Vision", "Frontier Vision: A Model"], ["Wrongly Labelled"]]
    assert papers()[0].key == paper.key
    assert change.said == f"Split 1 of 3 records off “{paper.title}”"
    take({**FULL, "title": "Frontier Vision Again"})
    assert len(papers()) == 2, "the identifier stays with what was not split off"
    upkeep.assert_in_step()
    take_back(change, curator)
    assert [paper.key for paper in papers()] == [paper.key]
    upkeep.assert_in_step()


def test_what_was_split_and_joined_again_has_its_keys_again(curator: User) -> None:
    take(FULL, SHORT)
    merge(papers(), by=curator)
    change = split(Paper.objects.get(), [Entry.objects.order_by("pk")[1]], by=curator)
    keys = [paper.key for paper in papers()]
    take_back(change, curator)
    assert len(papers()) == 1
    split(Paper.objects.get(), [Entry.objects.order_by("pk")[1]], by=curator)
    assert [paper.key for paper in papers()] == keys
    upkeep.assert_in_step()


def test_a_merge_around_a_split_that_was_taken_back_still_gives_both_their_keys(curator: User) -> None:
    take(SHORT)
    take(FULL, {**FULL, "title": "Frontier Vision, a Model"})
    paper, identified = papers()
    before = titles(), dict(Paper.objects.values_list("key", "title"))
    merged = merge([paper, identified], by=curator)
    parted = split(Paper.objects.get(), [Entry.objects.order_by("pk")[1]], by=curator)
    assert Paper.objects.count() == 2
    take_back(parted, curator)
    take_back(merged, curator)
    assert (titles(), dict(Paper.objects.values_list("key", "title"))) == before
    upkeep.assert_in_step()


def test_a_split_needs_something_on_both_sides(curator: User) -> None:
    take(FULL, FULL)
    (paper,) = papers()
    for leaving in ([], list(Entry.objects.all()), [Entry.objects.order_by("pk")[0]]):
        with pytest.raises(Refused):
            split(paper, leaving, by=curator)
    assert not Change.objects.exists()


def test_kept_apart_is_for_good(curator: User) -> None:
    take(
        {"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "On Attention", "doi": "10.1000/x", "venue": "A"}
    )
    (paper,) = papers()
    split(paper, [Entry.objects.order_by("pk")[1]], by=curator)
    keep_apart(papers(), by=curator)
    bridge = {"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x", "venue": "B"}
    take(bridge)
    assert len(papers()) == 2
    assert titles() == [["On Attention"], ["On Attention", "On Attention"]]
    upkeep.assert_in_step()


def test_kept_apart_taken_back_lets_them_meet(curator: User) -> None:
    take({"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"})
    change = keep_apart(papers(), by=curator)
    take({"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"})
    assert len(papers()) == 2
    take_back(change, curator)
    assert len(papers()) == 1
    upkeep.assert_in_step()


def test_records_that_are_the_same_word_for_word_cannot_be_kept_apart(curator: User) -> None:
    take({"title": "Editorial"}, {"title": "Editorial"})
    assert len(papers()) == 2
    with pytest.raises(Refused, match="word for word"):
        keep_apart(papers(), by=curator)


def test_a_merge_settles_what_was_kept_apart(curator: User) -> None:
    take(FULL, SHORT)
    apart = keep_apart(papers(), by=curator)
    merged = merge(papers(), by=curator)
    assert len(papers()) == 1
    with pytest.raises(Refused):
        take_back(apart, curator)
    take_back(merged, curator)
    take_back(apart, curator)
    assert len(papers()) == 2
    upkeep.assert_in_step()


def test_a_paper_that_is_gone_is_not_merged(curator: User) -> None:
    take(FULL, SHORT)
    first, second = papers()
    merge([first, second], by=curator)
    with pytest.raises(Refused, match="no longer in the library"):
        merge([first, second], by=curator)


def test_a_ruling_holds_in_a_library_that_takes_its_files_in_any_order(curator: User) -> None:
    take(FULL, SHORT)
    merge(papers(), by=curator)
    merged = world.export()
    Entry.objects.all().delete()
    Paper.objects.all().delete()
    for number, line in ((1, SHORT), (0, FULL)):
        world.ingest_lines([{"source": f"List {number}", "digest_date": "2025-03-11", **line}])
    assert world.export() == merged
