"""Old Style dates: two names of one day, "25 October (7 November) 1917", and which of them is of the Julian calendar.

A date that is marked ("O.S.", "Old Style") has the part ``oldstyle`` from its pattern; here it is given to the earlier of
two days that stand together and lie exactly as far apart as the calendars do in that year.
"""

from __future__ import annotations

import re

from brinkline.calendar import days_between, is_day, julian_lag
from brinkline.dates.find import Found
from brinkline.dates.lexicon import digits
from brinkline.dates.parts import month_of
from brinkline.model import Day

_TOGETHER = re.compile(r"\s*[(\[/]\s*(?:[ON]\.S\.\s*|(?:Old|New) Style,?\s*)?\Z")
_YEAR_BEHIND = re.compile(r"\s*[)\]]\s*,?\s*\Z")
_DAY_PARTS = ("day", "month")


def mark_old_style(found: list[Found], text: str) -> None:
    """Gives two days that name one another the year they share, and the earlier one the part ``oldstyle``."""
    for index, one in enumerate(found[:-1]):
        other = found[index + 1]
        if not (_is_day(one) and _is_day(other) and _TOGETHER.match(text, one.end, other.start)):
            continue
        year = _shared_year(found, index, text)
        first, second = _day(one, year), _day(other, year)
        if year is None or first is None or second is None:
            continue
        early, late = (one, other) if first < second else (other, one)
        start, stop = min(first, second), max(first, second)
        if days_between(start, stop) != julian_lag(start):
            continue
        early.slots["oldstyle"] = early.slots["day"]
        for item in (early, late):
            if "year" not in item.slots:
                item.slots["year"], item.inherited = (str(year),), True


def _is_day(item: Found) -> bool:
    return item.form == "date" and all(item.has(part) for part in _DAY_PARTS)


def _shared_year(found: list[Found], index: int, text: str) -> int | None:
    """The year that one of the two days states, or that stands behind the bracket."""
    for item in found[index : index + 2]:
        if item.has("year") and not item.has("era"):
            return digits(item.slot("year"))
    behind = found[index + 2] if index + 2 < len(found) else None
    if behind is not None and behind.rule == "year" and _YEAR_BEHIND.match(text, found[index + 1].end, behind.start):
        return digits(behind.slot("year"))
    return None


def _day(item: Found, year: int | None) -> Day | None:
    month, number = month_of(item), digits(item.slot("day"))
    return Day(year, month, number) if year is not None and is_day(year, month, number) else None
