"""What curators did, taken back after other things were done: as it was, or refused with a reason."""

import pytest
from django.db import connection

from papers.dates import PartialDate
from papers.exchange import rules, tagging, tags, undo
from papers.exchange.errands import run_errands
from papers.exchange.joining import join
from papers.exchange.naming import call
from papers.exchange.redating import redate
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.models import Change, Digest, Ingest, Paper, PaperTag, Rule, Tag, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library() -> None:
    world.library(4)


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def taken_back(number: int) -> None:
    """The change of that number, in the order they were made."""
    try:
        take_back(Change.objects.order_by("pk")[number], None)
    finally:
        run_errands(None)
        upkeep.assert_in_step()
        connection.check_constraints()


def test_a_rule_does_not_come_back_whose_tag_is_no_more(curator: User) -> None:
    tags.set_tag(tag("problems"), {"name": "Foo"}, by=curator)
    rules.set_rule(Rule(tag=tag("Foo"), question="problem"), by=curator)
    rules.delete_rule(Rule.objects.get(), by=curator)
    taken_back(0)
    with pytest.raises(Refused, match="Its tag is no more"):
        taken_back(2)


def test_tags_do_not_come_to_stand_on_a_third_floor(curator: User) -> None:
    tags.set_tag(tag("topic 1"), {"parent": tag("topic 2")}, by=curator)
    tags.set_tag(tag("topic 1"), {"parent": None}, by=curator)
    tags.set_tag(tag("topic 2"), {"parent": tag("topic 3")}, by=curator)
    with pytest.raises(Refused, match="merged or put elsewhere since"):
        taken_back(1)


@pytest.mark.parametrize(("kept", "gone"), [("topic 3", "topic 2"), ("topic 1", "topic 3")])
def test_no_name_comes_to_be_the_name_of_a_name(kept: str, gone: str, curator: User) -> None:
    tags.merge(tag("topic 2"), [tag("topic 1")], by=curator)
    tags.set_tag(tag("topic 2"), {"other_names": []}, by=curator)
    tags.merge(tag(kept), [tag(gone)], by=curator)
    with pytest.raises(Refused, match="merged or put elsewhere since"):
        taken_back(1)


def test_no_tag_comes_to_stand_under_a_mere_name(curator: User) -> None:
    tags.set_tag(tag("topic 1"), {"parent": tag("topic 2")}, by=curator)
    tags.set_tag(tag("topic 1"), {"parent": None}, by=curator)
    tags.merge(tag("topic 3"), [tag("topic 2")], by=curator)
    with pytest.raises(Refused, match="merged or put elsewhere since"):
        taken_back(1)


def test_a_tag_without_papers_under_which_others_stand_is_no_mere_name(curator: User) -> None:
    upper = Tag.objects.create(name="Upper")
    tags.set_tag(tag("topic 1"), {"parent": upper}, by=curator)
    with pytest.raises(Refused, match="merge the two"):
        tags.set_tag(tag("topic 2"), {"other_names": ["Upper"]}, by=curator)


def test_a_tag_renamed_keeps_its_former_name_among_the_others(curator: User) -> None:
    tags.set_tag(tag("problems"), {"name": "Foo", "other_names": ["problems", "Bar"]}, by=curator)
    assert [alias.name for alias in tag("Foo").aliases.order_by("name")] == ["Bar", "problems"]
    taken_back(0)
    assert not tag("problems").alias_of


def test_two_who_merge_tags_at_once_make_no_circle(curator: User) -> None:
    one, other = tag("topic 1"), tag("topic 2")
    tags.merge(one, [other], by=curator)
    with pytest.raises(Refused, match="two tags or more"):
        tags.merge(other, [one], by=curator)


def test_what_was_taken_from_a_paper_stays_away_when_an_ingest_comes_back(curator: User) -> None:
    tagging.take_off(Paper.objects.earliest("pk"), tag("problems"), by=curator)
    undo.undo(Ingest.objects.get(), by=curator)
    taken_back(1)
    assert PaperTag.objects.filter(origin="removed").count() == 1
    taken_back(0)


def test_what_a_curator_said_of_a_digest_comes_back_with_its_ingest(curator: User) -> None:
    date = PartialDate.parse("2025-04-01")
    assert date
    redate(Digest.objects.get(), date, by=curator)
    call(Digest.objects.get(), "Mine", by=curator)
    undo.undo(Ingest.objects.get(), by=curator)
    assert not Digest.objects.exists()
    taken_back(2)
    assert str(Digest.objects.get().written_date) == "2025-04-01"
    assert Digest.objects.get().title == "Mine"
    taken_back(1)
    taken_back(0)
    assert str(Digest.objects.get().written_date) == "2025-03-11"


def test_digests_are_parted_again_after_their_ingest_went_and_came(curator: User) -> None:
    world.ingest_lines([world.line(5, digest_date="2025-03-12")], "next.jsonl")
    kept, gone = Digest.objects.order_by("date")
    join(gone, kept, by=curator)
    undo.undo(Ingest.objects.latest("pk"), by=curator)
    with pytest.raises(Refused, match="taken out since"):
        taken_back(0)
    taken_back(1)
    taken_back(0)
    assert sorted(Digest.objects.values_list("size", flat=True)) == [1, 4]


def test_two_who_do_the_same_at_once_do_it_once(curator: User) -> None:
    rules.set_rule(Rule(tag=tag("problems"), question="problem"), by=curator)
    first, second = Rule.objects.get(), Rule.objects.get()
    rules.delete_rule(first, by=curator)
    rules.delete_rule(second, by=curator)
    one, other = Ingest.objects.get(), Ingest.objects.get()
    undo.undo(one, by=curator)
    with pytest.raises(Refused, match="undone already"):
        undo.undo(other, by=curator)
    assert [change.kind for change in Change.objects.order_by("pk")] == ["rule", "rule", "withdrawn"]


def test_who_comes_too_late_is_told(curator: User) -> None:
    world.ingest_lines([world.line(5, digest_date="2025-03-12")], "next.jsonl")
    kept, gone = Digest.objects.order_by("date")
    join(Digest.objects.get(pk=gone.pk), kept, by=curator)
    with pytest.raises(Refused, match="no more"):
        join(gone, kept, by=curator)
    with pytest.raises(Refused, match="no longer"):
        call(gone, "Late", by=curator)


def test_a_file_that_comes_back_leads_to_a_digest_that_was_dated_anew(curator: User) -> None:
    world.ingest_lines([world.line(5)], "also.jsonl")
    date = PartialDate.parse("2025-04-01")
    assert date
    redate(Digest.objects.get(), date, by=curator)
    undo.undo(Ingest.objects.latest("pk"), by=curator)
    taken_back(1)
    assert Digest.objects.get().size == 5
