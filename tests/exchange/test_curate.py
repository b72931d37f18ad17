"""What a curator says wins over every digest, and everything derived follows."""

from typing import Any

import pytest

from papers import position
from papers.exchange.curate import curate, curate_all, said_of
from papers.exchange.recompute import recompute
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.models import Author, Change, Digest, Edition, Entry, Paper, PaperTag, User, Word
from papers.query import PaperQuery
from tests import upkeep, world

pytestmark = pytest.mark.django_db

SAID = {
    "title": r"On \emph{Zebras}",
    "authors": "Zoe Zebra\nAda Author1",
    "abstract": "Zebras are $x^2$.",
    "published": "2024-02",
    "venue": "Journal of Zebras",
}
LINES = [world.line(1), world.line(2), world.line(1, title="The Nature of It", source="Weekly")]


def paper() -> Paper:
    return Paper.objects.get(identifiers__value="2503.00001")


def found(text: str) -> list[Paper]:
    return list(PaperQuery.from_text(text).ask(Paper.objects.all()))


def test_what_a_curator_says_is_shown_counted_and_found() -> None:
    world.ingest_lines(LINES)
    curate(paper(), SAID)
    curated = paper()
    assert (curated.title, curated.title_html) == ("On Zebras", "On <em>Zebras</em>")
    assert curated.authors == ["Zoe Zebra", "Ada Author1"]
    assert (curated.abstract, curated.abstract_kind) == ("Zebras are $x^2$.", "abstract")
    assert (str(curated.published_on), curated.venue) == ("2024-02", "Journal of Zebras")
    assert str(position.day_of(curated.position)) == "2024-02-29"
    assert found("zebras until:2024") == [curated]
    assert Word.objects.get(text="zebras").size == Author.objects.get(name="Zoe Zebra").size == 1
    upkeep.assert_in_step()


def test_only_what_is_said_is_set() -> None:
    world.ingest_lines(LINES)
    curate(paper(), {"venue": "Journal of Zebras"})
    curate(paper(), {"authors": "Zoe Zebra"})
    assert paper().curated == {"venue": "Journal of Zebras", "authors": ["Zoe Zebra"]}
    assert paper().title == "On the Nature of Problem 000001"
    upkeep.assert_in_step()


def test_a_curator_may_say_that_there_is_none() -> None:
    world.ingest_lines([world.line(1, venue="Nowhere")])
    curate(paper(), {"authors": "", "abstract": "", "published": "", "venue": ""})
    bare = paper()
    assert (bare.authors, bare.abstract, bare.abstract_kind, bare.published, bare.venue) == ([], "", "", None, "")
    upkeep.assert_in_step()


def test_an_ingest_changes_nothing_that_a_curator_set() -> None:
    world.ingest_lines(LINES)
    curate(paper(), SAID)
    before = upkeep.snapshot(Paper, PaperTag)
    world.ingest_lines(LINES)
    recompute()
    assert upkeep.snapshot(Paper, PaperTag) == before
    other = {"title": "Another", "authors": ["Carl Other"], "venue": "Elsewhere", "published": "2023-01-01"}
    world.ingest_lines([world.line(1, abstract="We solve problem 1. " * 9, source="Third", **other)])
    curated = paper()
    assert (curated.title, curated.authors, curated.venue) == ("On Zebras", SAID["authors"].split("\n"), SAID["venue"])
    assert (curated.abstract, str(curated.published_on)) == ("Zebras are $x^2$.", "2024-02")
    upkeep.assert_in_step()


def test_what_is_given_back_is_what_the_digests_say() -> None:
    world.ingest_lines(LINES)
    before: dict[str, Any] = {**Paper.objects.values().get(pk=paper().pk)}
    curate(paper(), SAID)
    curate(paper(), {"venue": "Nature"}, ["title", "authors", "abstract", "published"])
    assert paper().curated == {"venue": "Nature"}
    curate(paper(), {}, ["venue"])
    after: dict[str, Any] = {**Paper.objects.values().get(pk=paper().pk)}
    assert position.day_of(after.pop("position")) == position.day_of(before.pop("position"))
    assert after == before
    upkeep.assert_in_step()


def test_the_records_stay_as_they_were_found_and_readers_get_another_edition() -> None:
    world.ingest_lines(LINES)
    before, edition = upkeep.snapshot(Entry, Digest), Edition.objects.current()
    curate(paper(), SAID)
    assert upkeep.snapshot(Entry, Digest) == before
    assert Edition.objects.current() > edition


def test_it_tells_who_says_what() -> None:
    world.ingest_lines([*LINES, world.line(1)])
    curate(paper(), {"title": "On Zebras"})
    said = said_of(paper())
    assert (said.shown["title"], said.found["title"]) == ("On Zebras", "On the Nature of Problem 000001")
    assert said.shown["authors"] == said.found["authors"] == "Ada Author1\nBen Bystander"
    titles = {text: [digest.source.name for digest in given] for text, given in said.by_digests["title"].items()}
    assert titles == {"On the Nature of Problem 000001": ["Daily list"], "The Nature of It": ["Weekly"]}
    assert list(said.by_digests["published"]) == ["2025-03-10"]


def test_a_correction_is_written_down_and_can_be_taken_back(curator: User) -> None:
    world.ingest_lines(LINES)
    before = world.export()
    curate(paper(), SAID, by=curator, why="The journal says so.")
    change = Change.objects.about(paper()).get()
    assert (change.said, change.by, change.why) == (
        "Set title, authors, abstract, date and venue",
        curator,
        "The journal says so.",
    )
    take_back(change, curator)
    assert world.export() == before
    assert not Change.objects.about(paper()).standing().exists()
    upkeep.assert_in_step()


def test_what_was_corrected_again_since_is_taken_back_from_the_last(curator: User) -> None:
    world.ingest_lines(LINES)
    curate(paper(), {"title": "First"}, by=curator)
    curate(paper(), {"title": "Second", "venue": "ICML"}, by=curator)
    second, first = Change.objects.newest_first()
    with pytest.raises(Refused, match="corrected again since"):
        take_back(first, curator)
    take_back(second, curator)
    assert (paper().title, paper().venue) == ("First", "")
    take_back(first, curator)
    assert paper().curated == {}


def test_corrections_of_different_fields_are_taken_back_in_any_order(curator: User) -> None:
    world.ingest_lines(LINES)
    curate(paper(), {"title": "First"}, by=curator)
    curate(paper(), {"venue": "ICML"}, by=curator)
    take_back(Change.objects.earliest("pk"), curator)
    assert paper().curated == {"venue": "ICML"}


def test_many_are_corrected_as_one_change_and_taken_back_as_one(curator: User) -> None:
    world.library(5)
    curate(paper(), {"venue": "Nature"}, by=curator)
    before = upkeep.snapshot(Paper, PaperTag)
    papers = list(Paper.objects.values_list("pk", flat=True))
    change = curate_all(papers, {"venue": "ICML"}, by=curator, why="They were all there.")
    assert change
    assert (change.said, change.subjects.count()) == ("Set venue of 5 papers", 5)
    assert set(Paper.objects.values_list("venue", flat=True)) == {"ICML"}
    assert Change.objects.about(paper()).count() == 2
    upkeep.assert_in_step()
    take_back(change, curator)
    assert upkeep.snapshot(Paper, PaperTag) == before


def test_only_what_is_otherwise_is_changed_and_told(curator: User) -> None:
    world.library(3)
    curate(paper(), {"venue": "ICML"}, by=curator)
    papers = list(Paper.objects.values_list("pk", flat=True))
    change = curate_all(papers, {"venue": "ICML"}, by=curator)
    assert change
    assert change.subjects.count() == 2
    assert curate_all(papers, {"venue": "ICML"}, by=curator) is None
    given_back = curate_all(papers, {}, ["venue", "title"], by=curator)
    assert given_back
    assert set(Paper.objects.values_list("venue", flat=True)) == {""}
    take_back(given_back, curator)
    assert set(Paper.objects.values_list("venue", flat=True)) == {"ICML"}
    upkeep.assert_in_step()


def test_many_are_taken_back_all_or_none(curator: User) -> None:
    world.library(3)
    change = curate_all(Paper.objects.values_list("pk", flat=True), {"venue": "ICML"}, by=curator)
    curate(paper(), {"venue": "Nature"}, by=curator)
    before = upkeep.snapshot(Paper, Change)
    assert change
    with pytest.raises(Refused, match="Problem 000001” was corrected again since"):
        take_back(change, curator)
    assert upkeep.snapshot(Paper, Change) == before


def test_what_was_merged_since_is_taken_back_of_the_one_that_is_left(curator: User) -> None:
    world.ingest_lines([world.line(1), world.line(2, title="Another", doi="10.1000/two")])
    change = curate_all(Paper.objects.values_list("pk", flat=True), {"venue": "ICML"}, by=curator)
    assert change
    world.ingest_lines([world.line(1, arxiv_id=None, doi="10.1000/two", title="Another", source="Weekly")])
    world.ingest_lines([world.line(1, doi="10.1000/two", source="Third")])
    take_back(change, curator)
    assert not Paper.objects.exclude(curated={}).exists()
    upkeep.assert_in_step()
