"""What is derived is derived again, and comes out as it was."""

import pytest
from django.db import connection

from papers.exchange.recompute import recompute
from papers.models import Digest, Entry, Paper, PaperTag, ReaderState, Source, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db

LINES = [
    world.line(1, title=r"T\"ULU", abstract=r"A \textit{must}.", note=r"\emph{Read} it."),
    world.line(2, title=r"T\"ULU 2"),
    world.line(2, title="TÜLU the Second", note="Again."),
]


def test_columns_changed_by_hand_are_restored_from_what_was_found(alice: User) -> None:
    world.ingest_lines(LINES)
    ReaderState.objects.create(reader=alice, paper=Paper.objects.all()[0], starred=True)
    before = upkeep.snapshot(Paper, Entry, Digest, PaperTag, ReaderState)
    Paper.objects.update(title="?", title_html="?", abstract="?", abstract_html="?", author_lines="?", other_titles=[])
    Paper.objects.update(published=None, published_precision="", arxiv_version=9, venue="?", links=[["a", "b"]])
    Entry.objects.update(note_html="?", title_key=0, is_loose=True, listed=True)
    Digest.objects.update(size=99)
    recompute()
    assert upkeep.snapshot(Paper, Entry, Digest, PaperTag, ReaderState) == before
    upkeep.assert_in_step()


def test_the_raw_text_is_still_there() -> None:
    world.ingest_lines(LINES)
    recompute()
    assert Entry.objects.order_by("place")[0].found.title == r"T\"ULU"


def test_a_change_of_trust_takes_effect() -> None:
    world.ingest_lines([world.line(1, title="On Attention"), world.line(1, title="On Attending", source="Weekly")])
    Source.objects.filter(name="Weekly").update(trust=90)
    recompute()
    assert (Paper.objects.get().title, Paper.objects.get().other_titles) == ("On Attending", ["On Attention"])
    upkeep.assert_in_step()


def test_what_a_curator_set_stays() -> None:
    world.ingest_lines([world.line(1)])
    Paper.objects.update(curated={"title": "On Attention"})
    recompute()
    assert Paper.objects.get().title == "On Attention"


@pytest.mark.database("sqlite")
def test_where_nothing_is_wrong_no_paper_or_entry_is_written() -> None:
    world.library(3)
    changes = connection.connection.total_changes
    recompute()
    editions = 2
    assert connection.connection.total_changes - changes == Digest.objects.count() + editions


def test_progress_is_told() -> None:
    world.library(3)
    told: list[int] = []
    recompute(told.append)
    assert told == [3]
