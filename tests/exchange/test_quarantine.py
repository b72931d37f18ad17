"""What is dismissed from quarantine stays dismissed until somebody brings it back."""

import pytest

from papers.exchange.mend import mend
from papers.exchange.quarantine import bring_back, dismiss
from papers.exchange.refusal import Refused
from papers.exchange.taking_back import take_back
from papers.models import Change, Quarantined, User
from tests import upkeep, world

pytestmark = pytest.mark.django_db
TEXT = '{broken\n{"title": ""}\n{"title": "On Attention"}\n'


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    world.ingest_text(TEXT)


def waiting() -> list[int]:
    return list(Quarantined.objects.waiting().order_by("line").values_list("line", flat=True))


def test_what_is_dismissed_says_by_whom_and_why_and_does_not_come_back_with_its_file(curator: User) -> None:
    assert dismiss(Quarantined.objects.filter(line=1), "Only a rule of dashes.", by=curator)
    gone = Quarantined.objects.dismissed().get()
    assert gone.settlement is not None
    assert (gone.line, gone.settlement.by, gone.settlement.why) == (1, curator, "Only a rule of dashes.")
    report = world.ingest_text(TEXT)
    assert (report.found, report.quarantined) == (3, 2)
    assert waiting() == [2]


def test_only_what_waits_is_dismissed(curator: User) -> None:
    mend(Quarantined.objects.get(line=1), '{"title": "A"}')
    assert dismiss(Quarantined.objects.all(), "", by=curator)
    assert dismiss(Quarantined.objects.all(), "", by=curator) is None
    assert Change.objects.count() == 2
    assert Quarantined.objects.mended().count() == 1


def test_what_was_dismissed_can_be_brought_back_and_that_taken_back(curator: User) -> None:
    dismiss(Quarantined.objects.all(), "Nothing in it.", by=curator)
    before = upkeep.snapshot(Quarantined)
    assert bring_back(Quarantined.objects.filter(line=2), by=curator)
    assert bring_back(Quarantined.objects.filter(line=2), by=curator) is None
    assert waiting() == [2]
    take_back(Change.objects.latest("pk"), curator)
    assert upkeep.snapshot(Quarantined) == before


def test_a_dismissal_taken_back_brings_back_all_that_is_still_dismissed_by_it(curator: User) -> None:
    before = upkeep.snapshot(Quarantined)
    dismiss(Quarantined.objects.all(), "Nothing in it.", by=curator)
    dismissal = Change.objects.get()
    bring_back(Quarantined.objects.filter(line=2), by=curator)
    dismiss(Quarantined.objects.filter(line=2), "Really nothing.", by=curator)
    take_back(dismissal, curator)
    assert waiting() == [1]
    take_back(Change.objects.latest("pk"), curator)
    assert upkeep.snapshot(Quarantined) == before


def test_what_was_mended_since_is_not_dismissed_anew(curator: User) -> None:
    dismiss(Quarantined.objects.all(), "Nothing in it.", by=curator)
    bring_back(Quarantined.objects.all(), by=curator)
    mend(Quarantined.objects.get(line=1), '{"title": "A"}', by=curator)
    with pytest.raises(Refused, match="taken in or dismissed since"):
        take_back(Change.objects.get(kind=Change.Kind.BROUGHT_BACK), curator)
    assert waiting() == [2]


def test_more_pieces_take_no_more_queries(curator: User) -> None:
    world.ingest_text("{\n" * 30, "more.jsonl", format="jsonl")
    few = upkeep.queries(lambda: dismiss(Quarantined.objects.filter(ingest__file__name="digest.jsonl"), "", by=curator))
    many = upkeep.queries(lambda: dismiss(Quarantined.objects.all(), "", by=curator))
    assert many == few
