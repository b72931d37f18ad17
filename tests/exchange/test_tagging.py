"""Papers tagged by people."""

import pytest

from papers.exchange.refusal import Refused
from papers.exchange.tagging import put, take_off
from papers.exchange.tags import merge
from papers.exchange.taking_back import take_back
from papers.models import Change, Paper, PaperTag, Tag, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.library(1)


def paper() -> Paper:
    return Paper.objects.get()


def tags() -> list[str]:
    upkeep.assert_in_step()
    return [tag.name for tag in paper().paper_tags.all().tags()]


def test_what_somebody_puts_on_a_paper_is_borne_until_they_take_it_away(alice: User, bob: User) -> None:
    tag = put(paper(), "Must read", by=alice)
    assert tags() == ["Must read", "problems", "topic 1"]
    assert not take_off(paper(), tag, by=bob)
    assert take_off(paper(), tag, by=alice)
    assert tags() == ["problems", "topic 1"]


def test_what_a_digest_says_too_stays_when_a_reader_takes_theirs_away(alice: User) -> None:
    tag = put(paper(), "Problems", by=alice)
    assert take_off(paper(), tag, by=alice)
    assert not take_off(paper(), tag, by=alice)
    assert tags() == ["problems", "topic 1"]


def test_what_a_curator_takes_away_stays_away_whatever_digests_say(alice: User, curator: User) -> None:
    assert take_off(paper(), Tag.objects.get(slug="problems"), by=curator)
    world.ingest_lines([world.line(1, source="Weekly")])
    assert tags() == ["topic 1"]
    with pytest.raises(Refused, match="A curator took “problems” away"):
        put(paper(), "problems", by=alice)
    put(paper(), "problems", by=curator)
    assert tags() == ["problems", "topic 1"]


def test_by_another_name_it_is_the_same_tag(alice: User) -> None:
    put(paper(), "riddles", by=alice)
    merge(Tag.objects.get(slug="problems"), [Tag.objects.get(slug="riddles")])
    put(paper(), "riddles", by=alice)
    assert Tag.objects.get(slug="problems") in paper().paper_tags.all().tags()
    assert take_off(paper(), Tag.objects.get(slug="problems"), by=alice)
    assert not PaperTag.objects.filter(origin="person").exists()


def test_each_is_taken_back(alice: User, curator: User) -> None:
    before = tags()
    tag = put(paper(), "Must read", by=alice)
    take_off(paper(), tag, by=curator)
    put(paper(), "problems", by=alice)
    take_off(paper(), Tag.objects.get(slug="problems"), by=curator)
    assert tags() == ["topic 1"]
    assert Change.objects.about(paper()).count() == 4
    for change in Change.objects.newest_first():
        take_back(change, curator)
    assert tags() == before
    assert not PaperTag.objects.exclude(origin="ingest").exists()


def test_to_say_it_twice_is_written_down_once(alice: User, bob: User) -> None:
    put(paper(), "Must read", by=alice)
    put(paper(), "must read", by=bob)
    assert PaperTag.objects.get(origin="person").by == alice
    assert Change.objects.count() == 1


def test_what_was_tagged_again_since_is_not_taken_back(alice: User, curator: User) -> None:
    tag = put(paper(), "Must read", by=alice)
    take_off(paper(), tag, by=alice)
    with pytest.raises(Refused, match="tagged again since"):
        take_back(Change.objects.earliest("pk"), curator)


def test_a_tag_stays_when_whoever_put_it_leaves(alice: User) -> None:
    put(paper(), "Must read", by=alice)
    alice.delete()
    assert "Must read" in tags()
