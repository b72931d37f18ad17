"""When the weeks of a list ended, also where their years are left out."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from ...dates import DayOfYear, PartialDate, written_date

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_OR_DAY = re.compile(rf"\b({_MONTHS})[a-z]*|\b(\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)

type Day = PartialDate | DayOfYear


def end_of(span: str) -> Day | None:
    """The last day of a span such as `Dec 30 - Jan 5`, `March 3-9, 2025` or `(May 29 - June 4) - 2023`."""
    if whole := _ISO.findall(span):
        return PartialDate.parse(whole[-1])
    found = _MONTH_OR_DAY.findall(_YEAR.sub(" ", span))
    months = [month for month, _ in found if month]
    days = [day for _, day in found if day]
    if not (months and days):
        return None
    return written_date(" ".join([days[-1], months[-1], *years(span)[-1:]]))


def years(text: str) -> list[str]:
    return _YEAR.findall(text)


def with_years(days: Sequence[Day], named: Collection[int]) -> list[Day]:
    """Neighbouring weeks with their years: each as near as it can be to the one beside it, rather in the order of the
    others than against it. Where none has its own, the first week is in the last of the years that are named, or in the
    first if the weeks go on from there."""
    dated = list(days)
    goes_on = _goes_on(days)
    if days and named and not any(isinstance(day, PartialDate) for day in days):
        dated[0] = _in_year(days[0], min(named) if goes_on else max(named))
    places = range(len(dated))
    for order, step in ((places, 1), (reversed(places), -1)):
        for place in order:
            beside = place - step
            if beside in places and isinstance(dated[beside], PartialDate):
                dated[place] = _near(dated[place], dated[beside], is_later=goes_on == (step > 0))
    return dated


def _goes_on(days: Sequence[Day]) -> bool:
    """Whether each week is mostly later than the one before it, New Year aside."""
    numbers = [31 * (day.month or 1) + (day.day or 1) for day in days]
    steps = [(later - earlier + 186) % 372 - 186 for earlier, later in pairwise(numbers)]
    return sum(1 if step > 0 else -1 for step in steps) > 0


def _near(day: Day, beside: Day, *, is_later: bool) -> Day:
    if isinstance(day, PartialDate) or isinstance(beside, DayOfYear):
        return day
    near = [_in_year(day, beside.year + step) for step in (0, -1, 1)]
    return min(near, key=lambda each: _distance(each, beside.first_day, is_later=is_later))


def _distance(day: Day, other: date, *, is_later: bool) -> int:
    """How far a day is from the one beside it; what is against the order of the weeks is further."""
    days = (day.first_day - other).days if isinstance(day, PartialDate) else 1_000
    return abs(days) * (1 if (days > 0) == is_later else 3)


def _in_year(day: Day, year: int) -> Day:
    return PartialDate.parse(f"{year}-{day.month}-{day.day}") or day
