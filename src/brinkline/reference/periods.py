"""Periods of validity as the reference tables write them: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from brinkline.calendar import month_length
from brinkline.model import Day


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both days included; None is open on that side."""

    since: Day | None = None
    until: Day | None = None

    def covers(self, day: Day) -> bool:
        """Whether the day lies in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def overlaps(self, earliest: Day | None, latest: Day | None) -> bool:
        """Whether any day from ``earliest`` to ``latest`` (None = open) lies in the period."""
        begins_in_time = self.since is None or latest is None or self.since <= latest
        ends_in_time = self.until is None or earliest is None or earliest <= self.until
        return begins_in_time and ends_in_time


@functools.cache
def first_day(text: str) -> Day | None:
    """The first day a table date can mean, None for an empty cell; ValueError when it is not a date."""
    if not text:
        return None
    year, month, day = _parts(text)
    return Day(year, month or 1, day or 1)


@functools.cache
def last_day(text: str) -> Day | None:
    """The last day a table date can mean ("1936-02" is 29 February 1936), None for an empty cell; ValueError as above."""
    if not text:
        return None
    year, month, day = _parts(text)
    month = month or 12
    return Day(year, month, day or month_length(year, month))


def period(since: str, until: str) -> Period:
    """The widest period two table dates can mean; ValueError when a cell is not a date or the period runs backwards."""
    result = Period(first_day(since), last_day(until))
    if result.since and result.until and result.until < result.since:
        raise ValueError(f"a period runs backwards: {since} to {until}")
    return result


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day, 0 for what is not given. Thousands of cells are read at every start, so this is kept quick."""
    size = len(text)
    digits, dashes = text[:4] + text[5:7] + text[8:], text[4:5] + text[7:8]
    if size not in (4, 7, 10) or not digits.isdecimal() or dashes != "--"[: (size - 4) // 3]:
        raise ValueError(f"not a table date: {text!r}")
    year, month, day = int(text[:4]), int(text[5:7] or 0), int(text[8:] or 0)
    if size > 4 and not 1 <= month <= 12:
        raise ValueError(f"no such month: {text!r}")
    if size == 10 and not 1 <= day <= month_length(year, month):
        raise ValueError(f"no such day: {text!r}")
    return year, month, day
