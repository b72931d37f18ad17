"""Dates as digests give them: of any precision, with or without a year, alone or among other words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import DayOfYear, PartialDate, Precision, date_or_year, earlier, find_date, split_date, written_date

PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")
partial_dates = st.builds(
    PartialDate.of, st.dates(dt.date(1400, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(PRECISIONS)
)


@given(partial_dates)
def test_a_date_that_is_written_and_read_is_the_same(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert written_date(str(date)) == date
    assert written_date(date.said) == date or date.year < 1000


@given(st.text() | st.from_regex(r"\d{0,5}[-/. ]?\d{0,3}[-/. ]?\d{0,3}[T ]?.{0,9}", fullmatch=True))
def test_reading_a_date_raises_nothing_and_gives_only_real_ones(text: str) -> None:
    for date in (PartialDate.parse(text), written_date(text), find_date(text)):
        if isinstance(date, PartialDate):
            assert date.first_day <= date.last_day
            assert PartialDate.parse(str(date)) == date
        elif date:
            assert date.latest_until(dt.date(2025, 1, 1))


@given(st.text(alphabet="0123456789 -/._,:–()TZ" + "marchſep", max_size=40))
def test_what_is_nearly_a_date_raises_nothing_either(text: str) -> None:
    assert split_date(text)[1] == find_date(text)
    written_date(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-03-11", "2025-03-11"),
        ("2025/3/1", "2025-03-01"),
        ("2025.03.11", "2025-03-11"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        (" 2025-03-11T09:30:00.000Z ", "2025-03-11"),
        ("2025-03-11 09:30:00+02:00", "2025-03-11"),
        ("2024-02-29", "2024-02-29"),
        ("2025-03-00", "2025-03"),
        ("2025-00-00", "2025"),
    ],
)
def test_an_iso_date_has_any_precision(text: str, date: str) -> None:
    assert str(PartialDate.parse(text)) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "2025-02-29",
        "2025-00-05",
        "0000",
        "20250311",
        "2025-W10",
        "2025-03-11th",
        "2001 A Space Odyssey",
        "2025-03 and later",
        "2025-03-11 and all that followed from it in the year",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert PartialDate.parse(text) is None
    assert written_date(text) is None


@pytest.mark.parametrize(
    ("date", "precision", "first", "last", "said"),
    [
        ("2025-03-11", "day", dt.date(2025, 3, 11), dt.date(2025, 3, 11), "11 March 2025"),
        ("2024-02", "month", dt.date(2024, 2, 1), dt.date(2024, 2, 29), "February 2024"),
        ("2025-02", "month", dt.date(2025, 2, 1), dt.date(2025, 2, 28), "February 2025"),
        ("2025", "year", dt.date(2025, 1, 1), dt.date(2025, 12, 31), "2025"),
    ],
)
def test_a_date_knows_its_days(date: str, precision: Precision, first: dt.date, last: dt.date, said: str) -> None:
    read = PartialDate.parse(date)
    assert read
    assert (read.precision, read.first_day, read.last_day, read.said) == (precision, first, last, said)


@pytest.mark.parametrize(
    "text",
    [
        "11 March 2025",
        "11. March 2025",
        "11th Mar, 2025",
        "11-Mar-2025",
        "March 11, 2025",
        "Mar. 11th, 2025",
        "MAR 11 2025",
        "Mar-11-2025",
        "Mar\N{NO-BREAK SPACE}11,\N{NO-BREAK SPACE}2025",
        "2025-03-11",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert written_date(text) == PartialDate(2025, 3, 11)


@pytest.mark.parametrize("text", ["March 2025", "Mar. 2025", "March, 2025", "mar-2025"])
def test_a_month_is_read_as_people_write_it(text: str) -> None:
    assert written_date(text) == PartialDate(2025, 3)


@pytest.mark.parametrize("text", ["Mar 11", "11 Mar", "March 11th", "mar. 11", "11. march"])
def test_a_day_may_lack_its_year(text: str) -> None:
    assert written_date(text) == DayOfYear(3, 11)


@pytest.mark.parametrize("text", ["Sep 3", "Sept 3", "Sept. 3rd", "September 3", "ſep 3"])
def test_september_has_two_short_names(text: str) -> None:
    assert written_date(text) == DayOfYear(9, 3)


@pytest.mark.parametrize(
    "text", ["Feb 30", "March 0", "32 March", "Mar 11 0000", "Marching 11", "May be", "12 Monkeys"]
)
def test_a_day_that_no_month_has_is_no_date(text: str) -> None:
    assert written_date(text) is None


def test_the_29th_of_february_is_a_day_of_some_years() -> None:
    assert written_date("Feb 29") == DayOfYear(2, 29)
    assert written_date("29 February 2024") == PartialDate(2024, 2, 29)
    assert written_date("29 February 2025") is None


@pytest.mark.parametrize(
    ("day", "limit", "latest"),
    [
        (DayOfYear(3, 11), dt.date(2025, 3, 11), dt.date(2025, 3, 11)),
        (DayOfYear(3, 11), dt.date(2025, 3, 10), dt.date(2024, 3, 11)),
        (DayOfYear(12, 31), dt.date(2025, 1, 1), dt.date(2024, 12, 31)),
        (DayOfYear(2, 29), dt.date(2025, 3, 1), dt.date(2024, 2, 29)),
        (DayOfYear(2, 29), dt.date(2024, 2, 28), dt.date(2020, 2, 29)),
        (DayOfYear(2, 29), dt.date(1904, 2, 28), dt.date(1896, 2, 29)),  # 1900 had none
        (DayOfYear(12, 31), dt.date(1, 1, 1), None),
    ],
)
def test_a_day_without_a_year_is_the_latest_until_a_limit(day: DayOfYear, limit: dt.date, latest: dt.date) -> None:
    assert day.latest_until(limit) == latest


@pytest.mark.parametrize(
    "name",
    [
        "2025-03-11.jsonl",
        "papers_2025_03_11.txt",
        "papers.2025-03-11.txt",
        "20250311-papers.txt",
        "backup.20250311.jsonl.gz",
        "digest 11 March 2025.md",
        "march-11-2025.txt",
        "hf_11_mar_2025.txt",
        "2025-03-11T09-30.txt",
        "v2 of 2025.3.11",
    ],
)
def test_a_date_is_found_in_the_name_of_a_file(name: str) -> None:
    assert find_date(name) == PartialDate(2025, 3, 11)


@pytest.mark.parametrize(
    "name",
    [
        "hf-papers-page.txt",
        "2503.11731.txt",
        "2503.1173.txt",
        "papers-2025.txt",
        "2000-2010.txt",
        "the 2019-20 season",
        "1234567890.txt",
        "20259999.txt",
        "v1.2025-03.txt",
        "marching.txt",
    ],
)
def test_no_date_is_found_where_none_is(name: str) -> None:
    assert find_date(name) is None


def test_a_day_without_a_year_and_a_month_are_found_too() -> None:
    assert find_date("hf_mar_11.txt") == DayOfYear(3, 11)
    assert find_date("weekly 2025-03.txt") == PartialDate(2025, 3)
    assert find_date("Papers of March 2025") == PartialDate(2025, 3)


@pytest.mark.parametrize(
    ("heading", "words", "date"),
    [
        ("Vision, 3 May 2024", "Vision", PartialDate(2024, 5, 3)),
        ("Vision (3 May 2024)", "Vision", PartialDate(2024, 5, 3)),
        ("2024-05-03 – Vision", "Vision", PartialDate(2024, 5, 3)),
        ("Vision | May 2024 | weekly", "Vision weekly", PartialDate(2024, 5)),
        ("May 3: Vision", "Vision", DayOfYear(5, 3)),
        ("GPT-4 2024-05-03", "GPT-4", PartialDate(2024, 5, 3)),
        ("Vision", "Vision", None),
        ("3 May 2024", "", PartialDate(2024, 5, 3)),
    ],
)
def test_a_heading_is_its_words_and_its_date(heading: str, words: str, date: PartialDate | DayOfYear | None) -> None:
    assert split_date(heading) == (words, date)


@pytest.mark.parametrize(
    ("heading", "date"),
    [
        ("Reading list, 3–9 March 2025", PartialDate(2025, 3, 9)),
        ("Reading list (28 February to 6 March 2025)", PartialDate(2025, 3, 6)),
        ("Reading list: December 30 - January 5, 2025", PartialDate(2025, 1, 5)),
    ],
)
def test_the_date_of_a_week_is_its_end_and_none_of_it_is_left_in_the_words(heading: str, date: PartialDate) -> None:
    assert split_date(heading) == ("Reading list", date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-03-26", PartialDate(2021, 3, 26)),
        ("October 27, 2024", PartialDate(2024, 10, 27)),
        ("Friday, 24 July 2020", PartialDate(2020, 7, 24)),
        ("Jul-Sep 2015", PartialDate(2015, 9)),
        ("07/08/2017", PartialDate(2017)),
        ("Spring 2019", PartialDate(2019)),
        ("c1998", PartialDate(1998)),
        ("Sep 1", None),
        ("12345", None),
        ("", None),
    ],
)
def test_of_a_date_that_is_not_certain_the_year_is(text: str, date: PartialDate | None) -> None:
    assert date_or_year(text) == date


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-03-11", "the same day"),
        ("2025-03-10", "the day before"),
        ("2025-03-09", "2 days earlier"),
        ("2025-02-26", "13 days earlier"),
        ("2025-02-25", "2 weeks earlier"),
        ("2025-01-10", "8 weeks earlier"),
        ("2025-01-09", "2 months earlier"),
        ("2023-03-13", "24 months earlier"),
        ("2023-03-12", "2 years earlier"),
        ("1991-08-14", "33 years earlier"),
    ],
)
def test_how_much_earlier_a_day_is(day: str, said: str) -> None:
    assert earlier(dt.date.fromisoformat(day), dt.date(2025, 3, 11)) == said
