"""``read_day``: the day of a "Last Updated" line. ICB is a project of the USA: 1/5/2004 is 5 January 2004."""

from __future__ import annotations

import re

from brinkline.calendar import is_day
from brinkline.model import Day, Notice
from brinkline.plain import MONTHS

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH = "(" + "|".join(_MONTHS) + r")[a-z]*\.?"
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)


def read_day(text: str, start: int, end: int) -> tuple[Day | None, Notice | None]:
    """The day written in the range, or None with a notice; month before day, unless only the other order exists."""
    line = text[start : min(end, start + 200)]
    notice = None
    day: Day | None = None
    if match := _ISO.match(line):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
    elif match := _SLASHED.match(line):
        year = int(match[3]) if len(match[3]) == 4 else 1900 + int(match[3]) + (100 if int(match[3]) < 70 else 0)
        day = _day(year, int(match[1]), int(match[2]))
        if day is None:
            day = _day(year, int(match[2]), int(match[1]))
            if day is not None:
                notice = Notice("BL317", f"{match[0]} read as day/month/year, since the month cannot be {match[1]}", start, end)
    elif match := _DAY_FIRST.match(line):
        day = _day(int(match[3]), _MONTHS[match[2].lower()[:3]], int(match[1]))
    elif match := _MONTH_FIRST.match(line):
        day = _day(int(match[3]), _MONTHS[match[1].lower()[:3]], int(match[2]))
    if day is None:
        notice = Notice("BL316", f"no day can be read from {line[:40]!r}", start, end)
    return day, notice


def _day(year: int, month: int, day: int) -> Day | None:
    if year >= 1 and is_day(year, month, day):
        return Day(year, month, day)
    return None
