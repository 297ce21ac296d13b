"""Arithmetic on days of the proleptic Gregorian calendar, years before year 1 included (year 0 is 1 BC).

The algorithm counts days from 1 March of year 0, in eras of 400 years (Hinnant 2013, "chrono-compatible low-level
date algorithms"), so it needs neither ``datetime`` nor any limit on years.
"""

from __future__ import annotations

import re
from typing import Literal

from brinkline.model import Day

Part = Literal["early", "mid", "late"]

_ISO = re.compile(r"(-?[0-9]{4,})-([0-9]{2})-([0-9]{2})")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ICB_PARTS: tuple[tuple[int, Part], ...] = ((66, "early"), (77, "mid"), (88, "late"))
_PART_BOUNDS: dict[Part, tuple[int, int]] = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def is_leap(year: int) -> bool:
    """Whether the year has 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days of a month; ``month`` from 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def last_day(year: int, month: int) -> Day:
    """The last day of a month."""
    return Day(year, month, month_length(year, month))


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def to_number(day: Day) -> int:
    """Days since 1970-01-01, negative before it."""
    year = day.year - (day.month <= 2)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * ((day.month + 9) % 12) + 2) // 5 + day.day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def from_number(number: int) -> Day:
    """The day that is ``number`` days after 1970-01-01."""
    number += 719468
    era = number // 146097
    of_era = number - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return Day(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


def add_days(day: Day, days: int) -> Day:
    """The day ``days`` later (earlier when negative)."""
    return from_number(to_number(day) + days)


def add_months(day: Day, months: int) -> Day:
    """The same day of the month ``months`` later, or the month's last day when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return Day(year, month, min(day.day, month_length(year, month)))


def days_between(first: Day, second: Day) -> int:
    """Days from ``first`` to ``second``; negative when ``second`` is the earlier one."""
    return to_number(second) - to_number(first)


def from_iso(text: str) -> Day:
    """The day that ``Day.iso`` wrote; ValueError for anything else."""
    match = _ISO.fullmatch(text)
    parts = [int(part) for part in match.groups()] if match else []
    if not parts or not is_day(*parts):
        raise ValueError(f"not a day in ISO 8601 form: {text!r}")
    return Day(*parts)


def weekday(day: Day) -> int:
    """The weekday from 1 (Monday) to 7 (Sunday)."""
    return (to_number(day) + 3) % 7 + 1


def iso_week(day: Day) -> tuple[int, int]:
    """The ISO 8601 year and week of a day."""
    thursday = add_days(day, 4 - weekday(day))
    return thursday.year, days_between(Day(thursday.year, 1, 1), thursday) // 7 + 1


def week_of(year: int, week: int) -> tuple[Day, Day]:
    """Monday and Sunday of an ISO 8601 week."""
    fourth = Day(year, 1, 4)
    monday = add_days(fourth, 1 - weekday(fourth) + 7 * (week - 1))
    return monday, add_days(monday, 6)


def julian_lag(day: Day) -> int:
    """How many days the Julian calendar (Old Style) is behind the Gregorian one on a Julian day: 13 in 1917."""
    year = day.year - (day.month <= 2)
    return year // 100 - year // 400 - 2


def western_easter(year: int) -> Day:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus 1991, "Astronomical Algorithms", ch. 8)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * shift + 114, 31)
    return Day(year, month, day + 1)


def part_of_month(year: int, month: int, part: Part) -> tuple[Day, Day]:
    """First and last day of the early (1-10), middle (11-20) or late (21-end) part of a month."""
    first, last = _PART_BOUNDS[part]
    return Day(year, month, first), Day(year, month, min(last, month_length(year, month)))


def icb_day_code(earliest: Day, latest: Day) -> int | None:
    """The day column of the ICB tables for these bounds: the day itself, or 66, 77 or 88 for early, middle or late.

    None when the bounds say no more than a month, or reach over two months. (ICB2 codebook: TRIGDAY, TERMDAY.)
    """
    if earliest == latest:
        return earliest.day
    if (earliest.year, earliest.month) != (latest.year, latest.month):
        return None
    for code, part in _ICB_PARTS:
        first, last = part_of_month(earliest.year, earliest.month, part)
        if first <= earliest and latest <= last:
            return code
    return None


def icb_day_bounds(year: int, month: int, code: int | None) -> tuple[Day, Day] | None:
    """First and last day an ICB day code stands for; None when the calendar has no such day.

    ``None`` as the code means the whole month; 66, 77 and 88 mean its early, middle and late part.
    """
    if not 1 <= month <= 12:
        return None
    if code is None:
        return Day(year, month, 1), last_day(year, month)
    for known, part in _ICB_PARTS:
        if code == known:
            return part_of_month(year, month, part)
    return (Day(year, month, code), Day(year, month, code)) if is_day(year, month, code) else None
