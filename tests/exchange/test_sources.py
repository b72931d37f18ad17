"""What a curator says of a source or a digest beside its date: its name, and how far it is believed."""

import pytest

from papers.exchange import following
from papers.exchange.following import catch_up
from papers.exchange.naming import call
from papers.exchange.recompute import recompute
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.exchange.trusting import trust
from papers.models import Change, Digest, Edition, Paper, Source, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db


def titled(title: str, n: int = 1) -> None:
    assert world.ingest_lines([world.line(n, digest_title=title)]).error is None


def test_a_title_that_a_curator_gave_stays_whatever_files_say(curator: User) -> None:
    titled("Spring")
    change = call(Digest.objects.get(), "The Daily", by=curator, why="So it is called.")
    titled("A spring day", 2)
    recompute()
    assert Digest.objects.get().title == "The Daily"
    assert (change.said, change.why) == ("Set the title to “The Daily”", "So it is called.")
    call(Digest.objects.get(), None, by=curator)
    assert (Digest.objects.get().title, Digest.objects.get().found_title) == ("A spring day", None)


def test_what_a_digest_is_called_is_taken_back_from_the_last(curator: User) -> None:
    titled("Spring")
    before = upkeep.snapshot(Digest)
    first = call(Digest.objects.get(), "", by=curator)
    second = call(Digest.objects.get(), "The Daily", by=curator)
    third = call(Digest.objects.get(), None, by=curator)
    with pytest.raises(Refused, match="called otherwise since"):
        take_back(first, curator)
    for change, title in ((third, "The Daily"), (second, ""), (first, "Spring")):
        take_back(change, curator)
        assert Digest.objects.get().title == title
    assert upkeep.snapshot(Digest) == before


def test_what_files_called_it_meanwhile_is_not_forgotten(curator: User) -> None:
    titled("Spring")
    change = call(Digest.objects.get(), "The Daily", by=curator)
    titled("A spring day", 2)
    take_back(change, curator)
    assert Digest.objects.get().title == "A spring day"


def test_a_source_keeps_the_spelling_that_a_curator_gave(curator: User) -> None:
    world.ingest_lines([world.line(1)])
    change = call(Source.objects.get(), "daily list", by=curator)
    world.ingest_lines([world.line(2, source="Daily LIST")])
    assert Source.objects.get().name == "daily list"
    take_back(change, curator)
    assert Source.objects.get().name == "Daily LIST"


def disagreeing(size: int) -> Source:
    """A source that calls so many papers otherwise than the one before it, in two digests."""
    world.library(size)
    for date in ("2025-03-12", "2025-03-13"):
        world.ingest_lines(
            world.line(n, title=f"Problem {n}, told", source="Weekly", digest_date=date) for n in range(1, size + 1)
        )
    return Source.objects.get(slug="weekly")


def followed() -> int:
    return Paper.objects.filter(title__endswith="told").count()


def test_a_change_of_trust_decides_at_once_which_record_is_believed(curator: User) -> None:
    weekly, edition = disagreeing(3), Edition.objects.current()
    assert followed() == 0
    change = trust(weekly, 90, by=curator)
    assert (followed(), change.said) == (3, "Set its trust to 90 instead of 50")
    assert Edition.objects.current() > edition
    upkeep.assert_in_step()
    take_back(change, curator)
    assert followed() == 0
    assert Source.objects.get(pk=weekly.pk).trust == 50
    upkeep.assert_in_step()


def test_where_papers_are_many_they_follow_in_steps_that_are_remembered(
    curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 4)
    monkeypatch.setattr(following, "_BATCH", 2)
    monkeypatch.setattr(following, "_LEAST", 1)
    weekly = disagreeing(7)
    trust(weekly, 90, by=curator)
    assert followed() == 4
    assert Digest.objects.behind().count() == 2
    catch_up()
    assert followed() == 7
    assert Digest.objects.behind().exists()
    while Digest.objects.behind().exists():
        catch_up()
    upkeep.assert_in_step()


def test_who_recomputes_waits_for_nothing_else(curator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 0)
    trust(disagreeing(3), 90, by=curator)
    assert (followed(), Digest.objects.behind().count()) == (0, 2)
    recompute()
    assert (followed(), Digest.objects.behind().count()) == (3, 0)
    upkeep.assert_in_step()


def test_trust_that_was_changed_again_is_taken_back_from_the_last(curator: User) -> None:
    weekly = disagreeing(1)
    first, second = trust(weekly, 90, by=curator), trust(weekly, 10, by=curator)
    with pytest.raises(Refused, match="changed again since"):
        take_back(first, curator)
    take_back(second, curator)
    take_back(first, curator)
    assert Source.objects.get(pk=weekly.pk).trust == 50
    assert not Change.objects.about(weekly).standing().exists()
