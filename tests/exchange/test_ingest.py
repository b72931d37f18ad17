"""What an ingest promises."""

import datetime as dt
import gzip
import io
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError

from papers.exchange import files, load
from papers.exchange.files import InputFile, kept_at
from papers.exchange.load import Options, Report
from papers.exchange.store import store
from papers.formats import Reader, readers
from papers.formats.document import UnreadableFile
from papers.models import DateBasis, Digest, DigestFile, Entry, Ingest, Paper, PaperTag, Quarantined, Source
from tests import upkeep, world
from tests.formats.mutations import mutated
from tests.formats.test_contract import sample

pytestmark = pytest.mark.django_db


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.found, report.created, report.updated, report.unchanged, report.quarantined


def test_counts_add_up_and_the_second_time_nothing_changes() -> None:
    text = "".join(f'{{"title": "Paper number {n}", "digest_date": "2025-03-11"}}\n' for n in range(7)) + "{broken\n"
    first = world.ingest_text(text)
    assert counts(first) == (8, 7, 0, 0, 1)
    before = upkeep.snapshot(Paper, Entry, Digest, Quarantined)
    second = world.ingest_text(text)
    assert counts(second) == (8, 0, 0, 7, 1)
    assert upkeep.snapshot(Paper, Entry, Digest, Quarantined) == before
    assert Paper.objects.count() == 7
    assert Entry.objects.count() == 7
    assert Digest.objects.get().size == 7


def test_a_known_paper_in_another_digest_is_updated() -> None:
    world.ingest_lines([world.line(1), world.line(2)])
    report = world.ingest_lines([world.line(1, source="Weekly"), world.line(3, source="Weekly")])
    assert counts(report) == (2, 1, 1, 0, 0)
    assert Paper.objects.count() == 3
    assert Paper.objects.get(title__endswith="1").entries.count() == 2


def test_a_paper_twice_in_one_file_is_created_once() -> None:
    report = world.ingest_lines([world.line(1), world.line(1, title="On the nature of problem one"), world.line(1)])
    assert counts(report) == (3, 1, 1, 1, 0)
    assert Digest.objects.get().size == 1
    upkeep.assert_in_step()


def test_each_run_is_on_record() -> None:
    world.ingest_lines([world.line(1)], "march.jsonl")
    world.ingest_text('{"broken\n', "march.jsonl")
    first, second = Ingest.objects.order_by("pk")
    assert (first.format, str(first.file), first.found, first.created, first.quarantined) == (
        "jsonl",
        "march.jsonl",
        1,
        1,
        0,
    )
    assert (second.found, second.created, second.quarantined) == (1, 0, 1)
    assert first.finished_at
    assert Entry.objects.get().ingest == first


def test_one_file_holds_many_digests() -> None:
    days = ("2025-03-11", "2025-03-12", "2025-03-13")
    report = world.ingest_lines(world.line(n, digest_date=day) for n, day in enumerate(days, 1))
    assert (report.digests, report.created) == (3, 3)
    assert [digest.date.isoformat() for digest in Digest.objects.order_by("date")] == list(days)
    assert set(Digest.objects.values_list("size", flat=True)) == {1}


def test_two_files_of_one_digest_join() -> None:
    world.ingest_lines([world.line(1), world.line(2)], "a.jsonl")
    world.ingest_lines([world.line(2, note="A must.", place=1), world.line(3, place=3)], "b.jsonl")
    digest = Digest.objects.get()
    assert digest.size == 3
    assert [entry.paper.title[-1] for entry in digest.entries.listed().in_order()] == ["1", "2", "3"]


def test_a_digest_keeps_the_order_in_which_it_lists_its_papers() -> None:
    world.ingest_lines([world.line(n) for n in (3, 1, 2)])
    digest = Digest.objects.get()
    assert [entry.paper.title[-1] for entry in digest.entries.listed().in_order()] == ["3", "1", "2"]


def test_of_two_places_of_one_record_in_a_digest_the_sooner_stays() -> None:
    world.ingest_lines([world.line(1, place=1), world.line(2, place=5)], "a.jsonl")
    report = world.ingest_lines([world.line(2, place=2), world.line(1, place=4)], "b.jsonl")
    assert counts(report) == (2, 0, 1, 1, 0)
    assert list(Entry.objects.order_by("place").values_list("place", flat=True)) == [1, 2]


def test_texts_as_found_stay_in_the_entry() -> None:
    world.ingest_lines([world.line(1, title=r"T\"ULU", abstract=r"A \textit{must}, 10\% off.")])
    paper, entry = Paper.objects.get(), Entry.objects.get()
    assert (paper.title, paper.abstract) == ("TÜLU", "A must, 10% off.")
    assert (entry.found.title, entry.found.abstract) == (r"T\"ULU", r"A \textit{must}, 10\% off.")


# Failures ---------------------------------------------------------------------------------------------------------


def unreadable() -> io.BytesIO:
    raise UnreadableFile("cannot be opened: Permission denied")


def test_a_file_that_cannot_be_read_is_on_record_with_the_reason() -> None:
    for _ in range(2):
        load.ingest(InputFile("/somewhere/secret.txt", unreadable), Options())
    rows = Ingest.objects.failed()
    assert {(row.file.name, row.file.sha256, row.error) for row in rows} == {
        ("secret.txt", "", "cannot be opened: Permission denied")
    }
    assert (len(rows), DigestFile.objects.count(), Ingest.objects.unfinished().count()) == (2, 1, 0)
    load.ingest(InputFile("/somewhere/secret.txt", unreadable), Options(dry_run=True))
    assert Ingest.objects.count() == 2


def test_what_could_be_read_later_has_failed_no_more() -> None:
    load.ingest(InputFile("digest.jsonl", unreadable), Options())
    world.ingest_lines([world.line(1)], "digest.jsonl")
    assert not Ingest.objects.failed().exists()
    assert len({ingest.file for ingest in Ingest.objects.all()}) == 1


def test_a_file_of_no_known_format_is_on_record() -> None:
    report = world.ingest_text("Nothing of the kind.", "letter.txt")
    row = Ingest.objects.failed().get()
    assert (row.error, row.file.name, len(row.file.sha256), row.finished_at) == (report.error, "letter.txt", 64, None)


def test_where_it_breaks_off_whole_batches_stand_and_the_run_says_what_ended_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load, "WHOLE", 3)
    monkeypatch.setattr(load, "BATCH", 2)
    batches = iter(range(2))

    def until_the_disk_is_full(*args: Any) -> Any:
        if next(batches, None) is None:
            raise DatabaseError("the disk is full")
        return store(*args)

    monkeypatch.setattr(load, "store", until_the_disk_is_full)
    report = world.ingest_lines(world.line(n) for n in range(8))
    row = Ingest.objects.get()
    assert (report.error, row.error) == ("the database refused: the disk is full",) * 2
    assert (report.created, row.created, Paper.objects.count()) == (4, 4, 4)


# Options ----------------------------------------------------------------------------------------------------------


def test_the_date_that_is_said_is_that_of_digests_without_one() -> None:
    undated = {"title": "On the Nature of Dates"}
    world.ingest_lines([undated, world.line(1)], date=dt.date(2024, 2, 1))
    assert set(Digest.objects.values_list("date", "date_basis")) == {
        (dt.date(2024, 2, 1), "option"),
        (dt.date(2025, 3, 11), "content"),
    }


def test_the_source_that_is_said_is_that_of_all() -> None:
    world.ingest_lines([world.line(1), world.line(2, source="Other")], source="  My   list ")
    assert Source.objects.get().name == "My list"


def test_a_file_that_names_no_source_is_its_own() -> None:
    world.ingest_lines([{"title": "On the Nature of Sources"}], "reading-group_2025-03-11.jsonl")
    digest = Digest.objects.get()
    assert (digest.source.name, digest.date, digest.date_basis) == ("Reading group", dt.date(2025, 3, 11), "file name")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("NeurIPS-reading_2025-03-11.jsonl", "NeurIPS reading"),
        ("jabRef.jsonl", "JabRef"),
        ("export.jsonl", "JSON Lines"),
    ],
)
def test_the_source_is_called_as_the_file_is_where_somebody_named_that(name: str, source: str) -> None:
    world.ingest_lines([{"title": "On the Nature of Names"}], name)
    assert Source.objects.get().name == source


def test_the_tags_that_are_said_are_on_all_papers() -> None:
    world.ingest_lines([world.line(1, tags=["vision"]), world.line(2, tags=[])], tags=["reading group", "Vision"])
    tags = {paper.title[-1]: {row.tag.name for row in paper.paper_tags.all()} for paper in Paper.objects.all()}
    assert tags == {"1": {"reading group", "Vision"}, "2": {"reading group", "Vision"}}
    assert set(PaperTag.objects.values_list("origin", flat=True)) == {"ingest"}


def test_the_format_that_is_said_is_not_guessed_at() -> None:
    text = "# Papers\n\n## [On Attention](https://arxiv.org/abs/2503.00001)\n\nA must.\n"
    assert world.ingest_text(text, "a.md").format == "markdown-list"
    as_lines = world.ingest_text(text, "a.md", format="jsonl")
    assert as_lines.format == "jsonl"
    assert as_lines.quarantined == as_lines.found > 0


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    lines = [world.line(1), world.line(2), world.line(2, source="Weekly")]
    before = upkeep.snapshot(Paper, Entry, Digest, DigestFile, Ingest, Source)
    dry = world.ingest_lines(lines, dry_run=True)
    assert counts(dry) == (3, 2, 1, 0, 0)
    assert dry.digests == 2
    assert upkeep.snapshot(Paper, Entry, Digest, DigestFile, Ingest, Source) == before
    assert not list(Path(settings.DATA_DIR).rglob("*.gz"))
    assert counts(world.ingest_lines(lines)) == counts(dry)


# Quarantine -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_with_its_line_and_the_reason() -> None:
    world.ingest_text('{"title": "On Attention"}\n\n{"title": "", "tags": ["x"]}\n{"title": "Cut o')
    empty, cut = Quarantined.objects.order_by("line")
    assert (empty.line, empty.text, empty.reason) == (3, '{"title": "", "tags": ["x"]}', "the title is empty")
    assert (cut.line, cut.text) == (4, '{"title": "Cut o')
    assert "truncated" in cut.reason
    assert Paper.objects.get().title == "On Attention"


def test_what_stood_around_is_kept_too() -> None:
    abstract = "We attend to it. " * 20
    page = f"Mar 11\n\nOn Attention\n\n{abstract}\n\nOn Nothing\n\nOn Residual Nets\n\n{abstract}\n"
    report = world.ingest_text(page, "page.txt", format="hf-page")
    assert (report.created, report.quarantined) == (2, 1)
    alone = Quarantined.objects.get()
    assert (alone.text, alone.line, alone.context) == ("On Nothing", 7, "On Residual Nets")


def test_a_second_run_does_not_fill_the_quarantine_again() -> None:
    text = '{"title": "On Attention"}\n{broken\n{broken\n'
    assert world.ingest_text(text).quarantined == 2
    assert world.ingest_text(text).quarantined == 2
    assert list(Quarantined.objects.values_list("line", flat=True)) == [2, 3]


def test_what_no_database_takes_is_quarantined_without_it() -> None:
    pad = json.dumps({"title": "On Attention", "abstract": "We attend. " * 10_000}).encode()
    report = world.ingest_bytes(pad + b'\n{"title": "bro\0ken\x01 \xed\xa0\x80\n')
    assert report.error is None
    assert "\0" not in Quarantined.objects.get().text


# Kept files -------------------------------------------------------------------------------------------------------


def test_the_bytes_of_a_small_file_are_kept() -> None:
    content = json.dumps(world.line(1)).encode() + b"\r\n"
    world.ingest_bytes(content)
    file = DigestFile.objects.get()
    assert file.kept
    assert file.size == len(content)
    assert gzip.decompress(kept_at(file.sha256).read_bytes()) == content


def test_a_large_file_is_known_by_its_hash_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_KEPT", 100)
    world.ingest_lines([world.line(1)])
    file = DigestFile.objects.get()
    assert not file.kept
    assert len(file.sha256) == 64
    assert not kept_at(file.sha256).exists()


def test_one_file_under_two_names_is_kept_once() -> None:
    world.ingest_lines([world.line(1)], "a.jsonl")
    world.ingest_lines([world.line(1)], "b.jsonl")
    assert DigestFile.objects.count() == 1
    assert len(list(Path(settings.DATA_DIR).rglob("*.gz"))) == 1


def test_where_bytes_cannot_be_kept_the_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way of the data folder")
    report = world.ingest_lines([world.line(1)])
    assert report.error is not None
    assert "kept" in report.error
    assert Paper.objects.count() == 0


# What an ingest costs ---------------------------------------------------------------------------------------------


def queries_for(lines: list[world.Line]) -> int:
    return upkeep.queries(lambda: world.ingest_lines(lines))


def test_more_entries_in_a_batch_take_no_more_queries() -> None:
    world.ingest_lines([world.line(n) for n in range(5)])
    few = queries_for([world.line(n) for n in range(10, 20)])
    many = queries_for([world.line(n) for n in range(20, 60)])
    assert many == few


def test_more_papers_named_again_take_no_more_queries() -> None:
    def again(numbers: range) -> list[world.Line]:
        return [world.line(n, source="Weekly", tags=["old"]) for n in numbers]

    world.ingest_lines([world.line(n) for n in range(60)])
    world.ingest_lines(again(range(1)))
    assert queries_for(again(range(10, 20))) == queries_for(again(range(20, 60)))


def test_more_papers_that_move_to_an_earlier_day_take_no_more_queries() -> None:
    def undated(numbers: range, day: str) -> list[world.Line]:
        return [world.line(n, arxiv_id=None, published=None, digest_date=day) for n in numbers]

    world.ingest_lines(undated(range(60), "2025-03-11"))
    world.ingest_lines(undated(range(1), "2025-03-10"))
    assert queries_for(undated(range(10, 20), "2025-03-10")) == queries_for(undated(range(20, 60), "2025-03-10"))
    upkeep.assert_in_step()


def test_progress_is_told_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "BATCH", 3)
    content = "".join(json.dumps(world.line(n)) + "\n" for n in range(8)).encode()
    told: list[int] = []
    load.ingest(InputFile("a.jsonl", lambda: io.BytesIO(content)), Options(), told.append)
    assert told == [3, 3, 2]


def test_a_mail_is_kept_whole_and_its_sender_and_day_are_those_of_its_digest() -> None:
    mail = (
        "From: The Weekly <weekly@example.org>\nSubject: Papers\nDate: Tue, 11 Mar 2025 10:00:00 +0000\n"
        'Content-Type: text/plain\n\n{"title": "On Attention"}\n'
    )
    report = world.ingest_text(mail, "message.eml")
    assert (report.error, report.format, report.created) == (None, "jsonl", 1)
    digest = Digest.objects.get()
    assert (digest.source.name, str(digest.date), digest.date_basis) == ("The Weekly", "2025-03-11", DateBasis.MAIL)
    with files.kept(DigestFile.objects.get().sha256) as stream:
        assert stream.read().decode() == mail
    assert world.ingest_text(mail, "message.eml").unchanged == 1


@pytest.mark.parametrize("reader", readers().values(), ids=readers())
def test_counts_add_up_whatever_happened_to_the_file(reader: Reader) -> None:
    samples = [sample(reader, kind) for kind in ("good", "broken")]
    for seed in range(40):
        report = world.ingest_bytes(mutated(samples, Random(seed)), "mutated", format=reader.name)
        assert report.found == sum(counts(report)[1:]), f"accident {seed}"
        assert report.error is None or report.found == 0
