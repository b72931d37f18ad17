"""A digest's date, and what it was taken from."""

import datetime as dt

import pytest

from papers.dates import DayOfYear, PartialDate
from papers.exchange.dating import Dated, Dating
from papers.models import DateBasis

TODAY = dt.date(2026, 6, 30)
MARCH_11 = DayOfYear(3, 11)


def dating(
    *,
    option: dt.date | None = None,
    mail_date: dt.date | None = None,
    file_name: str = "digest.txt",
    newest_month: tuple[int, int] | None = None,
    file_time: dt.date | None = None,
) -> Dating:
    return Dating(
        today=TODAY,
        option=option,
        mail_date=mail_date,
        file_name=file_name,
        newest_month=newest_month,
        file_time=file_time,
    )


def dated(date: str, basis: DateBasis) -> Dated:
    found = PartialDate.parse(date)
    assert found
    return Dated(found, basis)


@pytest.mark.parametrize("date", ["2025-03-11", "2025-03", "2025"])
def test_a_full_date_in_the_file_is_its_date_whatever_else_is_said(date: str) -> None:
    everything = dating(option=TODAY, file_name="2024-01-01.txt", newest_month=(2025, 5), file_time=TODAY)
    assert everything.of(PartialDate.parse(date)) == dated(date, DateBasis.CONTENT)


def test_a_file_without_a_date_is_of_the_day_that_is_said() -> None:
    said = dating(option=dt.date(2025, 3, 11), file_name="2024-01-01.txt", file_time=TODAY)
    assert said.of(None) == dated("2025-03-11", DateBasis.OPTION)


def test_else_of_the_day_that_its_mail_was_sent() -> None:
    sent = dating(mail_date=dt.date(2025, 3, 11), file_name="2024-01-01.txt", file_time=TODAY)
    assert sent.of(None) == dated("2025-03-11", DateBasis.MAIL)
    assert sent.of(DayOfYear(12, 31)) == dated("2024-12-31", DateBasis.MAIL)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2025-03-11.txt", "2025-03-11"),
        ("papers_2025_03_11.jsonl", "2025-03-11"),
        ("daily-20250311.md", "2025-03-11"),
        ("arXiv 11 March 2025.txt", "2025-03-11"),
        ("weekly-2025-03.md", "2025-03"),
    ],
)
def test_else_of_the_date_in_its_name(name: str, date: str) -> None:
    assert dating(file_name=name, file_time=TODAY).of(None) == dated(date, DateBasis.FILE_NAME)


def test_else_of_the_day_it_was_written() -> None:
    written = dating(file_time=dt.date(2025, 4, 1), newest_month=(2025, 3))
    assert written.of(None) == dated("2025-04-01", DateBasis.FILE_TIME)


def test_else_of_today() -> None:
    assert dating().of(None) == dated("2026-06-30", DateBasis.TODAY)


def test_a_day_without_its_year_is_of_the_day_that_is_said() -> None:
    assert dating(option=dt.date(2024, 3, 12)).of(MARCH_11) == dated("2024-03-12", DateBasis.OPTION)


@pytest.mark.parametrize(
    ("name", "date"),
    [("2025-03-12.txt", "2025-03-11"), ("2025-03-10.txt", "2024-03-11"), ("2025-03.txt", "2025-03-11")],
)
def test_else_its_year_is_the_latest_that_the_file_s_name_allows(name: str, date: str) -> None:
    assert dating(file_name=name, newest_month=(2023, 1)).of(MARCH_11) == dated(date, DateBasis.FILE_NAME)


@pytest.mark.parametrize(("month", "date"), [((2025, 3), "2025-03-11"), ((2025, 2), "2024-03-11")])
def test_else_the_latest_that_its_newest_arxiv_id_allows(month: tuple[int, int], date: str) -> None:
    assert dating(newest_month=month, file_time=TODAY).of(MARCH_11) == dated(date, DateBasis.IDENTIFIERS)


@pytest.mark.parametrize(("day", "date"), [("2025-03-11", "2025-03-11"), ("2025-03-10", "2024-03-11")])
def test_else_the_latest_until_it_was_written(day: str, date: str) -> None:
    written = dating(file_time=dt.date.fromisoformat(day))
    assert written.of(MARCH_11) == dated(date, DateBasis.FILE_TIME)


def test_else_the_latest_until_today() -> None:
    assert dating().of(MARCH_11) == dated("2026-03-11", DateBasis.TODAY)
    assert dating().of(DayOfYear(7, 1)) == dated("2025-07-01", DateBasis.TODAY)


def test_a_leap_day_is_of_a_leap_year() -> None:
    assert dating().of(DayOfYear(2, 29)) == dated("2024-02-29", DateBasis.TODAY)


def test_a_day_without_its_year_in_the_name_is_only_as_sure_as_what_gives_the_year() -> None:
    assert dating(file_name="Mar 11.txt").of(None) == dated("2026-03-11", DateBasis.TODAY)
    written = dating(file_name="11 march.txt", file_time=dt.date(2025, 3, 10))
    assert written.of(None) == dated("2024-03-11", DateBasis.FILE_TIME)
    with_ids = dating(file_name="Mar 11.txt", newest_month=(2024, 5))
    assert with_ids.of(MARCH_11) == dated("2024-03-11", DateBasis.IDENTIFIERS)
