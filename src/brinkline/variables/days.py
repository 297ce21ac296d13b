"""Dates as ICB writes them: "YYYY", "YYYY-MM" or "YYYY-MM-DD", where the day is 66, 77 or 88 for early, middle or late."""

from __future__ import annotations

from brinkline.model import Day, When
from brinkline.reference.codebook import split_date

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
