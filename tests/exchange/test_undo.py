"""An ingest undone leaves the library as it was before, and done again as it was after."""

import datetime as dt
from typing import Any

import pytest

from papers.exchange import undo
from papers.exchange.curate import curate
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.models import Change, Digest, DigestFile, Entry, Ingest, Marking, Paper, ReaderState, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db

FIRST = [world.line(1), world.line(2)]
SECOND = [world.line(2, title="Problem Two", source="Weekly"), world.line(3, source="Weekly"), {"title": ""}]


def everything() -> list[Any]:
    """The library as it is exported, with keys, and each reader's states."""
    keys = Paper.objects.order_by("key").values_list("key", "title", "curated")
    states = ReaderState.objects.order_by("reader", "paper__key").values_list(
        "reader", "paper__key", "status", "starred"
    )
    return [world.export(), list(keys), list(states)]


def runs() -> list[Ingest]:
    return list(Ingest.objects.order_by("pk"))


def test_what_only_it_named_goes_and_the_rest_is_as_before(curator: User) -> None:
    world.ingest_lines(FIRST)
    before = everything()
    world.ingest_lines(SECOND, "second.jsonl")
    change = undo.undo(runs()[1], by=curator, why="The wrong file.")
    assert everything() == before
    assert change.said == "Undid the ingest of second.jsonl: 2 entries and 1 paper taken out"
    assert runs()[1].undone_at
    assert not Digest.objects.filter(source__name="Weekly").exists()
    upkeep.assert_in_step()


def test_undone_and_done_again_gives_the_same_papers_with_the_same_keys(curator: User, alice: User) -> None:
    world.ingest_lines(FIRST)
    world.ingest_lines(SECOND, "second.jsonl")
    Marking.objects.mark(alice, Paper.objects.get(identifiers__value="2503.00002"), status="read")
    before = everything()
    change = undo.undo(runs()[1], by=curator)
    assert everything() != before
    take_back(change, curator)
    assert everything() == before
    upkeep.assert_in_step()


def test_what_people_did_something_with_stays_and_that_is_said(curator: User, alice: User) -> None:
    world.ingest_lines([world.line(n) for n in range(1, 5)])
    Marking.objects.mark(alice, Paper.objects.get(identifiers__value="2503.00001"), starred=True)
    Marking.objects.mark(alice, Paper.objects.get(identifiers__value="2503.00003"), status="")
    curate(Paper.objects.get(identifiers__value="2503.00002"), {"venue": "ICML"}, by=curator)
    change = undo.undo(runs()[0], by=curator)
    assert set(Paper.objects.values_list("identifiers__value", flat=True)) == {"2503.00001", "2503.00002"}
    assert change.said.endswith(
        "2 entries and 2 papers taken out; "
        "2 papers kept, as people marked, tagged, listed, discussed, corrected or hid them"
    )
    assert Digest.objects.get().size == 2
    upkeep.assert_in_step()


def test_works_that_it_had_joined_are_apart_again_with_their_keys_and_marks(curator: User, alice: User) -> None:
    world.ingest_lines(
        [{"title": "On Attention", "arxiv_id": "2503.00001"}, {"title": "Attending", "doi": "10.1000/x"}]
    )
    Marking.objects.mark(alice, Paper.objects.get(title="Attending"), status="read")
    before = everything()
    world.ingest_lines([{"title": "On Attention", "arxiv_id": "2503.00001", "doi": "10.1000/x"}], "bridge.jsonl")
    assert Paper.objects.count() == 1
    undo.undo(runs()[1], by=curator)
    assert everything() == before
    upkeep.assert_in_step()


def test_it_is_undone_once(curator: User) -> None:
    world.ingest_lines(FIRST)
    undo.undo(runs()[0], by=curator)
    with pytest.raises(Refused, match="undone already"):
        undo.undo(runs()[0], by=curator)
    assert Change.objects.count() == 1


def test_reading_again_dates_the_file_as_it_was_dated(curator: User) -> None:
    day = dt.date(2025, 3, 11)
    world.ingest_lines([{"title": "On Attention", "arxiv_id": "2503.00001"}], "list.jsonl", written=day, tags=["x"])
    before = everything()
    (run,) = runs()
    take_back(undo.undo(run, by=curator), curator)
    assert everything() == before
    assert Digest.objects.get().date == day


def test_reading_again_takes_the_place_of_what_was_read_wrong(curator: User, alice: User) -> None:
    world.ingest_lines([world.line(1)])
    (run,) = runs()
    right = Entry.objects.get()
    for number in (2, 3):  # what a worse reader had made of the file
        wrong = world.line(number)
        world.ingest_lines([wrong], f"{number}.jsonl")
    Entry.objects.exclude(pk=right.pk).update(ingest=run)
    Marking.objects.mark(alice, Paper.objects.get(identifiers__value="2503.00003"), starred=True)
    report = undo.again(run, by=curator)
    assert (report.found, report.unchanged) == (1, 1)
    assert set(Paper.objects.values_list("identifiers__value", flat=True)) == {"2503.00001", "2503.00003"}
    newest = runs()[-1]
    assert (newest.way, newest.started_by) == (Ingest.Way.AGAIN, curator)
    upkeep.assert_in_step()


def test_a_file_too_large_to_be_kept_is_said_to_be(curator: User) -> None:
    world.ingest_lines(FIRST)
    DigestFile.objects.update(kept=False)
    with pytest.raises(Refused, match="too large to be kept"):
        undo.again(runs()[0], by=curator)


def test_what_the_file_called_its_digest_its_source_and_its_tags_is_forgotten_with_it(curator: User) -> None:
    world.ingest_lines([world.line(1, digest_title="Spring", tags=["vision"])])
    before = everything()
    named = world.line(2, digest_title="A spring day", source="DAILY LIST", tags=["VISION", "new"])
    world.ingest_lines([named], "second.jsonl")
    assert everything()[0][0]["digests"][0]["title"] == "A spring day"
    undo.undo(runs()[1], by=curator)
    assert everything() == before
    upkeep.assert_in_step()


def test_what_another_reading_of_the_file_still_says_is_not_forgotten(curator: User) -> None:
    for tags in ([], ["x"]):
        world.ingest_lines([world.line(1, digest_title="Spring")], tags=tags)
    undo.undo(runs()[0], by=curator)
    assert Digest.objects.get().title == "Spring"
    upkeep.assert_in_step()
