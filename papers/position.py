"""Positions: one number per paper that is its place in date order.

The high bits are the day, the low bits the paper's place within it, counted down: who came first stands first when
the newest day is on top. A day has room for sixteen million papers, as a year without months and days may need.
"""

import datetime as dt

_BITS = 24


def start_of(day: dt.date) -> int:
    """The lowest position of a day: the papers since that day have positions from here on."""
    return day.toordinal() << _BITS


def end_of(day: dt.date) -> int:
    """The position behind a day: the papers until that day have positions below it."""
    return (day.toordinal() + 1) << _BITS


def day_of(position: int) -> dt.date:
    return dt.date.fromordinal(position >> _BITS)
