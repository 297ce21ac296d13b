"""Expressions of the calendar: days, months, seasons, years, decades, centuries, feasts.

What an expression leaves out (most often the year) is taken from the narrative line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from brinkline.calendar import add_days, is_day, julian_lag, last_day, weekday, western_easter
from brinkline.dates import values
from brinkline.dates.find import Found
from brinkline.dates.lexicon import digits, word_value
from brinkline.dates.line import Line, Point
from brinkline.dates.parts import bare_year, is_before_christ, mod_of, month_of, part_of, step_of, year_of
from brinkline.dates.readings import Reading, placed, unplaced, with_day_part
from brinkline.dates.values import Meaning
from brinkline.model import Day

WRITTEN = "as written"
_SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


def read_date(found: Found, line: Line) -> Reading | None:
    """The meaning of a calendar expression; None when its parts make no date ("31 June")."""
    for name, handler in _HANDLERS:
        if found.has(name):
            return handler(found, line)
    return _year(found, line)


def _iso(found: Found, line: Line) -> Reading | None:
    parts = [int(part) for part in found.slot("iso").split("-")]
    if len(parts) == 2:
        return placed(values.of_month(parts[0], parts[1]), WRITTEN)
    return placed(values.of_day(Day(*parts)), WRITTEN) if is_day(parts[0], parts[1], parts[2]) else None


def _slashed(found: Found, line: Line) -> Reading | None:
    first, second, year = (int(part) for part in found.slot("slashed").replace(".", "/").split("/"))
    if year < 100:
        year += 1900
    british, american = is_day(year, second, first), is_day(year, first, second)
    if british and american and first != second:
        one, two = sorted((Day(year, first, second), Day(year, second, first)))
        edtf = f"[{values.of_day(one).edtf},{values.of_day(two).edtf}]"
        meaning = Meaning(edtf, f"{values.timex_year(year)}-XX-XX", one, two, "day", f"a day of {year}")
        return placed(meaning, "as written; day and month may stand in either order, left open", moves=False)
    if british or american:
        return placed(values.of_day(Day(year, second, first) if british else Day(year, first, second)), WRITTEN)
    return None


def _month(found: Found, line: Line) -> Reading | None:
    """A month, or a day of a month."""
    if found.has("nthday"):
        return _weekday_of_month(found, line)
    month, number = month_of(found), digits(found.slot("day")) if found.has("day") else 0
    if number and not values.is_valid_day(month, number):
        return None
    year, anchor = year_of(found, line), WRITTEN
    if found.has("sameyear", "refyear") and line.now:
        anchor = f"year from {line.now.words}, the running date"
    elif year is None:
        year, anchor = _year_from_line(found, line, month, number)
    if year is None:
        unknown = values.unknown(None, month, number or None)
        return placed(unknown, anchor, mod_of(found), moves=False)
    if number and not is_day(year, month, number):
        return None
    if number and found.has("oldstyle"):
        lag = julian_lag(Day(year, month, number))
        day = values.of_day(add_days(Day(year, month, number), lag))
        return placed(day, f"{anchor}; Old Style, {lag} days behind the calendar of today")
    meaning = values.of_day(Day(year, month, number)) if number else values.of_month(year, month, part_of(found))
    if found.has("weekof"):
        return placed(values.of_week(Day(year, month, number)), anchor, moves=False)
    if found.has("half"):
        first = found.slot("half").lower() == "first"
        middle = Day(year, month, 15 if first else 16)
        meaning = replace(meaning, latest=middle) if first else replace(meaning, earliest=middle)
    return with_day_part(placed(meaning, anchor, mod_of(found)), found)


def _weekday_of_month(found: Found, line: Line) -> Reading | None:
    """The first Monday of May: a day counted in weeks from the first, or from the last, day of the month."""
    month, wanted = month_of(found), int(word_value("WEEKDAY", found.slot("nthday")) or 0)
    year, anchor = year_of(found, line), WRITTEN
    if year is None:
        year, anchor = _year_from_line(found, line, month, 0)
    if year is None:
        return placed(values.unknown(None, month, None), anchor, moves=False)
    if found.slot("nth").lower() == "last":
        last = last_day(year, month)
        day = add_days(last, -((weekday(last) - wanted) % 7))
    else:
        nth = int(word_value("ORDWORD", found.slot("nth")) or 1)
        day = add_days(Day(year, month, 1), (wanted - weekday(Day(year, month, 1))) % 7 + 7 * (nth - 1))
    return placed(values.of_day(day), anchor) if day.month == month else None


def _year_from_line(found: Found, line: Line, month: int, number: int) -> tuple[int | None, str]:
    """The year of a date that states none, and where it was taken from."""
    if line.now is None:
        return None, "no year: the narrative gives none"
    if found.has("ref"):
        return _next_or_last(line.now, month, step_of(found.slot("ref"))), f"counted from {line.now.words}, the running date"
    year = line.year_for(month, number, found.turn)
    if year is None:
        return None, f"no year near {line.now.words}, the running date, has this day"
    if line.use_span and line.span and line.span[0] <= Day(year, month, number or 15) <= line.span[1]:
        return year, f"year from the span of the case, {line.span_words}"
    return year, f"year from {line.now.words}, the running date"


def _next_or_last(now: Point, month: int, step: int) -> int:
    """The year of "the following April" (step 1) or "the previous April" (step -1)."""
    now_month = now.month or 6
    if step > 0 and month <= now_month:
        return now.year + 1
    if step < 0 and month >= now_month:
        return now.year - 1
    return now.year


def _day_alone(found: Found, line: Line) -> Reading | None:
    number = digits(found.slot("day"))
    day = line.day_for(number, found.turn)
    origin = line.now if line.now is not None and line.now.month else line.fine
    if day is None or origin is None:
        unknown = values.unknown(None, None, number)
        return placed(unknown, "no month: no running date to count from", moves=False)
    anchor = f"month and year from {origin.words}, the running date"
    return with_day_part(placed(values.of_day(day), anchor), found)


def _season(found: Found, line: Line) -> Reading | None:
    text = found.slot("season")
    season = str(word_value("SEASON", text) or word_value("FALL", text))
    year, anchor = bare_year(found, line) if found.has("bareyear") else year_of(found, line), WRITTEN
    if found.has("southern"):
        return _southern_season(found, line, season, year)
    stated = year is not None
    if year is None:
        general = season == "WI" and found.noun_follows and found.follower.islower() and not found.has("ref")
        if line.now is None or general:
            open_year = Meaning("", f"XXXX-{season}", None, None, "season", text)
            return placed(open_year, "a season of no single year" if general else "no year is given", mod_of(found))
        year, anchor = _season_year(found, line, line.now, season), f"year from {line.now.words}, the running date"
    meaning = values.of_season(year, season, part_of(found), year + 1 if found.has("yearend") else None, stated)
    reading = placed(meaning, anchor, mod_of(found), moves=False)
    if season == "WI" and not stated:
        return reading
    month = 0 if season == "WI" else _SEASON_MONTH[season]
    return Reading(meaning, "DATE", "date", anchor, meaning.timex, reading.mod, Point(year, month, 0, meaning.words))


def _southern_season(found: Found, line: Line, season: str, year: int | None) -> Reading | None:
    """A season said to be of the southern hemisphere: six months from its northern namesake."""
    anchor = WRITTEN
    if year is None:
        if line.now is None:
            return unplaced(f"XXXX-{season}", "no year is given", kind="date")
        year, anchor = line.now.year, f"year from {line.now.words}, the running date"
    return placed(values.of_southern_season(year, season), anchor, mod_of(found))


def _season_year(found: Found, line: Line, now: Point, season: str) -> int:
    """The year of a season that states none; a winter bears the year of its January."""
    month, step = _SEASON_MONTH[season], step_of(found.slot("ref"))
    if not now.month:
        return now.year + step
    if step:
        return _next_or_last(now, month, step)
    if season == "WI":
        return now.year + 1 if now.month >= 7 else now.year
    return line.year_for(month, 0) or now.year


def _decade(found: Found, line: Line) -> Reading | None:
    written = found.slot("decade").rstrip("s").strip("'’")
    year = digits(written)
    if len(written) <= 2:
        year += line.now.year // 100 * 100 if line.now else 1900
    early = len(written) == 3 and line.now is not None and line.now.year <= 0
    if is_before_christ(found) or (early and not found.has("era")):
        year = 1 - (year + 9)
    return placed(_half_of(found, values.of_decade(year, part_of(found))), WRITTEN, mod_of(found), moves=False)


def _half_of(found: Found, meaning: Meaning) -> Meaning:
    """The meaning of a decade or century, its bounds narrowed to the half the expression speaks of."""
    if not found.has("half") or meaning.earliest is None or meaning.latest is None:
        return meaning
    middle = (meaning.earliest.year + meaning.latest.year) // 2
    if found.slot("half").lower() == "first":
        return replace(meaning, latest=Day(middle, 12, 31))
    return replace(meaning, earliest=Day(middle + 1, 1, 1))


def _century(found: Found, line: Line) -> Reading | None:
    text = found.slot("century")
    number = int(word_value("ORDWORD", text) or digits(text)) + (20 if found.has("century_tens") else 0)
    if not 1 <= number <= 40:
        return None
    meaning = _half_of(found, values.of_century(number, is_before_christ(found), part_of(found)))
    return placed(meaning, WRITTEN, mod_of(found), moves=False)


def _bare_year(found: Found, line: Line) -> Reading | None:
    year = bare_year(found, line)
    if year is None or line.now is None:
        return None
    return placed(values.of_year(year, part_of(found)), f"era from {line.now.words}, the running date", mod_of(found))


def _year(found: Found, line: Line) -> Reading | None:
    year = year_of(found, line)
    if year is None:
        return None
    if found.has("half"):
        meaning = values.of_half(year, 1 if found.slot("half").lower() == "first" else 2)
    elif found.has("quarter"):
        quarter = int(word_value("ORDWORD", found.slot("quarter")) or 0)
        if not 1 <= quarter <= 4:
            return None
        meaning = values.of_quarter(year, quarter)
    else:
        meaning = values.of_year(year, part_of(found))
    return placed(meaning, WRITTEN, mod_of(found))


def _holiday(found: Found, line: Line) -> Reading | None:
    text = found.slot("holiday")
    number = 501 if found.has("mayday") else int(word_value("HOLIDAY", text) or word_value("NAMEDDAY", text) or 101)
    month, day = number // 100, number % 100
    year, anchor = year_of(found, line), WRITTEN
    if year is None:
        year, anchor = _year_from_line(found, line, month, day)
    if year is None:
        return placed(values.unknown(None, month, day), anchor, moves=False)
    meaning = values.of_day(add_days(Day(year, month, day), -1 if found.has("eve") else 0))
    return with_day_part(placed(meaning, anchor), found)


def _fixed_day(found: Found, line: Line) -> Reading | None:
    """D-Day and its like, where the narrative is within a year of them."""
    name = re.sub(r"[^a-z0-9/]", "", found.slot("fixed").lower())
    number = int(word_value("FIXEDDAY", name) or 0)
    year = number // 10000
    if name == "d" and (line.now is None or abs(line.now.year - year) > 1):
        return unplaced("XXXX-XX-XX", "a day that is named, but not dated", kind="date")
    return placed(values.of_day(Day(year, number // 100 % 100, number % 100)), "a day known by this name", moves=name == "d")


def _easter(found: Found, line: Line) -> Reading | None:
    """A feast counted from Easter Sunday; Easter itself is the time from Good Friday to Easter Monday."""
    year, anchor = year_of(found, line), WRITTEN
    name = found.follower[:1].isupper() and found.noun_follows and not found.has("year")
    if year is None:
        if line.now is None:
            return unplaced("XXXX", "a feast without a year")
        year, anchor = line.now.year, f"year from {line.now.words}, the running date"
    if name:
        return placed(values.of_year(year), f"{anchor}; the feast stands in a name", moves=False)
    sunday = western_easter(year)
    text, weekday_text = found.slot("easter"), found.slot("easterday")
    if weekday_text:
        days = int(word_value("FEASTDAY", text) or 0) + (word_value("WEEKDAY", weekday_text) == 1)
        return placed(values.of_day(add_days(sunday, days)), anchor)
    feast = add_days(sunday, int(word_value("FEAST", text) or 0))
    meaning = values.of_day(feast)
    first, last = add_days(feast, -2 if feast == sunday else 0), add_days(feast, 1)
    edtf = f"{values.of_day(first).edtf}/{values.of_day(last).edtf}"
    return placed(replace(meaning, edtf=edtf, earliest=first, latest=last, precision="interval"), anchor)


def _movable(found: Found, line: Line) -> Reading | None:
    year = year_of(found, line)
    stated = year is not None
    if year is None:
        if line.now is None:
            return unplaced("XXXX", "a feast without a year")
        year = line.now.year
    anchor = f"{WRITTEN if stated else 'year of the running date'}; the day of the feast differs from year to year"
    return placed(values.of_year(year), anchor, moves=stated)


_HANDLERS: tuple[tuple[str, Callable[[Found, Line], Reading | None]], ...] = (
    ("iso", _iso),
    ("slashed", _slashed),
    ("season", _season),
    ("month", _month),
    ("fixed", _fixed_day),
    ("easter", _easter),
    ("bareyear", _bare_year),
    ("day", _day_alone),
    ("decade", _decade),
    ("century", _century),
    ("holiday", _holiday),
    ("newyear", _holiday),
    ("mayday", _holiday),
    ("movable", _movable),
)
