"""From an expression and the narrative line to what it means: one function per form of expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, cast

from brinkline.dates import values
from brinkline.dates.calendar import add_days, add_months, is_day, weekday
from brinkline.dates.find import Found
from brinkline.dates.lexicon import digits, word_value
from brinkline.dates.line import Line, Point
from brinkline.dates.values import Meaning, Part
from brinkline.model import Day, WhenKind

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
NOTHING = Meaning("", "", None, None, "none", "")
_UNIT_DAYS = {"D": 1, "W": 7, "2W": 14}
_UNIT_MONTHS = {"M": 1, "Y": 12, "DE": 120, "CE": 1200}


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression: meaning, TIMEX3 type and modifier, kind, anchor in words, whether it moves the line."""

    meaning: Meaning
    type: TimexType
    kind: WhenKind
    anchor: str
    mod: str = ""
    point: Point | None = None
    timex: str | None = None


def resolve(found: Found, line: Line) -> Reading | None:
    """What an expression means at this place of the line; None when its parts make no date ("31 June")."""
    return _FORMS[found.form](found, line)


# ---- parts of expressions -------------------------------------------------------------------------------------------


def part_of(found: Found) -> Part:
    """The part of a period an expression speaks of: START, MID or END, "" for all of it."""
    text = found.slot("part").lower()
    fixed: dict[str, Part] = {"latter": "END", "later": "END", "final": "END", "last": "END", "first": "START"}
    if text in fixed:
        return fixed[text]
    return cast(Part, word_value("PART", text) or word_value("PARTNOUN", text) or "")


def year_of(found: Found, line: Line) -> int | None:
    """The astronomical year an expression states; None when it states none."""
    text = found.slot("year")
    if not text:
        if line.now and found.has("sameyear", "refyear"):
            return line.now.year + _step(found.slot("refyear"))
        return None
    year = digits(text)
    if len(text.strip("'’")) <= 2 and not found.has("era"):
        near = line.now.year if line.now else 1950
        century = near - near % 100
        return min((century + year - 100, century + year, century + year + 100), key=lambda other: abs(other - near))
    if found.has("era") and word_value("ERA", found.slot("era")) == "BC":
        return 1 - year
    return year


def month_of(found: Found) -> int:
    """The month number an expression states, 0 when it states none."""
    text = found.slot("month").rstrip(" .")
    return int(word_value("MONTH", text) or word_value("MONTHABBR", text) or 0)


def count_of(words: tuple[str, ...]) -> float | None:
    """The amount that words say ("two and a half" is 2.5, "a" is 1); None when they say no amount."""
    total, found = 0.0, False
    for word in (word.lower() for word in words):
        value = word_value("NUMWORD", word) or word_value("TENS", word) or {"dozen": 12}.get(word)
        if word[0].isdigit():
            total, found = total + float(word.replace(",", "")), True
        elif value:
            total, found = total + int(value), True
        elif word in ("hundred", "thousand"):
            total, found = max(total, 1) * (100 if word == "hundred" else 1000), True
        elif word == "half":
            total, found = (total + 0.5), True
        elif word in ("a", "an", "single", "per") and len(words) <= 2:
            total, found = max(total, 1), True
    if "half" in words and total == 1.5 and words[0].lower() == "half":
        total = 0.5
    return total if found else None


def unit_of(found: Found) -> str:
    """The unit of an expression by its TimeML letter ("D", "TH" for hours)."""
    text = found.slot("unit")
    return str(word_value("UNIT1", text) or word_value("UNITS", text) or "")


def _mod(found: Found, part: Part) -> str:
    return part or ("APPROX" if found.has("approx") else "")


def _point(day: Day | None, month: tuple[int, int] | None, words: str) -> Point | None:
    if day is not None:
        return Point(day.year, day.month, day.day, words)
    return Point(month[0], month[1], 0, words) if month else None


# ---- dates ----------------------------------------------------------------------------------------------------------


def _date(found: Found, line: Line) -> Reading | None:
    for name, handler in _DATE_PARTS:
        if found.has(name):
            return handler(found, line)
    return _plain_year(found, line)


def _iso(found: Found, line: Line) -> Reading | None:
    parts = [int(part) for part in found.slot("iso").split("-")]
    if len(parts) == 3:
        return _stated(values.of_day(Day(*parts)), found) if is_day(parts[0], parts[1], parts[2]) else None
    return _stated(values.of_month(parts[0], parts[1]), found)


def _slashed(found: Found, line: Line) -> Reading | None:
    first, second, year = (int(part) for part in found.slot("slashed").replace(".", "/").split("/"))
    if year < 100:
        year += 1900
    british, american = is_day(year, second, first), is_day(year, first, second)
    if british and american and first != second:
        timex = f"{values.timex_year(year)}-XX-XX"
        edtf = f"[{values.of_day(Day(year, first, second)).edtf},{values.of_day(Day(year, second, first)).edtf}]"
        bounds = sorted((Day(year, first, second), Day(year, second, first)))
        meaning = Meaning(edtf, timex, bounds[0], bounds[1], "day", f"a day of {year}")
        return Reading(meaning, "DATE", "date", "as written; day and month may stand in either order, left open")
    if british or american:
        return _stated(values.of_day(Day(year, second, first) if british else Day(year, first, second)), found)
    return None


def _stated(meaning: Meaning, found: Found, mod: str = "") -> Reading:
    assert_day = meaning.earliest
    point = None
    if assert_day is not None:
        point = Point(
            assert_day.year,
            assert_day.month if meaning.precision in ("day", "month", "season") else 0,
            assert_day.day if meaning.precision == "day" else 0,
            meaning.words,
        )
    return Reading(meaning, "DATE", "date", "as written", mod, point)


def _month_or_day(found: Found, line: Line) -> Reading | None:
    month, part = month_of(found), part_of(found)
    number = digits(found.slot("day")) if found.has("day") else 0
    if number and not values.is_valid_day(month, number):
        return None
    year, anchor = year_of(found, line), "as written"
    if found.has("sameyear", "refyear") and line.now:
        anchor = f"year of {line.now.words}, the running date"
    elif year is None:
        year, anchor = _year_from_line(found, line, month, number)
    if year is None:
        return Reading(values.unknown(None, month, number or None), "DATE", "date", anchor, part)
    if number and not is_day(year, month, number):
        return None
    meaning = values.of_day(Day(year, month, number)) if number else values.of_month(year, month, part)
    reading = Reading(meaning, "DATE", "date", anchor, _mod(found, part), Point(year, month, number, meaning.words))
    return _with_day_part(reading, found)


def _year_from_line(found: Found, line: Line, month: int, number: int) -> tuple[int | None, str]:
    if found.has("ref"):
        return _year_of_ref(found, line, month)
    year = line.year_for(month, number, back=found.opener == "since")
    if year is None or line.now is None:
        return None, "no year: the narrative gives none before or after"
    if line.use_span and line.span and line.span[0] <= Day(year, month, number or 15) <= line.span[1]:
        return year, f"year from the span of the case, {line.span_words}"
    return year, f"year from {line.now.words}, the running date"


def _year_of_ref(found: Found, line: Line, month: int) -> tuple[int | None, str]:
    if line.now is None:
        return None, "no running date to count from"
    step = _step(found.slot("ref"))
    year, now_month = line.now.year, line.now.month or 6
    if step > 0 and month <= now_month:
        year += 1
    elif step < 0 and month >= now_month:
        year -= 1
    return year, f"counted from {line.now.words}, the running date"


def _step(words: str) -> int:
    for word in words.lower().split():
        for name in ("AFTERREF", "BEFOREREF", "LATER", "EARLIER"):
            value = word_value(name, word)
            if value:
                return int(value)
        if word in ("ago",):
            return -1
        if word in ("hence",):
            return 1
    return 0


def _with_day_part(reading: Reading, found: Found) -> Reading:
    if not found.has("daypart"):
        return reading
    code = str(word_value("DAYPART", found.slot("daypart")))
    mod = {"early": "START", "late": "END"}.get(found.slot("hourpart").lower(), "")
    meaning = replace(reading.meaning, precision="time")
    return replace(reading, meaning=meaning, type="TIME", kind="time", timex=f"{reading.meaning.timex}T{code}", mod=mod)


def _day_alone(found: Found, line: Line) -> Reading | None:
    number = digits(found.slot("day"))
    day = line.day_for(number, back=found.opener == "of")
    if day is None or line.now is None:
        return Reading(values.unknown(None, None, number), "DATE", "date", "no month: no running date to count from")
    meaning = values.of_day(day)
    anchor = f"month and year from {line.now.words}, the running date"
    return _with_day_part(Reading(meaning, "DATE", "date", anchor, "", _point(day, None, meaning.words)), found)


def _season(found: Found, line: Line) -> Reading | None:
    text = found.slot("season")
    season, part = str(word_value("SEASON", text) or word_value("FALL", text)), part_of(found)
    year, anchor = year_of(found, line), "as written"
    stated = year is not None
    if year is None:
        general = season == "WI" and found.follower.islower() and found.noun_follows and not found.has("ref")
        if line.now is None or general:
            timex = f"XXXX-{season}"
            return Reading(Meaning("", timex, None, None, "season", text), "DATE", "date", "no year is given", part)
        year, anchor = _season_year(found, line, season), f"year from {line.now.words}, the running date"
    year_end = year + 1 if found.has("yearend") else None
    meaning = values.of_season(year, season, part, year_end, stated)
    month = {"SP": 4, "SU": 7, "FA": 10, "WI": 1 if not stated else 0}[season]
    point = Point(year, month, 0, meaning.words) if stated or season != "WI" else None
    return Reading(meaning, "DATE", "date", anchor, _mod(found, part), point)


def _season_year(found: Found, line: Line, season: str) -> int:
    if line.now is None:
        return 0
    month = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[season]
    year, now = line.now.year, line.now.month
    step = _step(found.slot("ref"))
    if not now:
        return year + step
    if step:
        return year + 1 if step > 0 and month <= now else year - 1 if step < 0 and month >= now else year
    if season == "WI":
        return year + 1 if now >= 7 else year
    return line.year_for(month, 0) or year


def _decade(found: Found, line: Line) -> Reading | None:
    year = digits(found.slot("decade"))
    if len(found.slot("decade").rstrip("s").strip("'’")) <= 2:
        year += (line.now.year // 100 * 100) if line.now else 1900
    if found.has("era") and word_value("ERA", found.slot("era")) == "BC":
        year = 1 - (year + 9)
    part = part_of(found)
    meaning = values.of_decade(year, part)
    return Reading(meaning, "DATE", "date", "as written", _mod(found, part))


def _century(found: Found, line: Line) -> Reading | None:
    text = found.slot("century")
    number = int(word_value("ORDWORD", text) or digits(text))
    if found.has("century_tens"):
        number += 20
    if not 1 <= number <= 40:
        return None
    part = part_of(found)
    before = found.has("era") and word_value("ERA", found.slot("era")) == "BC"
    return Reading(values.of_century(number, before, part), "DATE", "date", "as written", _mod(found, part))


def _plain_year(found: Found, line: Line) -> Reading | None:
    year = year_of(found, line)
    if year is None:
        return None
    part = part_of(found)
    if found.has("half"):
        meaning = values.of_half(year, 1 if found.slot("half").lower() == "first" else 2)
    elif found.has("quarter"):
        quarter = int(word_value("ORDWORD", found.slot("quarter")) or 0)
        if not 1 <= quarter <= 4:
            return None
        meaning = values.of_quarter(year, quarter)
    else:
        meaning = values.of_year(year, part)
    return Reading(meaning, "DATE", "date", "as written", _mod(found, part), Point(year, 0, 0, meaning.words))


def _holiday(found: Found, line: Line) -> Reading | None:
    if found.has("movable"):
        year = year_of(found, line) or (line.now.year if line.now else None)
        if year is None:
            return Reading(NOTHING, "DATE", "vague", "a feast without a year", timex="XXXX")
        return Reading(values.of_year(year), "DATE", "date", "year of the running date; the feast's day is not fixed")
    number = int(word_value("HOLIDAY", found.slot("holiday")) or 101)
    eve = found.has("eve")
    year, anchor = year_of(found, line), "as written"
    if year is None:
        year, anchor = _year_from_line(found, line, number // 100, number % 100)
    if year is None:
        return Reading(values.unknown(None, number // 100, number % 100), "DATE", "date", anchor)
    day = add_days(Day(year, number // 100, number % 100), -1 if eve else 0)
    meaning = values.of_day(day)
    return _with_day_part(Reading(meaning, "DATE", "date", anchor, "", _point(day, None, meaning.words)), found)


_DATE_PARTS: tuple[tuple[str, Callable[[Found, Line], Reading | None]], ...] = (
    ("iso", _iso),
    ("slashed", _slashed),
    ("season", _season),
    ("month", _month_or_day),
    ("day", _day_alone),
    ("decade", _decade),
    ("century", _century),
    ("holiday", _holiday),
    ("newyear", _holiday),
    ("movable", _holiday),
)


# ---- times of the day -------------------------------------------------------------------------------------------------


def _today(line: Line) -> str:
    return values.of_day(line.day).timex if line.day else "XXXX-XX-XX"


def _on_day(line: Line, timex: str, mod: str = "") -> Reading:
    day = line.day
    if day is None:
        return Reading(replace(NOTHING, precision="time"), "TIME", "time", "the day is not known", mod, timex=timex)
    meaning = replace(values.of_day(day), precision="time")
    return Reading(meaning, "TIME", "time", f"on {meaning.words}, the last day of the narrative line", mod, timex=timex)


def _time(found: Found, line: Line) -> Reading | None:
    half = word_value("AMPM", found.slot("half")) if found.has("half") else None
    if found.has("noon"):
        clock = str(word_value("NOON", found.slot("noon")))
    else:
        hour, _, minute = (found.slot("clock") or found.slot("hour")).partition(":")
        hours = int(hour)
        if half and not 1 <= hours <= 12:
            return None
        if half:
            hours = hours % 12 + (12 if half == "pm" else 0)
        clock = f"{hours:02d}:{minute or '00'}"
    return _on_day(line, f"{_today(line)}T{clock}")


def _daypart(found: Found, line: Line) -> Reading | None:
    code = str(word_value("DAYPART", found.slot("daypart")))
    step = _step(found.slot("ref"))
    if step and line.day:
        day = add_days(line.day, step)
        reading = _on_day(Line(day=day), f"{values.of_day(day).timex}T{code}")
        return replace(reading, point=_point(day, None, values.of_day(day).words))
    if found.has("ref"):
        return _on_day(line, f"{_today(line)}T{code}")
    return Reading(replace(NOTHING, precision="time"), "TIME", "time", "some day", timex=f"XXXX-XX-XXT{code}")


def _weekday(found: Found, line: Line) -> Reading | None:
    number = int(word_value("WEEKDAY", found.slot("weekday")) or 0)
    if line.day is None:
        meaning = replace(NOTHING, timex=f"XXXX-WXX-{number}", precision="day")
        return Reading(meaning, "DATE", "date", "no running day to count from")
    distance = (number - weekday(line.day)) % 7
    step = _step(found.slot("ref"))
    if step < 0 or (step == 0 and distance > 3):
        distance -= 7
    elif step > 0 and distance == 0:
        distance = 7
    day = add_days(line.day, distance)
    meaning = values.of_day(day)
    anchor = f"{found.slot('weekday')} nearest to {values.of_day(line.day).words}, the last day of the narrative line"
    return _with_day_part(Reading(meaning, "DATE", "date", anchor, "", _point(day, None, meaning.words)), found)


# ---- counted from the running date ------------------------------------------------------------------------------------


def _relative(found: Found, line: Line) -> Reading | None:
    unit, part, step = unit_of(found), part_of(found), _step(found.slot("ref"))
    if found.has("nth"):
        return Reading(NOTHING, "DATE", "vague", "a day counted from an event, not from a date", timex="XXXX-XX-XX")
    if found.slot("unit").lower() == "date":
        unit = "D"
    if found.slot("ref").lower().split()[-1:] == ["past"] or (
        found.slot("ref").lower() == "next" and unit != "D" and found.opener == "for"
    ):
        return Reading(NOTHING, "DURATION", "duration", "a length of time, no place in time", timex=f"P1{unit}")
    if unit.startswith("T"):
        return Reading(NOTHING, "TIME", "vague", "no clock time to count from", timex="null")
    if line.now is None or (unit in ("D", "W", "2W") and line.day is None):
        shown = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")
        return Reading(NOTHING, "DATE", "vague", "no running date to count from", part, timex=shown)
    meaning = _shifted(line, unit, step, part)
    if meaning is None:
        return Reading(NOTHING, "DATE", "vague", "the running date is too coarse to count from", timex="null")
    origin = values.of_day(line.day).words if unit in ("D", "W") and line.day else line.now.words
    name = found.slot("unit").lower()
    relation = {1: f"{name} after", -1: f"{name} before", 0: "same as" if unit == "D" else f"{name} of"}[step]
    anchor = f"{relation} {origin}, the last date of the narrative line"
    point = None
    if meaning.earliest and step >= 0 and unit != "W":
        first = meaning.earliest
        point = Point(first.year, first.month if unit in ("D", "M") else 0, first.day if unit == "D" else 0, meaning.words)
        if step == 0 and unit != "D":
            point = line.now
    return Reading(meaning, "DATE", "date", anchor, part, point)


def _shifted(line: Line, unit: str, step: int, part: Part) -> Meaning | None:
    now = line.now
    if now is None:
        return None
    if unit == "D" and line.day:
        return values.of_day(add_days(line.day, step))
    if unit in ("W", "2W") and line.day:
        return values.of_week(add_days(line.day, 7 * step))
    if unit == "M" and now.month:
        index = now.year * 12 + now.month - 1 + step
        return values.of_month(index // 12, index % 12 + 1, part)
    if unit == "Y":
        return values.of_year(now.year + step, part)
    if unit == "DE":
        decade = now.year // 10 * 10 if now.year > 0 else -((-now.year) // 10 * 10) - 9
        return values.of_decade(decade + 10 * step, part)
    if unit == "CE":
        century = (now.year - 1) // 100 + 1 + step if now.year > 0 else (-now.year) // 100 + 1 - step
        return values.of_century(century, now.year <= 0, part)
    return None


def _offset(found: Found, line: Line) -> Reading | None:
    unit, count = unit_of(found), count_of(found.slots.get("count", ()))
    step = _step(found.slot("direction"))
    if (
        found.slot("direction").lower() in ("after", "before")
        and found.follower.isalnum()
        and found.follower not in ("that", "this")
    ):
        amount = f"{found.slot('count') or 'some'} {found.slot('unit')}".strip()
        anchor = f"{amount} {found.slot('direction')} an event that has no date here"
        return Reading(NOTHING, "DATE", "vague", anchor, timex=_open_value(unit))
    vague = count is None
    if vague or unit.startswith("T"):
        return _vague_offset(found, line, unit, step)
    if line.now is None:
        return Reading(NOTHING, "DATE", "vague", "no running date to count from", timex=_open_value(unit))
    assert count is not None
    origin = line.day if line.day else line.now.as_day()
    amount = f"{found.slot('count')} {found.slot('unit')}"
    if unit in _UNIT_DAYS:
        if not line.now.day and unit == "D":
            return Reading(NOTHING, "DATE", "vague", f"{amount} from a day that is not known", timex=_open_value(unit))
        day = add_days(origin, round(count * _UNIT_DAYS[unit]) * step)
        meaning = values.of_day(day)
        if unit != "D":
            meaning = replace(meaning, edtf=meaning.edtf + "~")
    else:
        moved = add_months(origin, round(count * _UNIT_MONTHS[unit]) * step)
        if unit == "M" and line.now.month:
            meaning = values.of_month(moved.year, moved.month)
        elif unit == "DE":
            meaning = values.of_decade(moved.year // 10 * 10)
        else:
            meaning = values.of_year(moved.year)
    relation = "after" if step > 0 else "before"
    anchor = f"{amount} {relation} {line.now.words}, the last date of the narrative line"
    first = meaning.earliest
    point = None
    if first is not None and step > 0:
        point = Point(
            first.year, first.month if meaning.precision in ("day", "month") else 0,
            first.day if meaning.precision == "day" else 0, meaning.words,
        )  # fmt: skip
    timex = values.of_week(meaning.earliest).timex if unit in ("W", "2W") and meaning.earliest else None
    return Reading(meaning, "DATE", "date", anchor, "", point, timex)


def _open_value(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")


def _vague_offset(found: Found, line: Line, unit: str, step: int) -> Reading:
    value = "FUTURE_REF" if step > 0 else "PAST_REF"
    if line.day and unit in _UNIT_DAYS and found.has("vague", "unit"):
        near, far = 2 * _UNIT_DAYS[unit] * step, 9 * _UNIT_DAYS[unit] * step
        bounds = sorted((add_days(line.day, near), add_days(line.day, far)))
        relation = "after" if step > 0 else "before"
        anchor = f"two to nine {found.slot('unit')} {relation} {values.of_day(line.day).words}"
        return Reading(values.of_range(bounds[0], bounds[1]), "DATE", "vague", anchor, timex=value)
    return Reading(NOTHING, "DATE", "vague", "how long is not said", timex=value)


# ---- durations, sets, vague -------------------------------------------------------------------------------------------


def _duration(found: Found, line: Line) -> Reading | None:
    unit, count = unit_of(found), count_of(found.slots.get("count", ()))
    if count is None and not found.has("vague") and found.has("ref") and unit_singular(found):
        count = 1
    if found.has("half") and count is not None:
        count += 0.5
    if found.slot("count").lower() in ("a", "an") and not unit_singular(found):
        count = None
    amount = "X" if count is None else f"{count:g}"
    if count is None and found.rule == "duration-long" and unit_singular(found):
        amount = "1"
    if unit == "2W":
        unit, amount = "W", amount if count is None else f"{count * 2:g}"
    value = f"PT{amount}{unit[1:]}" if unit.startswith("T") else f"P{amount}{unit}"
    return Reading(replace(NOTHING, edtf=""), "DURATION", "duration", "a length of time, no place in time", timex=value)


def _slice(found: Found, line: Line) -> Reading | None:
    """Part of a stated period counted in units: "the second week of August", "the first ten months of 1915"."""
    outer = _outer(found, line)
    unit = unit_of(found)
    count = count_of(found.slots.get("count", ())) or (1 if unit_singular(found) else None)
    value = f"P{'X' if count is None else format(count, 'g')}{unit}"
    if outer is None or outer.earliest is None or outer.latest is None or count is None or unit not in ("D", "W", "M", "Y"):
        return Reading(NOTHING, "DURATION", "duration", "part of a period that is not fixed by a date", timex=value)
    which = found.slot("which").lower()
    nth = int(word_value("ORDWORD", which) or 1)
    first, last = outer.earliest, outer.latest
    size = round(count)
    if which in ("last", "final", "closing"):
        start, stop = _back(last, unit, size), last
    else:
        start = _forward(first, unit, (nth - 1) * size)
        stop = add_days(_forward(start, unit, size), -1)
    if unit == "W" and stop > last >= start:
        stop = last
    if not first <= start <= stop <= last:
        return Reading(NOTHING, "DURATION", "duration", "more than the period holds", timex=value)
    words = f"{found.slot('which').lower()} {value[1:]} of {outer.words}"
    if start == stop:
        meaning = values.of_day(start)
        return Reading(meaning, "DATE", "date", f"counted in {outer.words}", "", _point(start, None, meaning.words))
    edtf = f"{values.of_day(start).edtf}/{values.of_day(stop).edtf}"
    meaning = Meaning(edtf, value, start, stop, "week" if unit == "W" and size == 1 else "interval", words)
    point = Point(start.year, start.month, 0, words) if unit in ("D", "W") else Point(start.year, 0, 0, words)
    return Reading(meaning, "DURATION", "interval", f"counted in {outer.words}", "", point)


def _outer(found: Found, line: Line) -> Meaning | None:
    if found.has("month"):
        month, year = month_of(found), year_of(found, line)
        year = year if year is not None else line.year_for(month, 0)
        return values.of_month(year, month) if year is not None else None
    if found.has("outer"):
        unit = str(word_value("UNIT1", found.slot("outer")))
        return _shifted(line, unit, 0, "")
    year = year_of(found, line)
    return values.of_year(year) if year is not None else None


def _forward(day: Day, unit: str, count: int) -> Day:
    return add_days(day, count * (7 if unit == "W" else 1)) if unit in "DW" else add_months(day, count * _UNIT_MONTHS[unit])


def _back(last: Day, unit: str, count: int) -> Day:
    if unit in "DW":
        return add_days(last, 1 - count * (7 if unit == "W" else 1))
    return add_months(Day(last.year, last.month, 1), 1 - count * _UNIT_MONTHS[unit])


def unit_singular(found: Found) -> bool:
    """Whether the unit is written in the singular."""
    return word_value("UNIT1", found.slot("unit")) is not None


def _set(found: Found, line: Line) -> Reading | None:
    letter = next((name[5:] for name in found.slots if name.startswith("unit_")), "")
    if found.has("weekday"):
        value = f"XXXX-WXX-{word_value('WEEKDAY', found.slot('weekday'))}"
    elif found.has("daypart"):
        value = f"XXXX-XX-XXT{word_value('DAYPART', found.slot('daypart'))}"
    elif found.has("season"):
        value = f"XXXX-{word_value('SEASON', found.slot('season'))}"
    else:
        unit = letter.upper() or unit_of(found)
        value = {"N": "XXXX-XX-XXTNI", "H": "XXXX-XX-XXTXX", "TH": "XXXX-XX-XXTXX"}.get(unit) or _open_value(unit)
    return Reading(NOTHING, "SET", "set", "again and again, no single day", timex=value)


def _vague(found: Found, line: Line) -> Reading | None:
    value = found.options.get("value", "null")
    about = {
        "PRESENT_REF": "the time of the narrative line, not fixed by a date",
        "PAST_REF": "some time before, not fixed by a date",
        "FUTURE_REF": "some time after, not fixed by a date",
    }.get(value, "a time the narrative does not fix")
    return Reading(NOTHING, "DATE", "vague", about, timex=value)


_FORMS: dict[str, Callable[[Found, Line], Reading | None]] = {
    "date": _date,
    "time": _time,
    "daypart": _daypart,
    "weekday": _weekday,
    "relative": _relative,
    "offset": _offset,
    "duration": _duration,
    "slice": _slice,
    "set": _set,
    "vague": _vague,
}
