"""Day arithmetic against ``datetime`` where that reaches, and against known facts before year 1."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brinkline import calendar
from brinkline.model import Day


@given(st.dates(), st.integers(-100_000, 100_000))
def test_days_agree_with_datetime(date: datetime.date, days: int) -> None:
    day = Day(date.year, date.month, date.day)
    assert calendar.from_number(calendar.to_number(day)) == day
    assert calendar.weekday(day) == date.isoweekday()
    assert calendar.iso_week(day) == tuple(date.isocalendar())[:2]
    try:
        moved = date + datetime.timedelta(days=days)
    except OverflowError:
        return
    assert calendar.add_days(day, days) == (moved.year, moved.month, moved.day)
    assert calendar.days_between(day, calendar.add_days(day, days)) == days


@given(st.integers(-2_000_000, 2_000_000))
def test_numbers_and_days_are_one_to_one(number: int) -> None:
    day = calendar.from_number(number)
    assert calendar.is_day(*day)
    assert calendar.to_number(day) == number


def test_there_is_a_year_0_and_it_is_a_leap_year() -> None:
    assert calendar.add_days(Day(1, 1, 1), -1) == Day(0, 12, 31)
    assert calendar.add_days(Day(0, 2, 28), 1) == Day(0, 2, 29)
    assert calendar.days_between(Day(-480, 1, 1), Day(-479, 1, 1)) == 366


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (Day(1938, 1, 31), 1, Day(1938, 2, 28)),
        (Day(1936, 1, 31), 1, Day(1936, 2, 29)),
        (Day(1937, 11, 15), 3, Day(1938, 2, 15)),
        (Day(1, 1, 15), -1, Day(0, 12, 15)),
    ],
)
def test_months_are_added_within_the_calendar(start: Day, months: int, end: Day) -> None:
    assert calendar.add_months(start, months) == end


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        (None, (Day(1936, 2, 1), Day(1936, 2, 29))),
        (14, (Day(1936, 2, 14), Day(1936, 2, 14))),
        (66, (Day(1936, 2, 1), Day(1936, 2, 10))),
        (77, (Day(1936, 2, 11), Day(1936, 2, 20))),
        (88, (Day(1936, 2, 21), Day(1936, 2, 29))),
    ],
)
def test_icb_day_codes_go_both_ways(code: int | None, bounds: tuple[Day, Day]) -> None:
    assert calendar.icb_day_bounds(1936, 2, code) == bounds
    assert calendar.icb_day_code(*bounds) == code


def test_days_the_calendar_lacks_have_no_bounds() -> None:
    assert calendar.icb_day_bounds(1937, 2, 29) is None
    assert calendar.icb_day_bounds(1937, 13, 1) is None
    assert calendar.icb_day_code(Day(1937, 1, 30), Day(1937, 2, 2)) is None


def test_days_are_numbered_from_1970() -> None:
    assert calendar.to_number(Day(1970, 1, 1)) == 0


def test_weeks_begin_on_monday() -> None:
    assert calendar.week_of(1937, 27) == (Day(1937, 7, 5), Day(1937, 7, 11))
