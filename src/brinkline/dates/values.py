"""What a calendar expression stands for: bounds, EDTF text, TIMEX3 value and words, from year, month, day and the like.

Years are astronomical (year 0 is 1 BC). EDTF is ISO 8601-2, levels 0 to 2; TIMEX3 values follow TimeML 1.2.1 with the
TIDES forms for years before Christ ("BC0490"), decades ("193"), centuries ("19") and seasons ("1944-SU").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from brinkline.calendar import iso_week, last_day, month_length, part_of_month, week_of
from brinkline.model import Day, Precision
from brinkline.plain import MONTHS

Part = Literal["", "START", "MID", "END"]

SEASON_NAMES = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
_DAY_PARTS: dict[Part, Literal["early", "mid", "late"]] = {"START": "early", "MID": "mid", "END": "late"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means once its place in time is known. ``words`` names it for a reader."""

    edtf: str
    timex: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    words: str


def iso_year(year: int) -> str:
    """The year as EDTF and ISO 8601 write it: four digits, a minus before years below 0."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def timex_year(year: int) -> str:
    """The year as TIMEX3 writes it: "1937", "BC0490" for 490 BC (astronomical -489)."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def year_words(year: int) -> str:
    """The year for a reader: "1937", "490 BC"."""
    return str(year) if year > 0 else f"{1 - year} BC"


def of_day(day: Day) -> Meaning:
    """A day."""
    tail = f"-{day.month:02d}-{day.day:02d}"
    words = f"{day.day} {MONTHS[day.month - 1]} {year_words(day.year)}"
    return Meaning(iso_year(day.year) + tail, timex_year(day.year) + tail, day, day, "day", words)


def of_month(year: int, month: int, part: Part = "") -> Meaning:
    """A month, or its early, middle or late part; the part narrows the bounds only."""
    tail = f"-{month:02d}"
    first, last = Day(year, month, 1), last_day(year, month)
    if part:
        first, last = part_of_month(year, month, _DAY_PARTS[part])
    words = f"{_part_words(part)}{MONTHS[month - 1]} {year_words(year)}"
    return Meaning(iso_year(year) + tail, timex_year(year) + tail, first, last, "month", words)


def of_year(year: int, part: Part = "") -> Meaning:
    """A year, or its first, middle or last four months."""
    months = {"": (1, 12), "START": (1, 4), "MID": (5, 8), "END": (9, 12)}[part]
    words = f"{_part_words(part)}{year_words(year)}"
    return Meaning(iso_year(year), timex_year(year), Day(year, months[0], 1), last_day(year, months[1]), "year", words)


def of_half(year: int, half: int) -> Meaning:
    """The first or second half of a year."""
    first = 1 if half == 1 else 7
    code = 39 + half
    words = f"{'first' if half == 1 else 'second'} half of {year_words(year)}"
    return Meaning(
        f"{iso_year(year)}-{code}",
        f"{timex_year(year)}-H{half}",
        Day(year, first, 1),
        last_day(year, first + 5),
        "interval",
        words,
    )


def of_quarter(year: int, quarter: int) -> Meaning:
    """A quarter of a year."""
    first = 3 * quarter - 2
    words = f"quarter {quarter} of {year_words(year)}"
    return Meaning(
        f"{iso_year(year)}-{32 + quarter}", f"{timex_year(year)}-Q{quarter}", Day(year, first, 1), last_day(year, first + 2),
        "quarter", words,
    )  # fmt: skip


def of_season(year: int, season: str, part: Part = "", year_end: int | None = None, stated: bool = False) -> Meaning:
    """A season. Winters reach over the year's end.

    A winter drawn from context is named after its January. A winter whose year is ``stated`` ("the winter of 1941") may
    be either one, so its bounds hold both; "the winter of 1939-40" (``year_end``) is exact.
    """
    words = f"{_part_words(part)}{SEASON_NAMES[season]} {year_words(year)}"
    edtf, timex = f"{iso_year(year)}-{_SEASON_EDTF[season]}", f"{timex_year(year)}-{season}"
    if season == "WI":
        if year_end is not None:
            first, last = Day(year, 12, 1), last_day(year + 1, 2)
        elif stated:
            first, last = Day(year, 1, 1), last_day(year + 1, 2)
        else:
            first, last = Day(year - 1, 12, 1), last_day(year, 2)
        return Meaning(edtf, timex, first, last, "season", words)
    start, stop = _SEASON_MONTHS[season]
    if part:
        start = stop = start + {"START": 0, "MID": 1, "END": 2}[part]
    return Meaning(edtf, timex, Day(year, start, 1), last_day(year, stop), "season", words)


def of_southern_season(year: int, season: str) -> Meaning:
    """A season of the southern hemisphere; EDTF codes 29 to 32. Its summer begins in the December before."""
    start = {"SP": 9, "SU": 12, "FA": 3, "WI": 6}[season]
    first = Day(year - 1 if season == "SU" else year, start, 1)
    last = last_day(year, 2 if season == "SU" else start + 2)
    words = f"southern {SEASON_NAMES[season]} {year_words(year)}"
    return Meaning(f"{iso_year(year)}-{_SEASON_EDTF[season] + 8}", f"{timex_year(year)}-{season}", first, last, "season", words)


def of_decade(year: int, part: Part = "") -> Meaning:
    """The ten years that begin with ``year`` (1930 for the 1930s; -478 for the 470s BC, that is 479 to 470 BC)."""
    first, last = {"": (0, 9), "START": (0, 3), "MID": (4, 6), "END": (7, 9)}[part]
    bounds = Day(year + first, 1, 1), Day(year + last, 12, 31)
    if year > 0:
        return Meaning(f"{year // 10:03d}X", f"{year // 10:03d}", *bounds, "decade", f"{_part_words(part)}{year}s")
    before = 1 - (year + 9)
    edtf = f"{iso_year(year)}/{iso_year(year + 9)}"
    return Meaning(edtf, f"BC{before // 10:03d}", *bounds, "decade", f"{_part_words(part)}{before}s BC")


def of_century(number: int, before_christ: bool, part: Part = "") -> Meaning:
    """The nth century AD (1801 to 1900 counted as 1800 to 1899, as EDTF and TIMEX3 do) or BC (400 to 301 for the 4th)."""
    first, last = {"": (0, 99), "START": (0, 33), "MID": (33, 66), "END": (66, 99)}[part]
    start = 1 - 100 * number if before_christ else 100 * (number - 1)
    bounds = Day(start + first, 1, 1), Day(start + last, 12, 31)
    words = f"{_part_words(part)}century {number}{' BC' if before_christ else ''}"
    if before_christ:
        edtf = f"{iso_year(start)}/{iso_year(start + 99)}"
        return Meaning(edtf, f"BC{number - 1:02d}", *bounds, "century", words)
    return Meaning(f"{number - 1:02d}XX", f"{number - 1:02d}", *bounds, "century", words)


def of_week(day: Day) -> Meaning:
    """The ISO week that holds a day."""
    year, week = iso_week(day)
    first, last = week_of(year, week)
    edtf = f"{of_day(first).edtf}/{of_day(last).edtf}"
    return Meaning(edtf, f"{timex_year(year)}-W{week:02d}", first, last, "week", f"the week of {of_day(first).words}")


def of_range(first: Day, last: Day) -> Meaning:
    """Some day between two days (EDTF: one of a set)."""
    edtf = f"[{of_day(first).edtf}..{of_day(last).edtf}]"
    return Meaning(edtf, "", first, last, "interval", f"between {of_day(first).words} and {of_day(last).words}")


def unknown(year: int | None, month: int | None, day: int | None) -> Meaning:
    """A date of which a part stays open, with X for what is not known."""
    shown = "XXXX" if year is None else iso_year(year)
    text = shown + (f"-{month:02d}" if month else "-XX") + (f"-{day:02d}" if day else "")
    precision: Precision = "day" if day else "month" if month else "none"
    return Meaning(text, text, None, None, precision, text)


def _part_words(part: Part) -> str:
    return {"": "", "START": "early ", "MID": "mid-", "END": "late "}[part]


def is_valid_day(month: int, day: int) -> bool:
    """Whether a day number can occur in a month of some year."""
    return 1 <= month <= 12 and 1 <= day <= month_length(2000, month)
