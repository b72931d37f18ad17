"""A hidden paper is gone for readers, and everything is as it was when it is shown again."""

from itertools import permutations
from typing import Any

import pytest

from papers.exchange import rulings
from papers.exchange.curate import curate
from papers.exchange.errands import run_errands
from papers.exchange.hide import hide, show
from papers.exchange.recompute import recompute
from papers.exchange.refusal import Refused
from papers.exchange.rules import set_rule
from papers.exchange.taking_back import take_back
from papers.exchange.undo import undo
from papers.models import (
    Author,
    Change,
    Digest,
    Edition,
    Entry,
    Identifier,
    Ingest,
    Marking,
    Paper,
    PaperFacets,
    PaperTag,
    ReaderState,
    Rule,
    Tag,
    User,
    Word,
)
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db
EVERYTHING = (Author, Digest, Entry, Identifier, Paper, PaperFacets, PaperTag, ReaderState, Tag, Word)
LINES = [world.line(1), world.line(2), world.line(1, title="The Quagga", source="Weekly"), world.line(3)]


def paper(n: int = 1) -> Paper:
    return Paper.objects.get(identifiers__value=f"2503.{n:05}")


def snapshot() -> str:
    """Terms come and go with their counts, and the rows of facets with their papers; the order of neither matters."""
    return upkeep.snapshot(*EVERYTHING)


def test_shown_again_everything_is_as_it_was(alice: User) -> None:
    world.ingest_lines(LINES)
    Marking.objects.mark(alice, paper(), status="read")
    curate(paper(), {"venue": "Nowhere"})
    before, exported, edition = snapshot(), world.export(), Edition.objects.current()
    assert hide([paper().pk, paper(2).pk], why="Spam.")
    upkeep.assert_in_step()
    assert Edition.objects.current() > edition
    assert list(Digest.objects.order_by("source__slug").values_list("size", flat=True)) == [1, 0]
    assert not Word.objects.filter(text="quagga").exists()
    assert not list(PaperQuery.from_text("quagga").ask(Paper.objects.all()))
    assert hide([paper().pk], why="Again.") is None
    assert show([paper().pk, paper(2).pk, paper(3).pk])
    assert snapshot() == before
    assert world.export() == exported
    upkeep.assert_in_step()


def test_what_is_hidden_stays_so_whatever_is_ingested_and_recomputed() -> None:
    world.ingest_lines(LINES)
    hide([paper().pk], why="Spam.")
    world.ingest_lines(LINES)
    world.ingest_lines([world.line(1, title="The Quagga Returns", source="Third"), world.line(4)])
    recompute()
    assert paper().hidden
    assert paper().entries.count() == 3
    assert not paper().entries.listed().exists()
    assert not paper(4).hidden
    upkeep.assert_in_step()
    shown = world.export()
    show([paper().pk])
    assert len(world.export()) == len(shown)
    upkeep.assert_in_step()


@pytest.mark.parametrize("first", [1, 2])
def test_what_turns_out_to_be_a_hidden_paper_is_hidden_with_it_and_comes_apart_hidden(first: int) -> None:
    world.ingest_lines([world.line(1, arxiv_id=None, doi="10.1000/a"), world.line(2)])
    works = [Paper.objects.get(identifiers__value="10.1000/a"), paper(2)]
    hide([works[first - 1].pk], why="Spam.")
    world.ingest_lines([world.line(2, doi="10.1000/a", source="Weekly")])
    assert Paper.objects.get().hidden
    assert Change.objects.hiding(Paper.objects.get())
    upkeep.assert_in_step()
    show([Paper.objects.get().pk])
    upkeep.assert_in_step()


def test_what_comes_apart_from_a_hidden_paper_stays_hidden() -> None:
    loose: dict[str, Any] = {"authors": [], "published": None, "tags": []}
    world.ingest_lines([world.line(1, title="The Quagga"), world.line(9, title="The Quagga", arxiv_id=None, **loose)])
    hide(list(Paper.objects.values_list("pk", flat=True)), why="Spam.")
    world.ingest_lines([world.line(2, title="The Quagga", source="Weekly")])
    assert Paper.objects.count() == 3
    assert list(Paper.objects.shown()) == [paper(2)]
    upkeep.assert_in_step()


def test_each_is_written_down_and_taken_back(alice: User) -> None:
    world.ingest_lines(LINES)
    before = snapshot()
    hide([paper().pk, paper(2).pk], by=alice, why="Spam.")
    hidden = snapshot()
    change = Change.objects.get()
    assert (change.said, change.why, change.by, change.kind) == ("Hid 2 papers from readers", "Spam.", alice, "hidden")
    take_back(change, alice)
    assert snapshot() == before
    hide([paper().pk, paper(2).pk], by=alice, why="Spam.")
    assert snapshot() == hidden
    show([paper(2).pk], by=alice)
    shown = Change.objects.latest("pk")
    assert shown.said == "Showed it to readers again"
    with pytest.raises(Refused, match="undo that first"):
        take_back(Change.objects.order_by("pk")[1], alice)
    take_back(shown, alice)
    assert snapshot() == hidden
    take_back(Change.objects.order_by("pk")[1], alice)
    assert snapshot() == before
    upkeep.assert_in_step()


@pytest.mark.parametrize("order", list(permutations([0, 1])))
def test_of_two_that_were_hidden_and_are_one_now_both_must_be_taken_back(order: tuple[int, ...], alice: User) -> None:
    world.ingest_lines([world.line(1, arxiv_id=None, doi="10.1000/a"), world.line(2)])
    papers = [Paper.objects.get(identifiers__value="10.1000/a"), paper(2)]
    for number in order:
        hide([papers[number].pk], by=alice, why="Spam.")
    older, newer = Change.objects.order_by("pk")
    world.ingest_lines([world.line(2, doi="10.1000/a", source="Weekly")])
    with pytest.raises(Refused):
        take_back(older, alice)
    take_back(newer, alice)
    assert Paper.objects.get().hidden
    take_back(older, alice)
    assert not Paper.objects.get().hidden
    upkeep.assert_in_step()


@pytest.mark.parametrize("hidden", [0, 1])
def test_a_merge_hides_what_was_shown_and_its_undo_gives_each_back_as_it_was(hidden: int, alice: User) -> None:
    world.ingest_lines([world.line(1), world.line(2)])
    papers = list(Paper.objects.order_by("pk"))
    hide([papers[hidden].pk], by=alice, why="Spam.")
    before = {each.key: each.hidden for each in Paper.objects.all()}
    change = rulings.merge(papers, by=alice)
    assert Paper.objects.get().hidden
    upkeep.assert_in_step()
    take_back(change, alice)
    assert {each.key: each.hidden for each in Paper.objects.all()} == before
    upkeep.assert_in_step()


def test_what_is_shown_while_it_is_one_is_shown_when_it_comes_apart(alice: User) -> None:
    world.ingest_lines([world.line(1), world.line(2)])
    hide([paper(2).pk], by=alice, why="Spam.")
    change = rulings.merge(list(Paper.objects.all()), by=alice)
    show([Paper.objects.get().pk], by=alice)
    take_back(change, alice)
    assert Paper.objects.shown().count() == 2
    upkeep.assert_in_step()


def test_what_is_split_off_a_hidden_paper_is_hidden_however_often(alice: User) -> None:
    world.ingest_lines([world.line(1), world.line(1, title="The Quagga", source="Weekly")])
    hide([paper().pk], by=alice, why="Spam.")
    for _ in range(2):
        one = Paper.objects.get()
        change = rulings.split(one, [one.entries.latest("pk")], by=alice)
        assert Paper.objects.hidden().count() == 2
        upkeep.assert_in_step()
        take_back(change, alice)
        assert Paper.objects.get().hidden


def test_a_hidden_paper_stays_when_its_ingest_is_undone(alice: User) -> None:
    world.ingest_lines([world.line(1), world.line(2)])
    hide([paper().pk], by=alice, why="Spam.")
    undo(Ingest.objects.get(), by=alice)
    assert list(Paper.objects.all()) == [paper()]
    assert paper().hidden
    upkeep.assert_in_step()


def test_rules_follow_what_is_hidden_and_shown() -> None:
    world.ingest_lines(LINES)
    for question in ("problem", "year:2025"):
        set_rule(Rule(tag=Tag.objects.get(slug="topic-3"), question=question))
    run_errands(None)
    upkeep.assert_in_step()
    size = Tag.objects.get(slug="topic-3").size
    hide([paper().pk], why="Spam.")
    upkeep.assert_in_step()
    assert Tag.objects.get(slug="topic-3").size == size - 1
    show([paper().pk])
    assert Tag.objects.get(slug="topic-3").size == size
    upkeep.assert_in_step()
