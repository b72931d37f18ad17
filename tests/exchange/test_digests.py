"""Which digest a file's entries are of: found by source and date, however sure the date is."""

import datetime as dt
from typing import Any

import pytest

from papers.dates import PartialDate
from papers.exchange.dating import Dating
from papers.exchange.digests import Digests
from papers.exchange.load import Report
from papers.formats.record import DigestRecord
from papers.models import Digest, DigestFile, Entry, Paper, Source
from tests import upkeep, world

pytestmark = pytest.mark.django_db

ABSTRACT = "We attend to all of it, and it is all we need. " * 6
PAGE = f"Mar 11\n\nOn Attention\n\n{ABSTRACT}\n\nOn Residual Nets\n\n{ABSTRACT}\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ingest_page(page: str = PAGE, name: str = "page.txt", **said: Any) -> Report:
    """A page that says its day and month, and not its year."""
    report = world.ingest_text(page, name, **{"format": "hf-page", **said})
    assert report.error is None
    return report


def dates() -> list[tuple[str, str]]:
    return [
        (date.isoformat(), basis) for date, basis in Digest.objects.order_by("date").values_list("date", "date_basis")
    ]


@pytest.mark.parametrize(
    ("name", "said", "dated"),
    [
        ("page.txt", {"date": day("2024-03-11")}, ("2024-03-11", "option")),
        ("page-2023-04-01.txt", {}, ("2023-03-11", "file name")),
        ("page.txt", {"written": day("2025-03-10")}, ("2024-03-11", "file time")),
    ],
)
def test_a_day_without_its_year_is_dated_by_what_else_is_known(
    name: str, said: dict[str, Any], dated: tuple[str, str]
) -> None:
    ingest_page(name=name, **said)
    assert dates() == [dated]


def test_the_newest_arxiv_id_in_a_file_tells_the_year() -> None:
    listed = "# Papers of 11 March\n\n## [On Attention](https://arxiv.org/abs/2402.00001)\n\nA must.\n"
    world.ingest_text(listed, "list.md", written=day("2025-06-30"))
    assert dates() == [("2023-03-11", "identifiers")]


def test_a_month_is_a_date_of_its_own() -> None:
    world.ingest_lines([world.line(1, digest_date="2025-03"), world.line(2, digest_date="2025-03-01")])
    assert set(Digest.objects.values_list("date", "date_precision")) == {
        (day("2025-03-01"), "day"),
        (day("2025-03-01"), "month"),
    }


def test_the_same_file_next_year_makes_no_second_digest() -> None:
    ingest_page(written=day("2025-03-12"))
    report = ingest_page(written=day("2026-03-12"))
    assert (report.unchanged, report.created, report.digests) == (2, 0, 1)
    assert dates() == [("2025-03-11", "file time")]


def test_another_file_of_the_same_day_next_year_makes_its_own() -> None:
    ingest_page(written=day("2025-03-12"))
    ingest_page(PAGE.replace("Residual", "Recurrent"), written=day("2026-03-12"))
    assert dates() == [("2025-03-11", "file time"), ("2026-03-11", "file time")]


def test_a_date_that_is_said_re_dates_a_digest_whose_date_was_a_guess() -> None:
    ingest_page(written=day("2025-03-12"))
    keys = set(Paper.objects.values_list("key", flat=True))
    report = ingest_page(date=day("2024-03-11"))
    assert report.unchanged == 2
    assert dates() == [("2024-03-11", "option")]
    assert set(Paper.objects.values_list("named_on", flat=True)) == {day("2024-03-11")}
    assert set(Paper.objects.values_list("key", flat=True)) == keys
    upkeep.assert_in_step()


def test_a_date_in_the_file_s_name_does_so_too() -> None:
    ingest_page(written=day("2025-03-12"))
    ingest_page(name="page-2023-05-01.txt", written=day("2025-03-12"))
    assert dates() == [("2023-03-11", "file name")]


def test_a_guess_does_not_re_date_what_was_said() -> None:
    ingest_page(date=day("2024-03-12"))
    report = ingest_page(written=day("2025-06-30"))
    assert report.unchanged == 2
    assert dates() == [("2024-03-12", "option")]


def test_the_days_of_one_file_are_told_apart_when_it_comes_again() -> None:
    lines = [{"title": "On Attention"}, world.line(1)]
    world.ingest_lines(lines, "list.jsonl", source="Daily list", written=day("2025-04-01"))
    world.ingest_lines(lines, "list.jsonl", source="Daily list", written=day("2025-04-02"))
    assert dates() == [("2025-03-11", "content"), ("2025-04-01", "file time")]


def test_a_guessed_digest_joins_the_one_that_it_turns_out_to_be() -> None:
    evening = PAGE.replace("Residual Nets", "Recurrent Nets")
    ingest_page(evening, date=day("2024-03-11"))
    ingest_page(written=day("2025-03-12"))
    assert len(dates()) == 2
    report = ingest_page(date=day("2024-03-11"))
    assert (report.found, report.unchanged) == (2, 2)
    digest = Digest.objects.get()
    assert (digest.date, digest.size) == (day("2024-03-11"), 3)
    assert Entry.objects.count() == 3  # On Attention stood at the same place in both
    upkeep.assert_in_step()


def test_a_digest_keeps_its_surest_basis_and_first_title() -> None:
    world.ingest_lines([world.line(1, digest_title="Spring")])
    world.ingest_lines([{"title": "On Attention"}], source="Daily list", date=day("2025-03-11"))
    world.ingest_lines([world.line(2, digest_title="A spring day")])
    digest = Digest.objects.get()
    assert (digest.date_basis, digest.title) == ("option", "A spring day")


def test_a_source_is_one_however_it_is_spelled() -> None:
    world.ingest_lines([world.line(1, source="daily list"), world.line(2, source="Daily  LIST")])
    world.ingest_lines([world.line(3, source="Daily list")])
    assert list(Source.objects.values_list("name", "slug")) == [("Daily LIST", "daily-list")]
    assert Digest.objects.get().size == 3


def test_a_digest_of_a_new_file_is_looked_for_once_and_made(django_assert_num_queries: Any) -> None:
    file = DigestFile.objects.create(sha256="1" * 64, name="list.jsonl", size=1)
    digests = Digests(file, Dating(today=dt.date(2025, 3, 12)), source="Daily list", name="")
    digests.of(DigestRecord(date=PartialDate(2025, 3, 10)))
    with django_assert_num_queries(3):
        digests.of(DigestRecord(date=PartialDate(2025, 3, 11), title="Tuesday"))
    assert Digest.objects.get(title="Tuesday").headings.get().title == "Tuesday"
