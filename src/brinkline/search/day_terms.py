"""Spans of days in a query: ``1937-06-22``, ``1937-06``, ``1937``, ``1937-06..1937-07``, ``..1939``, ``1945..``."""

from __future__ import annotations

import re

from brinkline.calendar import last_day, month_length
from brinkline.model import Day

_DAY = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")

#: First and last day, None where a side is open.
Days = tuple[Day | None, Day | None]


def days_named(text: str) -> Days | None:
    """The first and the last day of a span as written; None when it is none, or when it runs backwards.

    >>> days_named("1937-06..")
    (Day(year=1937, month=6, day=1), None)
    """
    left, dots, right = text.partition("..")
    if not dots:
        return _bounds(left)
    if not left and not right:
        return None
    first, last = _bounds(left), _bounds(right)
    if (left and first is None) or (right and last is None):
        return None
    since, until = (first[0] if first else None), (last[1] if last else None)
    return None if since and until and until < since else (since, until)


def days_text(days: Days) -> str:
    """A span in canonical form, shortened to a whole month or year where it is one.

    >>> days_text((Day(1937, 6, 1), Day(1937, 6, 30))), days_text((None, Day(1937, 6, 22)))
    ('1937-06', '..1937-06-22')
    """
    since, until = days
    if since and until:
        if since == until:
            return since.iso()
        if since.day == 1 and until == last_day(since.year, since.month):
            return since.iso()[:-3]
        if since[1:] == (1, 1) and until == Day(since.year, 12, 31):
            return since.iso()[:-6]
    return f"{since.iso() if since else ''}..{until.iso() if until else ''}"


def _bounds(text: str) -> tuple[Day, Day] | None:
    """First and last day that a day, month or year covers."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2] is None:
        return Day(year, 1, 1), Day(year, 12, 31)
    month = int(found[2])
    if not 1 <= month <= 12:
        return None
    if found[3] is None:
        return Day(year, month, 1), last_day(year, month)
    day = int(found[3])
    return (Day(year, month, day), Day(year, month, day)) if 1 <= day <= month_length(year, month) else None
