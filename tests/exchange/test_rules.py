"""Rules tag what is there and what comes, as a function of the library and the rules, and take it all away again."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange import rulings
from papers.exchange.curate import curate
from papers.exchange.errands import run_errands
from papers.exchange.rules import delete_rule, set_rule
from papers.exchange.tagging import tag_named
from papers.exchange.tags import merge
from papers.exchange.taking_back import take_back
from papers.models import Change, Paper, PaperTag, Rule, Tag, User
from papers.models.rule import unfit
from papers.query import PaperQuery
from tests import upkeep, world
from tests.examples import examples
from tests.exchange.test_orders import File, files, in_agreement

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "attention",
    "title:resid*",
    "author:lovelace since:2022",
    "in:2025-03 -nets",
    "in:weekly or doi:10.1000/1",
)


def rule(question: str, tag: str, *, is_on: bool = True) -> Rule:
    made = Rule(question=question, tag=tag_named(tag), is_on=is_on)
    set_rule(made)
    return made


def settled() -> None:
    assert run_errands()
    upkeep.assert_in_step()


def tagged(slug: str) -> list[int]:
    papers = PaperQuery.from_params({"tag": [slug]}).ask(Paper.objects.all())
    return sorted(int(paper.title[-3:]) for paper in papers)


def test_a_rule_tags_what_is_there_and_what_comes() -> None:
    world.library(3)
    rule("000002 or 000004", "even")
    settled()
    assert tagged("even") == [2]
    world.ingest_lines([world.line(4), world.line(5)])
    assert tagged("even") == [2, 4]
    upkeep.assert_in_step()


def test_a_paper_that_changes_is_asked_about_again() -> None:
    world.library(2)
    rule("title:zebra", "animals")
    world.ingest_lines([world.line(1, title="On the Zebra 001", source="Weekly")])
    curate(Paper.objects.get(title__endswith="2"), {"title": "Zebra 002"})
    settled()
    assert tagged("animals") == [2]
    curate(Paper.objects.get(title="Zebra 002"), {}, ["title"])
    assert tagged("animals") == []
    upkeep.assert_in_step()


def test_switched_off_or_deleted_it_takes_its_tags_away_but_no_one_else_s(alice: User) -> None:
    world.library(4)
    first, second = rule("problem", "hard"), rule("title:000002", "hard")
    settled()
    PaperTag.objects.create(paper=Paper.objects.get(title__endswith="3"), tag=first.tag, by=alice)
    world.ingest_lines([world.line(4, tags=["hard"], source="Weekly")])
    first.is_on = False
    set_rule(first)
    settled()
    assert tagged("hard") == [2, 3, 4]
    delete_rule(second)
    settled()
    assert tagged("hard") == [3, 4]


def test_papers_that_are_merged_and_parted_again_bear_what_rules_say(curator: User) -> None:
    rule("title:attention", "attention")
    world.ingest_lines([world.line(1, title="On Attention 001"), world.line(2)])
    first, second = Paper.objects.order_by("pk")
    rulings.merge([first, second], by=curator)
    settled()
    take_back(Change.objects.latest("pk"), curator)
    settled()
    assert tagged("attention") == [1]


def test_a_rule_with_another_tag_moves_its_papers() -> None:
    world.library(2)
    moved = rule("problem", "hard")
    settled()
    moved.tag = tag_named("easy")
    set_rule(moved)
    settled()
    assert (tagged("hard"), tagged("easy")) == ([], [1, 2])


def test_a_rule_goes_on_when_its_tag_is_merged_into_another() -> None:
    world.library(2)
    rule("000001", "hard")
    rule("000002", "difficult")
    settled()
    merge(Tag.objects.get(slug="difficult"), [Tag.objects.get(slug="hard")])
    settled()
    assert tagged("difficult") == [1, 2]


def test_each_change_of_a_rule_is_taken_back(curator: User) -> None:
    world.library(3)
    made = rule("000001", "one")
    settled()
    made.question = "000002"
    set_rule(made, by=curator)
    run_errands()
    delete_rule(made, by=curator)
    run_errands()
    assert tagged("one") == []
    for numbers in ([2], [1], []):
        take_back(Change.objects.standing().newest_first()[0], curator)
        assert tagged("one") == numbers
        upkeep.assert_in_step()
    assert not Rule.objects.exists()


def test_rules_that_tag_no_paper_are_idle() -> None:
    world.library(1)
    rule("problem", "hard")
    idle = rule("zebra", "animals")
    rule("zebra", "animals, too", is_on=False)
    settled()
    assert list(Rule.objects.all().idle()) == [idle]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("is:unread problem", "leave out “is:”"),
        ("list:thursday problem", "leave out “list:”"),
        ("?q=problem&is=read", "leave out “is:”"),
        ("problem -(tag:vision or x)", "leave out “tag:”"),
        ("since:never problem", "Not understood: since:never."),
        ("", "Write what its papers have in common"),
        ("problem", ""),
    ],
)
def test_a_question_that_is_no_rule_s_is_said_to_be_none(question: str, said: str) -> None:
    reason = unfit(PaperQuery.from_text(question))
    assert said in reason
    assert bool(said) is bool(reason)


def _take(step: File | str) -> None:
    """A file, or a rule's question."""
    if isinstance(step, str):
        rule(step, f"rule {QUESTIONS.index(step) % 3}")
    else:
        name, lines = step
        world.ingest_lines(lines, name)


@examples(30)
@given(data=st.data(), given_files=files(in_agreement()))
def test_which_papers_a_rule_tags_depends_on_no_order(data: st.DataObject, given_files: list[File]) -> None:
    all_steps: list[File | str] = [*given_files, *QUESTIONS]
    seen = []
    for steps in (data.draw(st.permutations(all_steps)), all_steps):
        with transaction.atomic():
            for step in steps:
                _take(step)
            settled()
            seen.append(world.export())
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
