"""What becomes of reading lists when papers are made one, parted, hidden, or go with their ingest."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone

from papers.exchange import undo
from papers.exchange.hide import hide, show
from papers.exchange.leaving import leave
from papers.exchange.rulings import merge
from papers.exchange.taking_back import take_back
from papers.models import (
    Change,
    Ingest,
    ListEntry,
    Membership,
    Paper,
    ReadingList,
    Recommendation,
    Remark,
    User,
)
from tests import world
from tests.exchange.test_there_and_back import everything

DUE = dt.date(2025, 4, 1)


@pytest.fixture
def papers(db: None) -> list[Paper]:
    """Two that a curator will make one, the one that stays first, and a third."""
    world.library(3)
    return list(Paper.objects.order_by("pk"))


@pytest.fixture
def shared(alice: User, bob: User) -> ReadingList:
    return world.reading_list(alice, editor=bob)


def suggest(shared: ReadingList, paper: Paper, by: User, reason: str = "", **more: Any) -> None:
    ListEntry.objects.add(shared, [paper], by=by, reason=reason)
    shared.entries.filter(paper=paper).update(**more)


def edition(shared: ReadingList) -> int:
    return ReadingList.objects.get(pk=shared.pk).edition


def merged(papers: Sequence[Paper], curator: User) -> Change:
    return merge(papers[:2], by=curator)


def test_what_stands_on_a_list_stands_there_as_the_paper_that_stays(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    suggest(shared, papers[1], bob, "Read it.", claimed_by=alice, due_on=DUE)
    Remark.objects.create(reading_list=shared, paper=papers[1], by=bob, text="Hm.")
    Recommendation.objects.create(paper=papers[1], by=bob)
    before, number = everything(), edition(shared)
    change = merged(papers, curator)
    (entry,) = shared.entries.all()
    assert (entry.paper, entry.suggested_by, entry.reason, entry.claimed_by) == (papers[0], bob, "Read it.", alice)
    assert [*papers[0].remarks.all()] == [*Remark.objects.all()]
    assert [*papers[0].recommendations.all()] == [*Recommendation.objects.all()]
    assert edition(shared) > number
    number = edition(shared)
    take_back(change, curator)
    assert everything() == before
    assert edition(shared) > number


def test_of_two_on_a_list_the_earlier_suggestion_stays_with_what_only_the_other_says(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    suggest(shared, papers[1], bob)
    suggest(shared, papers[0], alice, "For its proof.", claimed_by=bob, due_on=DUE)
    first = shared.entries.get(paper=papers[1])
    before = everything()
    change = merged(papers, curator)
    (entry,) = shared.entries.all()
    assert (entry.paper, entry.suggested_by, entry.suggested_at) == (papers[0], bob, first.suggested_at)
    assert (entry.place, entry.reason, entry.claimed_by, entry.due_on) == (first.place, "For its proof.", bob, DUE)
    take_back(change, curator)
    assert everything() == before


def test_what_the_earlier_suggestion_says_stands_against_the_other(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    suggest(shared, papers[0], alice, "Mine.", claimed_by=alice)
    suggest(shared, papers[1], bob, "His.", claimed_by=bob, due_on=DUE)
    merged(papers, curator)
    (entry,) = shared.entries.all()
    assert (entry.suggested_by, entry.reason, entry.claimed_by, entry.due_on) == (alice, "Mine.", alice, DUE)


@pytest.mark.parametrize("taken_off", [0, 1])
def test_what_was_taken_off_gives_way_to_what_stands_there(
    taken_off: int, papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    suggest(shared, papers[0], alice, "Mine.")
    suggest(shared, papers[1], bob, "His.")
    shared.entries.filter(paper=papers[taken_off]).update(removed_at=timezone.now(), removed_by=alice)
    before = everything()
    change = merged(papers, curator)
    (entry,) = shared.entries.all()
    assert (entry.is_present, entry.paper, entry.reason) == (True, papers[0], ["His.", "Mine."][taken_off])
    take_back(change, curator)
    assert everything() == before


@pytest.mark.parametrize(("aside", "stays"), [((0,), False), ((1,), False), ((0, 1), True)])
def test_it_is_set_aside_where_both_were(
    aside: tuple[int, ...], stays: bool, papers: list[Paper], shared: ReadingList, alice: User, curator: User
) -> None:
    for number, paper in enumerate(papers[:2]):
        suggest(shared, paper, alice, set_aside_at=timezone.now() if number in aside else None)
    merged(papers, curator)
    (entry,) = shared.entries.all()
    assert bool(entry.set_aside_at) is stays


def test_what_was_done_since_stays_with_the_paper_that_stayed(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    suggest(shared, papers[1], bob, "His.")
    change = merged(papers, curator)
    shared.entries.update(claimed_by=alice)
    Remark.objects.create(reading_list=shared, paper=papers[0], by=bob, text="Since.")
    take_back(change, curator)
    parted = Paper.objects.get(key=papers[1].key)
    told = {(entry.paper, entry.reason, entry.claimed_by) for entry in shared.entries.all()}
    assert told == {(papers[0], "His.", alice), (parted, "His.", None)}
    assert [remark.text for remark in papers[0].remarks.all()] == ["Since."]


def test_a_new_order_by_hand_is_no_reason_to_keep_both(
    papers: list[Paper], shared: ReadingList, bob: User, curator: User
) -> None:
    suggest(shared, papers[1], bob)
    change = merged(papers, curator)
    shared.entries.update(place=5)
    take_back(change, curator)
    assert [(entry.paper.key, entry.place) for entry in shared.entries.all()] == [(papers[1].key, 5)]


def test_an_answer_goes_with_what_it_answers(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    opened = Remark.objects.create(reading_list=shared, paper=papers[1], by=bob, text="Why?")
    change = merged(papers, curator)
    Remark.objects.create(reading_list=shared, paper=papers[0], by=alice, text="So.", answers=opened)
    take_back(change, curator)
    assert {remark.paper_id for remark in Remark.objects.all()} == {Paper.objects.get(key=papers[1].key).pk}


def test_who_recommends_both_recommends_one_and_each_again(
    papers: list[Paper], shared: ReadingList, bob: User, curator: User
) -> None:
    for paper in papers[:2]:
        Recommendation.objects.create(paper=paper, by=bob, reading_list=shared)
        Recommendation.objects.create(paper=paper, by=bob)
    before = everything()
    change = merged(papers, curator)
    assert papers[0].recommendations.count() == Recommendation.objects.count() == 2
    take_back(change, curator)
    assert everything() == before


def test_lists_that_are_no_more_and_people_who_left_are_passed_over(
    papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    other = world.reading_list(alice, "Other")
    suggest(shared, papers[1], bob, "His.")
    suggest(other, papers[1], alice)
    Recommendation.objects.create(paper=papers[1], by=bob)
    change = merged(papers, curator)
    other.delete()
    bob.delete()
    take_back(change, curator)
    (entry,) = ListEntry.objects.all()
    assert (entry.paper.key, entry.suggested_by, entry.reason) == (papers[1].key, None, "His.")
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("stood", [[0, 1], [1]])
@pytest.mark.parametrize("way", ["the list", "for good"])
def test_who_has_left_meanwhile_has_claimed_nothing_again(
    way: str, stood: list[int], papers: list[Paper], shared: ReadingList, alice: User, bob: User, curator: User
) -> None:
    for number in stood:
        suggest(shared, papers[number], alice)
    shared.entries.get(paper=papers[1]).assign(bob, alice, DUE)
    change = merged(papers, curator)
    leave(bob) if way == "for good" else shared.memberships.get(person=bob).take_off()
    take_back(change, curator)
    came_back = shared.entries.get(paper__key=papers[1].key)
    assert (came_back.claimed_by, came_back.claimed_at, came_back.assigned_by) == (None, None, None)
    assert came_back.due_on == DUE
    assert not shared.entries.exclude(pk=came_back.pk).exclude(due_on=None).exists()


def test_a_hidden_paper_vanishes_from_its_lists_and_comes_back(
    papers: list[Paper], shared: ReadingList, bob: User, curator: User
) -> None:
    suggest(shared, papers[0], bob)
    suggest(shared, papers[1], bob)
    number = edition(shared)
    hide([papers[0].pk], by=curator, why="Spam.")
    assert [entry.paper for entry in shared.entries.shown()] == [papers[1]]
    assert edition(shared) > number
    show([papers[0].pk], by=curator)
    assert shared.entries.shown().count() == 2


def test_what_people_put_on_lists_or_talked_about_stays_when_its_ingest_is_undone(
    papers: list[Paper], shared: ReadingList, bob: User, curator: User
) -> None:
    world.ingest_lines([world.line(n) for n in range(4, 7)], "more.jsonl")
    listed, off, said, recommended, quiet, _ = Paper.objects.order_by("pk")
    suggest(shared, listed, bob)
    suggest(shared, off, bob, removed_at=timezone.now())
    Remark.objects.create(paper=said, by=bob, text="Hm.")
    Remark.objects.create(paper=quiet, by=bob, text="", removed_at=timezone.now())
    Recommendation.objects.create(paper=recommended, by=bob)
    assert set(Paper.objects.all().held_by_people()) == {listed, said, recommended}
    for run in Ingest.objects.order_by("pk"):
        assert "listed, discussed" in undo.undo(run, by=curator).said
    assert set(Paper.objects.all()) == {listed, said, recommended}
    assert [entry.paper for entry in shared.entries.all()] == [listed]


def test_a_membership_is_nobody_s_business_here(papers: list[Paper], shared: ReadingList, curator: User) -> None:
    before = list(Membership.objects.values())
    take_back(merged(papers, curator), curator)
    assert list(Membership.objects.values()) == before
