"""Periods of validity as the reference tables write them: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or nothing."""

from __future__ import annotations

import calendar
import functools
from dataclasses import dataclass

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
    return Day(year, month, day or calendar.monthrange(year, month)[1])


def period(since: str, until: str) -> Period:
    """The widest period two table dates can mean; ValueError when a cell is not a date or the period runs backwards."""
    result = Period(first_day(since), last_day(until))
    if result.since and result.until and result.until < result.since:
        raise ValueError(f"a period runs backwards: {since} to {until}")
    return result


def _parts(text: str) -> tuple[int, int, int]:
    pieces = text.split("-")
    numbers = [int(piece) for piece in pieces]
    if not 1 <= len(pieces) <= 3 or len(pieces[0]) != 4 or any(len(piece) != 2 for piece in pieces[1:]):
        raise ValueError(f"not a table date: {text!r}")
    year, month, day = (*numbers, 0, 0)[:3]
    if len(pieces) > 1 and not 1 <= month <= 12:
        raise ValueError(f"no such month: {text!r}")
    if len(pieces) > 2 and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"no such day: {text!r}")
    return year, month, day
