"""What could not be read, mended: the library is as if its file had been right from the start."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exchange.mend import Unmended, mend, reread, try_again
from papers.exchange.refusal import Refused
from papers.exchange.rehearse import rehearse
from papers.exchange.taking_back import take_back
from papers.exchange.undo import again, undo
from papers.formats import readers
from papers.models import Change, Digest, Edition, Entry, Ingest, Paper, Quarantined, Source, Tag, User
from tests import upkeep, world
from tests.examples import examples
from tests.formats.mended import mended
from tests.formats.test_pieces import TEXTS
from tests.world import Line

from .test_orders import a_library_of_its_own, at_odds

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
BROKEN = '{"title": "On Attention", "arxiv_id": "teapot", "digest_date": "2025-03-11"}'
MENDED_LINE = BROKEN.replace("teapot", "2503.00009")


def counts() -> list[tuple[int, ...]]:
    """What each ingest says came of it; it always adds up."""
    names = ("found", "created", "updated", "unchanged", "quarantined")
    rows = list(Ingest.objects.order_by("pk").values_list(*names))
    for found, *parts in rows:
        assert found == sum(parts)
    return rows


def piece() -> Quarantined:
    return Quarantined.objects.waiting().earliest("pk")


def new_text(of: Quarantined) -> str:
    return mended(of.ingest.format, of.text)


def test_what_was_mended_is_taken_in_and_knows_where_it_comes_from(curator: User) -> None:
    world.ingest_lines([world.line(1), world.line(2)], "other.jsonl")
    world.ingest_text(f"{json.dumps(world.line(3))}\n{BROKEN}\n{{broken\n")
    edition, broken = Edition.objects.current(), piece()
    change = mend(broken, MENDED_LINE, by=curator)
    entry = Entry.objects.get(paper__title="On Attention")
    assert (entry.mended_from, entry.ingest, entry.place, str(entry.digest)) == (
        broken,
        broken.ingest,
        2,
        "Digest, 2025-03-11",
    )
    broken.refresh_from_db()
    assert (broken.outcome, broken.settlement, broken.text, broken.mended_text) == (
        "mended",
        change,
        BROKEN,
        MENDED_LINE,
    )
    assert counts()[-1] == (3, 2, 0, 0, 1)
    assert Edition.objects.current() > edition
    assert (change.by, change.said) == (curator, "Took in one piece from quarantine")
    assert list(Change.objects.about(entry.paper)) == list(Change.objects.about(broken)) == [change]
    upkeep.assert_in_step()


@pytest.mark.parametrize("name", readers())
def test_each_broken_sample_is_mended_piece_by_piece(name: str, curator: User) -> None:
    [path] = SAMPLES.glob(f"{name}.broken.*")
    world.ingest_bytes(path.read_bytes(), path.name, written=dt.date(2025, 3, 12))
    digest = Digest.objects.get()
    while Quarantined.objects.waiting().exists():
        broken = piece()
        assert rehearse(broken, new_text(broken))[0].digest == str(digest)
        mend(broken, new_text(broken), by=curator)
    assert Digest.objects.get() == digest
    assert counts()[0][-1] == 0
    upkeep.assert_in_step()


@pytest.mark.parametrize("name", ["hf-page", "jsonl"])
def test_a_sample_that_was_mended_is_as_if_it_had_been_right(name: str) -> None:
    [path] = SAMPLES.glob(f"{name}.broken.*")
    text = path.read_text()
    with a_library_of_its_own():
        world.ingest_text(text, path.name, tags=["tea"], source="Tea", date=dt.date(2025, 3, 11))
        for broken in Quarantined.objects.all():
            text = text.replace(broken.text, new_text(broken), 1)
            mend(broken, new_text(broken))
        mended = world.export()
    world.ingest_text(text, path.name, tags=["tea"], source="Tea", date=dt.date(2025, 3, 11))
    assert mended == world.export()


@examples(30)
@given(lines=st.lists(at_odds(), min_size=1, max_size=5), data=st.data())
def test_whatever_was_broken_it_is_then_as_if_the_file_had_been_right(lines: list[Line], data: st.DataObject) -> None:
    broken = data.draw(st.sets(st.sampled_from(range(len(lines))), min_size=1))
    options: dict[str, Any] = {
        "source": data.draw(st.sampled_from([None, "Mine"])),
        "tags": data.draw(st.sampled_from([[], ["tea"]])),
    }
    texts = list(map(json.dumps, lines))

    def taken_in(texts: Sequence[str]) -> None:
        world.ingest_text("".join(f"{text}\n" for text in texts), "2025-03-11.jsonl", format="jsonl", **options)

    with a_library_of_its_own():
        taken_in(texts)
        right = world.export()
    with a_library_of_its_own():
        taken_in([text[:-1] if n in broken else text for n, text in enumerate(texts)])
        for row in data.draw(st.permutations(list(Quarantined.objects.all()))):
            mend(row, row.text + "}")
        assert world.export() == right
        counts()
        upkeep.assert_in_step()


@examples(50)
@given(text=TEXTS, format=st.sampled_from(sorted(readers())))
def test_any_text_is_rehearsed_or_refused_in_words_and_nothing_is_stored(text: str, format: str) -> None:
    with a_library_of_its_own():
        world.ingest_lines([world.line(1)])
        world.ingest_text("{broken\n")
        Ingest.objects.update(format=format)
        before = upkeep.snapshot(Paper, Entry, Digest, Source, Tag, Edition, Ingest, Quarantined, Change)
        try:
            said = rehearse(piece(), text)[0].title
        except Unmended as error:
            said = str(error)
        assert said
        assert upkeep.snapshot(Paper, Entry, Digest, Source, Tag, Edition, Ingest, Quarantined, Change) == before
        upkeep.assert_in_step()


def test_a_rehearsal_says_what_it_would_become() -> None:
    world.ingest_lines([world.line(1)], "other.jsonl")
    world.ingest_text("{broken\n", "2025-03-11.jsonl")
    line = {"title": r"On \emph{Zebras}", "abstract": "Zebras " * 99, "arxiv_id": "2503.00009v2"}
    again = world.line(1, digest_date="2025-03-12", place=9)
    new, tied = rehearse(piece(), f"{json.dumps(line)}\n{json.dumps(again)}")
    assert (new.title, new.identifiers, new.paper, new.place) == ("On Zebras", ["arXiv 2503.00009"], None, 1)
    assert new.abstract.endswith("Zebras …")
    assert (new.digest, new.is_known) == ("JSON Lines, 2025-03-11", False)
    assert (tied.paper, tied.is_known) == (Paper.objects.get(), False)
    assert (tied.evidence, tied.digest, tied.place) == ("arxiv:2503.00001", "Daily list, 2025-03-12", 9)


def test_what_its_digest_says_already_is_unchanged() -> None:
    world.ingest_text(f"{MENDED_LINE}\n{BROKEN}\n")
    [known] = rehearse(piece(), MENDED_LINE)
    assert known.is_known
    mend(piece(), MENDED_LINE)
    assert counts() == [(2, 1, 0, 1, 0)]
    assert Entry.objects.get().place == 1
    upkeep.assert_in_step()


def test_a_piece_may_become_several_papers() -> None:
    [path] = SAMPLES.glob("markdown-list.broken.*")
    world.ingest_bytes(path.read_bytes(), path.name)
    several = Quarantined.objects.get(text__startswith="## Too many")
    mend(several, new_text(several))
    assert set(several.entries.values_list("paper__title", flat=True)) == {"This", "That"}
    assert counts() == [(6, 4, 0, 0, 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty: there is nothing in it"),
        (" \n ", "empty: there is nothing in it"),
        ('{"title": ""}', "the title is empty"),
        ('{"title": "A"}\n{"title": ""}', "line 2: the title is empty"),
        ('{"title": "A"}\n' * 101, "more than 100 papers: make a file of them, and ingest that"),
        ("a" * 100_001, "longer than 100,000 characters: mend it in its file, and ingest that"),
        ("%PDF", "not a list of papers but a PDF: Lectern reads lists of papers, not papers"),
    ],
)
def test_what_still_cannot_be_read_says_why_in_one_line(text: str, reason: str) -> None:
    world.ingest_text("{broken\n")
    before = upkeep.snapshot(Paper, Quarantined, Ingest, Change)
    for act in (reread, rehearse, mend):
        with pytest.raises(Unmended) as refused:
            act(piece(), text)
        assert str(refused.value) == reason
    assert upkeep.snapshot(Paper, Quarantined, Ingest, Change) == before


def test_what_is_furniture_of_its_format_is_no_paper() -> None:
    world.ingest_text("{broken\n")
    Ingest.objects.update(format="hf-page")
    with pytest.raises(Unmended, match="there is no paper in it"):
        reread(piece(), "Subscribe")


def test_a_format_that_is_read_no_more_is_named() -> None:
    world.ingest_text("{broken\n")
    Ingest.objects.update(format="stone-tablet")
    with pytest.raises(Unmended, match="no longer reads the format “stone-tablet”"):
        reread(piece(), "A")


def test_a_piece_is_settled_once() -> None:
    world.ingest_text("{broken\n")
    broken = piece()
    mend(broken, MENDED_LINE)
    with pytest.raises(Refused, match="taken in or dismissed meanwhile"):
        mend(broken, MENDED_LINE)
    assert Entry.objects.count() == 1


def test_what_was_mended_does_not_come_back_with_its_file() -> None:
    text = f"{BROKEN}\n{{broken\n"
    world.ingest_text(text)
    mend(piece(), MENDED_LINE)
    report = world.ingest_text(text)
    assert (report.found, report.unchanged, report.quarantined) == (2, 1, 1)
    assert Quarantined.objects.waiting().count() == 1
    assert counts() == [(2, 1, 0, 0, 1), (2, 0, 0, 1, 1)]


def test_an_ingest_that_kept_nothing_of_what_it_went_by_is_mended_all_the_same() -> None:
    world.ingest_text('{"title": ""}\n', "weekly 2025-03-11.jsonl")
    Ingest.objects.update(circumstances={})
    mend(piece(), '{"title": "On Attention"}')
    assert str(Digest.objects.get()) == "weekly 2025-03-11.jsonl, 2025-03-11"


def test_trying_again_takes_in_what_can_be_read_by_now_and_leaves_the_rest(curator: User) -> None:
    world.ingest_text(f'{{broken\n{BROKEN}\n{{"title": ""}}\n', "a.jsonl")
    world.ingest_text('{"title": "", "tags": []}\n', "b.jsonl")
    Quarantined.objects.filter(line=1).update(text=MENDED_LINE)
    for row in Quarantined.objects.filter(reason="the title is empty"):
        Quarantined.objects.filter(pk=row.pk).update(text=f'{{"title": "Zebra{row.pk}"}}')
    tried = try_again(Quarantined.objects.all(), by=curator)
    assert (tried.taken_in, tried.left) == (3, 1)
    assert [row.text for row in Quarantined.objects.waiting()] == [BROKEN]
    assert counts() == [(3, 2, 0, 0, 1), (1, 1, 0, 0, 0)]
    assert Change.objects.get().said == "Took in 3 pieces from quarantine"
    assert try_again(Quarantined.objects.all(), by=curator).taken_in == 0
    assert Change.objects.count() == 1
    upkeep.assert_in_step()


def test_more_pieces_of_a_file_take_no_more_queries_to_try_again() -> None:
    def tried(pieces: int) -> int:
        world.ingest_text("".join(f'{{"title": "", "venue": "{pieces} {n}"}}\n' for n in range(pieces)))
        for row in Quarantined.objects.waiting():
            Quarantined.objects.filter(pk=row.pk).update(text=f'{{"title": "Zebra{pieces}x{row.line}"}}')
        return upkeep.queries(lambda: try_again(Quarantined.objects.all()))

    tried(2)
    assert tried(5) == tried(30)


def test_what_was_taken_in_is_taken_back_and_can_be_taken_in_again(curator: User) -> None:
    world.ingest_lines([world.line(1)], "other.jsonl")
    world.ingest_text(f"{json.dumps(world.line(1, source='Weekly'))}\n{BROKEN}\n")
    before, counted = world.export(), counts()
    change = mend(piece(), MENDED_LINE, by=curator)
    after = world.export()
    take_back(change, curator)
    assert (world.export(), counts()) == (before, counted)
    assert piece().mended_text == MENDED_LINE
    upkeep.assert_in_step()
    mend(piece(), MENDED_LINE, by=curator)
    assert world.export() == after
    upkeep.assert_in_step()


def test_its_file_read_again_leaves_what_was_mended_and_undone_lets_it_wait(curator: User) -> None:
    world.ingest_text(f"{json.dumps(world.line(1))}\n{BROKEN}\n")
    run = Ingest.objects.get()
    change = mend(piece(), MENDED_LINE, by=curator)
    again(run, by=curator)
    assert Paper.objects.count() == 2
    undo(run, by=curator)
    assert not Entry.objects.filter(mended_from__isnull=False).exists()
    assert piece().mended_text == MENDED_LINE
    take_back(change, curator)
    upkeep.assert_in_step()
