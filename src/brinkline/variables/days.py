"""Dates as ICB writes them: "YYYY", "YYYY-MM" or "YYYY-MM-DD", where the day is 66, 77 or 88 for early, middle or late."""

from __future__ import annotations

import functools
import re

from brinkline.calendar import days_between
from brinkline.model import Day, When
from brinkline.reference.codebook import split_date
from brinkline.variables.finding import Finding

_YEAR = re.compile(r"\d{4}")
_PARTS = {"START": 66, "MID": 77, "END": 88}
#: How ICB counts a day it does not know exactly (coding guide, trgterra): early = 1st, middle = 15th, late = last.
_DAYS = {66: 1, 77: 15, 88: 28, None: 15}


def icb_date(when: When, *, last: bool = False) -> str | None:
    """The date in ICB's form, or None when not even its year is known; of a span of days the first one, or the ``last``."""
    first, final = when.earliest, when.latest
    if first is None or final is None:
        first = final = first or final
    if first is None or final is None or first.year < 1:
        return None
    day = final if last else first
    if first[:2] == final[:2] or when.precision in ("day", "time") or when.kind == "interval":
        if first == final or (final.day - first.day <= 4 and first[:2] == final[:2]) or when.kind == "interval":
            return day.iso()
        part = _PARTS.get(when.timex.mod)
        return f"{day.year:04d}-{day.month:02d}-{part}" if part else f"{day.year:04d}-{day.month:02d}"
    if first.year == final.year and when.precision == "month":
        return f"{day.year:04d}-{day.month:02d}"
    return f"{day.year:04d}"


def within_span(value: str, text: str, first: str | None, last: str | None) -> str:
    """The date, moved to the one year of the span in which its month and day fall when the words themselves give no year.

    "On 1 May" after a digression to 1878 means 1 May of the crisis if the crisis has exactly one such day.
    """
    if first is None or last is None or value.count("-") == 0 or _YEAR.search(text):
        return value
    lowest, highest = rough_day(first), rough_day(last)
    if lowest <= rough_day(value) <= highest:
        return value
    moved = [f"{year:04d}{value[4:]}" for year in range(lowest.year, highest.year + 1)]
    fitting = [other for other in moved if lowest <= rough_day(other) <= highest]
    return fitting[0] if len(fitting) == 1 else value


@functools.lru_cache(maxsize=4096)
def rough_day(value: str) -> Day:
    """A day that stands for an ICB date when dates are compared or counted."""
    year, month, day = split_date(value)
    return Day(year or 1, month or 6, _DAYS.get(day, day or 15))


def is_exact(value: str | None) -> bool:
    """True when the date names a calendar day."""
    if value is None:
        return False
    day = split_date(value)[2]
    return day is not None and day <= 31


def days_counted(first: Finding, last: Finding, one: str, other: str) -> Finding:
    """The days from one date to another as ICB counts them, the first day as day 1; nothing when a date is not known."""
    if not isinstance(first.value, str) or not isinstance(last.value, str):
        return Finding(None, "absent", "none", note=f"{one} or {other} is not known")
    days = days_between(rough_day(first.value), rough_day(last.value)) + 1
    if days < 1:
        return Finding(None, "absent", "none", note=f"{other} comes before {one}")
    return Finding(days, "inferred", "counted", first.evidence + last.evidence, (one, other))
