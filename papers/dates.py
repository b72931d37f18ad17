"""Dates as digests give them: a day, a month or a year, and how sure of it we are."""

import datetime as dt
import re
from calendar import monthrange
from typing import Literal, NamedTuple, Self

type Precision = Literal["day", "month", "year"]

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ]\d{2}.*)?)?)?")
_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "|".join([*_MONTHS, "sept", *(name[:3] for name in _MONTHS)])
_YEAR = r"(?:(?:,?\s+|-)(\d{4}))?"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\.?(?:\s+|-)({_MONTH})\.?{_YEAR}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({_MONTH})\.?(?:\s+|-)(\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"({_MONTH})\.?(?:,?\s+|-)(\d{{4}})", re.IGNORECASE)
#: How a range begins whose end is the date: `3–` or `3 March – `.
_RANGE = re.compile(
    rf"(?<![\w.])(?:(?:({_MONTH})\.?\s+\d{{1,2}}|\d{{1,2}}\s+({_MONTH})\.?)\s*(?:[-–—]|to)\s*|\d{{1,2}}[-–—])$",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"(?<!\d)(?:1[4-9]|20|21)\d\d(?!\d)")
_EIGHT_DIGITS = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
#: In what one says how long ago something was: how many days that is, and from how many on.
_SPANS = (("years", 365, 730), ("months", 30, 61), ("weeks", 7, 14), ("days", 1, 0))
_LONGEST = 40
_LONGEST_WORDS = 200
#: What is earlier or later is a slip of the pen, or somebody's jest.
_YEARS = range(1400, 2200)
#: Dates among other words, the surest first; a number behind a full stop is part of another, such as an arXiv id.
_ANYWHERE = tuple(
    re.compile(rf"(?<!\w)(?<!\d\.){pattern}", re.IGNORECASE)
    for pattern in (
        r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
        r"(?:19|20)\d{6}(?!\w)",
        *(rf"{written.pattern}(?!\w)" for written in (_DAY_MONTH, _MONTH_DAY, _MONTH_YEAR)),
        r"(?:19|20)\d\d-\d\d(?!-?\w)",
    )
)


class PartialDate(NamedTuple):
    """A day, a whole month or a whole year: `str()` writes it as `2025-03-11`, `2025-03` or `2025`."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: dt.date, precision: Precision = "day") -> Self:
        """The day, month or year that `day` lies in."""
        match precision:
            case "day":
                return cls(day.year, day.month, day.day)
            case "month":
                return cls(day.year, day.month)
            case "year":
                return cls(day.year)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """An ISO-like date of any precision, a time behind it ignored; None if it is no real date."""
        match = _ISO.fullmatch(text.strip()[:_LONGEST])
        return cls._real(*(int(part or 0) for part in match.groups())) if match else None

    @property
    def precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def said(self) -> str:
        """As one says it: `11 March 2025`, `March 2025`, `2025`."""
        month = _MONTHS[self.month - 1].capitalize() if self.month else ""
        return " ".join(str(part) for part in (self.day, month, self.year) if part)

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @classmethod
    def _real(cls, year: int, month: int = 0, day: int = 0) -> Self | None:
        """The date of these parts, zero for one that is not known; None where there is no such date."""
        if year not in _YEARS:
            return None
        try:
            dt.date(year, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year, month or None, day or None) if month or not day else None


class Week(NamedTuple):
    """A week from Monday to Sunday, by its ISO number: `str()` writes it as `2025-w11`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        return cls(*day.isocalendar()[:2])

    @classmethod
    def parse(cls, text: str) -> Self | None:
        match = _WEEK.fullmatch(text.strip()[:_LONGEST])
        week = cls(int(match[1]), int(match[2])) if match else None
        return week if week and week.is_real else None

    @property
    def is_real(self) -> bool:
        try:
            return self.year in _YEARS and bool(self.first_day)
        except ValueError:
            return False

    @property
    def first_day(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 7)

    @property
    def said(self) -> str:
        return f"week {self.number} of {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04}-w{self.number:02}"


type Period = PartialDate | Week


def period(text: str) -> Period | None:
    """A day, week, month or year, as their `str()` writes them."""
    return Week.parse(text) or PartialDate.parse(text)


class DayOfYear(NamedTuple):
    """A day whose year was left out: `str()` writes it as `Mar 11`."""

    month: int
    day: int

    def latest_until(self, limit: dt.date) -> dt.date | None:
        """The latest date with this day and month that is not after `limit`."""
        for year in range(limit.year, max(limit.year - 9, 0), -1):  # 29 February may be eight years back
            try:
                if (date := dt.date(year, self.month, self.day)) <= limit:
                    return date
            except ValueError:
                continue
        return None

    def __str__(self) -> str:
        return f"{_MONTHS[self.month - 1][:3].capitalize()} {self.day}"


def written_date(text: str) -> PartialDate | DayOfYear | None:
    """The date written in `text` that is nothing but a date: `Mar 11`, `11 March 2025`, `March 2025`, ISO."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _DAY_MONTH.fullmatch(text):
        day, month, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(text):
        month, day, year = match.groups()
    elif match := _MONTH_YEAR.fullmatch(text):
        return PartialDate._real(int(match[2]), _month_number(match[1]))
    else:
        return PartialDate.parse(text)
    date = PartialDate._real(int(year or 2000), _month_number(month), int(day))  # 2000 has a 29 February
    if not date or not date.day:
        return None
    return date if year else DayOfYear(_month_number(month), date.day)


def find_date(text: str) -> PartialDate | DayOfYear | None:
    """The date written somewhere in `text`, such as a file's name (`papers_2025_03_11.txt`)."""
    return split_date(text)[1]


def split_date(text: str) -> tuple[str, PartialDate | DayOfYear | None]:
    """`text` without the date in it, as a heading's words, and that date: `Vision, 3 May 2024` is two things.

    Of several dates it is the first that has a year; of a week it is the end.
    """
    found = [
        (date, match.span())
        for pattern in _ANYWHERE
        for match in pattern.finditer(text.replace("_", "-"))
        if (date := written_date(_EIGHT_DIGITS.sub(r"\1-\2-\3", match[0])))
    ]
    if not found:
        return text.strip(), None
    date, (start, end) = min(found, key=lambda dated: isinstance(dated[0], DayOfYear))
    before = _RANGE.sub("", text[:start]).rstrip(" ,;:–—-(|")
    return f"{before} {text[end:].lstrip(' ,;:–—-)|')}".strip(), date


def dated(text: str) -> PartialDate | None:
    """The date that `text` is, or that is written in it, where it has its year."""
    text = text[:_LONGEST_WORDS]
    date = written_date(text) or find_date(text)
    return date if isinstance(date, PartialDate) else None


def date_or_year(text: str) -> PartialDate | None:
    """The date written in `text`, or at least its year: all that is certain of `07/08/2017` and of `Spring 2019`."""
    year = _YEAR_ALONE.search(text[:_LONGEST_WORDS])
    return dated(text) or (PartialDate(int(year[0])) if year else None)


def earlier(day: dt.date, than: dt.date) -> str:
    """How much earlier one day is than another, as one says it: `3 weeks earlier`."""
    days = (than - day).days
    if days < 2:
        return "the day before" if days else "the same day"
    number, unit = next((days // length, unit) for unit, length, least in _SPANS if days >= least)
    return f"{number} {unit} earlier"


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].casefold()))
