"""Cells of a table of codings as brinkline compares them: numbers without decoration, dates as one text."""

from __future__ import annotations

import re

from brinkline.calendar import month_length, to_number
from brinkline.model import Day
from brinkline.reference.codebook import PARTS_OF_MONTH, split_date

_NUMBER = re.compile(r"([+-]?)0*(\d+)(?:\.0*)?")
#: First and last day of the month that ICB's codes for a part of a month stand for.
_PARTS = {PARTS_OF_MONTH["early"]: (1, 10), PARTS_OF_MONTH["mid"]: (11, 20), PARTS_OF_MONTH["late"]: (21, 31)}
_POSSIBLE = (range(1, 10_000), range(1, 13), frozenset({*range(1, 32), *_PARTS}))


def plain_number(cell: str) -> str:
    """A whole number without zeros in front or ".0" behind (spreadsheets add both); any other text as it is.

    >>> plain_number("055"), plain_number("9.0"), plain_number("-7"), plain_number("about 9")
    ('55', '9', '-7', 'about 9')
    """
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return cell
    return ("-" if found[1] == "-" and found[2] != "0" else "") + found[2]


def joint_date(year: str, month: str, day: str) -> str:
    """Three cells as one date "YYYY-MM-DD" (the day may be 66, 77 or 88), cut off after the last part known.

    A part that is no possible number ends the date before it, as the parts of the ICB tables use 0 or empty cells for "not
    known"; "" when there is no year.

    >>> joint_date("1937", "6", "22"), joint_date("1937", "6", "66"), joint_date("1937", "", "22"), joint_date("", "6", "2")
    ('1937-06-22', '1937-06-66', '1937', '')
    """
    known = []
    for cell, possible, width in zip((year, month, day), _POSSIBLE, (4, 2, 2), strict=True):
        text = plain_number(cell.strip())
        if not text.isdecimal() or int(text) not in possible:
            break
        known.append(text.zfill(width))
    return "-".join(known)


def days(value: str) -> tuple[int, int] | None:
    """First and last day that a date means, as day numbers; one and the same for a full date. None when it is no date.

    >>> first, last = days("1937-06-66")
    >>> last - first
    9
    """
    try:
        year, month, day = split_date(value)
    except ValueError:
        return None
    if month is None:
        return to_number(Day(year or 0, 1, 1)), to_number(Day(year or 0, 12, 31))
    first = to_number(Day(year or 0, month, 1))
    length = month_length(year or 0, month)
    low, high = _PARTS.get(day or 0, (day, day) if day else (1, length))
    return None if low > length else (first + low - 1, first + min(high, length) - 1)
