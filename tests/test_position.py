"""Positions: days as numbers, with room for the papers of each."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from papers.position import day_of, end_of, start_of


@given(st.dates())
def test_every_place_of_a_day_is_of_that_day(day: dt.date) -> None:
    assert day_of(start_of(day)) == day_of(end_of(day) - 1) == day


@given(st.dates(max_value=dt.date(9999, 12, 30)))
def test_the_next_day_begins_where_a_day_ends(day: dt.date) -> None:
    assert end_of(day) == start_of(day + dt.timedelta(days=1))


def test_a_day_has_room_for_sixteen_million_papers_and_every_day_fits_64_bits() -> None:
    assert end_of(dt.date.max) - start_of(dt.date.max) == 2**24
    assert end_of(dt.date.max) < 2**63
