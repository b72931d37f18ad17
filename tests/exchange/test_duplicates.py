"""Likely duplicates: found after an ingest, whatever came first, at a cost that does not grow with the library."""

import json
from collections.abc import Iterable, Mapping
from itertools import permutations
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange import duplicates
from papers.exchange.candidates import candidates_of
from papers.exchange.curate import curate
from papers.exchange.duplicates import compare, compare_all
from papers.models import LikelyDuplicate, Paper
from tests import upkeep, world
from tests.examples import examples
from tests.exchange.test_orders import a_library_of_its_own, about
from tests.world import Line

pytestmark = pytest.mark.django_db
FULL = "Qwen-VL: A Frontier Large Vision-Language Model with Versatile Abilities"


def pairs() -> set[tuple[str, frozenset[str]]]:
    """Each pair as its kind and its titles."""
    found = LikelyDuplicate.objects.undecided().best_first()
    return {(pair.kind, frozenset((pair.first.title, pair.second.title))) for pair in found}


def titled(title: str, **values: object) -> Line:
    """A line about a paper of which only this is known."""
    return {"title": title, "source": "Weekly", "digest_date": "2025-03-12", **values}


def taken_in(files: Iterable[Iterable[Line]]) -> list[tuple[int, str, str, list[str]]]:
    """The pairs of a library of these files."""
    with a_library_of_its_own():
        for number, lines in enumerate(files):
            assert world.ingest_lines(lines, name=f"{number}.jsonl").error is None
            compare_all()
        return sorted(
            (pair.score, pair.kind, pair.evidence, sorted((pair.first.title, pair.second.title)))
            for pair in LikelyDuplicate.objects.best_first()
        )


def test_a_short_name_meets_its_full_title_whichever_came_first() -> None:
    lines = [world.line(1, title=FULL), titled("Qwen-VL"), titled("Zebras Cross Rivers")]
    for order in permutations(lines):
        ((_, kind, evidence, titles),) = taken_in([line] for line in order)
        assert (kind, evidence) == ("short", "short name and full title, authors not known")
        assert titles == ["Qwen-VL", FULL]


def test_a_title_that_fits_two_works_comes_up_beside_both() -> None:
    works = [world.line(n, title="Deep Residual Nets", authors=[f"{name} Kay"]) for n, name in ((1, "Ada"), (2, "Ben"))]
    found = taken_in([works, [titled("Deep residual nets")]])
    assert [(kind, evidence) for _, kind, evidence, _ in found] == [("title", "same title, authors not known")] * 2


def test_a_library_of_papers_with_numbered_titles_has_no_duplicates() -> None:
    world.library(150)
    compare_all()
    assert pairs() == set()
    assert not Paper.objects.uncompared().exists()


TITLES = ["Qwen-VL", FULL, "Deep Residual Net", "Deep Residual Nets (ResNet)", "Deep Residual Nets II", "Editorial"]
alike = st.builds(
    lambda line, title: {**line, "title": title}, st.integers(1, 3).flatmap(about), st.sampled_from(TITLES)
)


@examples(30)
@given(
    st.lists(st.lists(alike, min_size=1, max_size=3), min_size=2, max_size=4).flatmap(
        lambda files: st.tuples(st.just(files), st.permutations(files))
    )
)
def test_the_pairs_are_the_same_in_any_order(orders: tuple[list[list[Line]], list[list[Line]]]) -> None:
    first, second = orders
    assert taken_in(first) == taken_in(second)


def test_a_pair_goes_when_a_paper_comes_to_be_unlike_or_is_gone() -> None:
    world.ingest_lines([world.line(1, title=FULL), titled("Qwen-VL", doi="10.1000/1")])
    compare_all()
    assert pairs() == {("short", frozenset({FULL, "Qwen-VL"}))}
    short = Paper.objects.get(title="Qwen-VL")
    curate(short, {"authors": "Zoe Zebra"})
    assert list(Paper.objects.uncompared()) == [short]
    assert compare_all() == 1
    assert pairs() == set()
    curate(short, {}, ["authors"])
    compare_all()
    assert pairs() == {("short", frozenset({FULL, "Qwen-VL"}))}
    world.ingest_lines([world.line(1, title=FULL, doi="10.1000/1", source="Monthly")])
    assert (Paper.objects.count(), LikelyDuplicate.objects.count()) == (1, 0)


def test_what_changes_nothing_that_is_compared_is_not_looked_at_again() -> None:
    world.ingest_lines([world.line(1)])
    assert compare_all() == 1
    world.ingest_lines([world.line(1, source="Weekly")], name="again.jsonl")
    assert compare_all() == 0
    world.ingest_lines([world.line(1, doi="10.1000/1")])
    assert compare_all() == 1


def test_what_was_cut_off_goes_on_the_next_time() -> None:
    world.ingest_lines([world.line(1, title=FULL), titled("Qwen-VL"), titled("Qwen VL: What It Is")])
    assert compare_all(1) == 1
    assert Paper.objects.uncompared().count() == 2
    call_command("find_duplicates")
    assert LikelyDuplicate.objects.count() == 2
    assert compare_all() == 0


def test_the_ingest_command_looks_for_them_unless_it_only_says_what_would_be_done(tmp_path: Path) -> None:
    file = tmp_path / "digest.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in (world.line(1, title=FULL), titled("Qwen-VL"))))
    call_command("ingest", str(file), dry_run=True)
    assert LikelyDuplicate.objects.count() == 0
    call_command("ingest", str(file))
    assert LikelyDuplicate.objects.count() == 1


def test_a_paper_that_changes_while_it_is_looked_at_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world.ingest_lines([world.line(1, title=FULL)])
    paper = Paper.objects.get()
    Paper.objects.update(is_compared=False)

    def meanwhile(papers: Mapping[int, Paper]) -> dict[int, set[int]]:
        candidates = candidates_of(papers)
        curate(paper, {"title": "The Habits of Zebras"})
        return candidates

    monkeypatch.setattr(duplicates, "candidates_of", meanwhile)
    compare([paper.pk])
    assert Paper.objects.uncompared().exists()


def test_it_asks_once_for_each_paper_at_any_size_of_the_library() -> None:
    world.library(40)
    batch = list(Paper.objects.values_list("pk", flat=True)[:20])
    few = upkeep.queries(lambda: compare(batch))
    world.ingest_lines(world.line(n) for n in range(100, 300))
    assert upkeep.queries(lambda: compare(batch)) == few <= len(batch) + 20
