"""Dates: ``find_dates`` gives the date expressions of a narrative and what each means."""

from __future__ import annotations

import re

from brinkline.dates.calendar import is_day, last_day
from brinkline.model import Day, Narrative, Sentence, Timex, When

__all__ = ["find_dates"]

_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?({'|'.join(_MONTHS)})(?: (\d{{1,2}})\b)?(?:,? (\d{{4}})\b)?|\b(1[5-9]\d\d|20\d\d)\b"
)


def find_dates(narrative: Narrative, sentences: tuple[Sentence, ...]) -> tuple[When, ...]:
    """The date expressions of a narrative in the order of the text, references left out."""
    found: list[When] = []
    year: int | None = None
    for sentence in sentences:
        if sentence.section in ("references", "updated"):
            continue
        for match in _DATE.finditer(narrative.text, sentence.start, sentence.end):
            year = int(match[4] or match[5] or 0) or year
            if year is not None:
                found.append(_when(match, year))
    return tuple(found)


def _when(match: re.Match[str], year: int) -> When:
    month = _MONTHS.index(match[2]) + 1 if match[2] else 0
    day = int(match[1] or match[3] or 0)
    if month and is_day(year, month, day):
        bounds, edtf = (Day(year, month, day), Day(year, month, day)), f"{year:04d}-{month:02d}-{day:02d}"
    elif month:
        bounds, edtf = (Day(year, month, 1), last_day(year, month)), f"{year:04d}-{month:02d}"
    else:
        bounds, edtf = (Day(year, 1, 1), Day(year, 12, 31)), f"{year:04d}"
    precision = "day" if edtf.count("-") == 2 else "month" if month else "year"
    return When(
        match.start(), match.end(), match[0], Timex("DATE", edtf), edtf, *bounds, precision, "date", "as written", "simple"
    )
