"""Expressions counted from the running date: that day, the next month, four days later, Friday, the last week of August."""

from __future__ import annotations

from dataclasses import replace

from brinkline.calendar import add_days, add_months, weekday
from brinkline.dates import values
from brinkline.dates.find import Found
from brinkline.dates.lexicon import word_value
from brinkline.dates.line import Line, Point
from brinkline.dates.parts import count_of, is_singular, month_of, part_of, step_of, unit_of, year_of
from brinkline.dates.readings import Reading, placed, point_at, unplaced, with_day_part
from brinkline.dates.values import Meaning, Part
from brinkline.model import Day

UNIT_DAYS = {"D": 1, "W": 7, "2W": 14}
UNIT_MONTHS = {"M": 1, "Y": 12, "DE": 120, "CE": 1200}
_OPEN_VALUES = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "M": "XXXX-XX"}
_LONGEST = 1_500_000
_LAST = ("last", "final", "closing")


def open_value(unit: str) -> str:
    """The TIMEX3 value of some day, week, month or year."""
    return _OPEN_VALUES.get(unit, "XXXX")


def read_weekday(found: Found, line: Line) -> Reading | None:
    """A weekday: the one nearest to the last day of the line, or the next or last one when it says so."""
    number = int(word_value("WEEKDAY", found.slot("weekday")) or 0)
    if line.day is None:
        return unplaced(f"XXXX-WXX-{number}", "no running day to count from", kind="date")
    distance = (number - weekday(line.day)) % 7
    step = step_of(found.slot("ref"))
    if step < 0 or (step == 0 and distance > 3):
        distance -= 7
    elif step > 0 and distance == 0:
        distance = 7
    anchor = f"{found.slot('weekday')} nearest to {values.of_day(line.day).words}, the last day of the narrative line"
    return with_day_part(placed(values.of_day(add_days(line.day, distance)), anchor), found)


def read_weekend(found: Found, line: Line) -> Reading | None:
    """The weekend: Saturday and Sunday that follow the last day of the line or hold it, or the next or last ones."""
    if line.day is None:
        return unplaced("XXXX-WXX-WE", "no running day to count from")
    today, step = weekday(line.day), step_of(found.slot("ref"))
    distance = -1 if today == 7 else 6 - today
    if step < 0:
        distance -= 7
    elif step > 0 and today >= 6:
        distance += 7
    saturday = add_days(line.day, distance)
    sunday = add_days(saturday, 1)
    edtf = f"{values.of_day(saturday).edtf}/{values.of_day(sunday).edtf}"
    value = f"{values.of_week(saturday).timex}-WE"
    meaning = Meaning(edtf, value, saturday, sunday, "interval", f"the weekend of {values.of_day(saturday).words}")
    anchor = f"weekend by {values.of_day(line.day).words}, the last day of the narrative line"
    return Reading(meaning, "DATE", "date", anchor, value)


def read_relative(found: Found, line: Line) -> Reading | None:
    """That day, the same month, the following year, the end of the month."""
    if found.has("nth"):
        return unplaced("XXXX-XX-XX", "a day counted from an event, not from a date")
    unit, part, step = unit_of(found), part_of(found), step_of(found.slot("ref"))
    if found.slot("unit").lower() == "date":
        unit = "D"
    ref = found.slot("ref").lower()
    if ref in ("after", "before") and _has_object(found):
        return unplaced(open_value(unit), f"the {found.slot('unit')} {ref} an event that has no date here")
    if ref == "past" or (ref == "next" and unit != "D" and found.opener == "for"):
        return unplaced(f"P1{unit}", "a length of time, no place in time", type="DURATION", kind="duration")
    if unit.startswith("T"):
        return unplaced("null", "no clock time to count from", type="TIME")
    if line.now is None or (unit in UNIT_DAYS and line.day is None):
        return unplaced(open_value(unit), "no running date to count from", mod=part)
    meaning = shifted(line, unit, step, part)
    if meaning is None:
        return unplaced("null", f"{line.now.words}, the running date, is too coarse to count from")
    return _from_running(found, line, line.now, meaning, unit, step, part)


def _from_running(found: Found, line: Line, now: Point, meaning: Meaning, unit: str, step: int, part: Part) -> Reading:
    origin = values.of_day(line.day).words if unit in UNIT_DAYS and line.day else now.words
    name = found.slot("unit").lower()
    relation = {1: f"{name} after", -1: f"{name} before", 0: "same as" if unit == "D" else f"{name} of"}[step]
    reading = placed(meaning, f"{relation} {origin}, the last date of the narrative line", part)
    if unit in ("W", "2W"):
        return replace(reading, point=None)
    return replace(reading, point=now) if step == 0 and unit != "D" else reading


def shifted(line: Line, unit: str, step: int, part: Part) -> Meaning | None:
    """The day, week, month, year, decade or century ``step`` units from the running date; None when it is too coarse."""
    now = line.now
    if now is None:
        return None
    if unit in UNIT_DAYS and line.day:
        return values.of_day(add_days(line.day, step)) if unit == "D" else values.of_week(add_days(line.day, 7 * step))
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
        return values.of_century(century, now.year <= 0, part) if century > 0 else None
    return None


def _has_object(found: Found) -> bool:
    """Whether after or before has an event to count from ("after the coup"); "after that" counts from the running date."""
    if found.has("object"):
        return found.slot("object").lower() not in ("that", "this")
    follower = found.follower.lower()
    return follower.isalnum() and follower not in ("that", "this", "and", "but") and word_value("VERB", follower) is None


def read_offset(found: Found, line: Line) -> Reading | None:
    """Four days later, two weeks earlier, a month before; open when counted from an event without a date."""
    unit, count = unit_of(found), count_of(found.slots.get("count", ()))
    direction, step = found.slot("direction").lower(), step_of(found.slot("direction"))
    amount = f"{found.slot('count') or found.slot('vague') or 'some'} {found.slot('unit')}"
    if direction in ("after", "before") and _has_object(found):
        return unplaced(open_value(unit), f"{amount} {direction} an event that has no date here")
    if count is None or unit.startswith("T"):
        return _vague_offset(found, line, unit, step, amount)
    if line.now is None:
        return unplaced(open_value(unit), "no running date to count from")
    if unit == "D" and not line.now.day:
        return unplaced(open_value(unit), f"{amount} from a day that is not known")
    days = count * (UNIT_DAYS.get(unit) or 31 * UNIT_MONTHS[unit])
    if days > _LONGEST:
        return unplaced(open_value(unit), f"{amount} is longer than the calendar reaches")
    meaning, timex = _moved(line, line.now, unit, count * step)
    relation = "after" if step > 0 else "before"
    reading = placed(meaning, f"{amount} {relation} {line.now.words}, the last date of the narrative line", moves=step > 0)
    return replace(reading, timex=timex or reading.timex)


def _moved(line: Line, now: Point, unit: str, count: float) -> tuple[Meaning, str]:
    """The date ``count`` units from the running date, and its TIMEX3 value where that is not the meaning's own."""
    origin = line.day if line.day else now.as_day()
    if unit in UNIT_DAYS:
        meaning = values.of_day(add_days(origin, round(count * UNIT_DAYS[unit])))
        if unit == "D" or meaning.earliest is None:
            return meaning, ""
        return replace(meaning, edtf=f"{meaning.edtf}~"), values.of_week(meaning.earliest).timex
    moved = add_months(origin, round(count * UNIT_MONTHS[unit]))
    if unit == "M" and now.month:
        return values.of_month(moved.year, moved.month), ""
    return (values.of_decade(moved.year // 10 * 10) if unit == "DE" and moved.year > 0 else values.of_year(moved.year)), ""


def _vague_offset(found: Found, line: Line, unit: str, step: int, amount: str) -> Reading:
    """A few days later: two to nine units from the last day, when there is one."""
    value = "FUTURE_REF" if step > 0 else "PAST_REF"
    if line.day is None or unit not in UNIT_DAYS:
        return unplaced(value, f"{amount} {'after' if step > 0 else 'before'} the running date; how long is not said")
    first, last = sorted(add_days(line.day, UNIT_DAYS[unit] * count * step) for count in (2, 9))
    relation = "after" if step > 0 else "before"
    anchor = f"two to nine {found.slot('unit')} {relation} {values.of_day(line.day).words}, the last day of the narrative line"
    return Reading(values.of_range(first, last), "DATE", "vague", anchor, value)


def read_slice(found: Found, line: Line) -> Reading | None:
    """Part of a stated period counted in units: the second week of August, the first ten months of 1915."""
    outer, unit = _outer(found, line), unit_of(found)
    count = count_of(found.slots.get("count", ())) or (1 if is_singular(found) else None)
    value = f"P{'X' if count is None else format(count, 'g')}{unit}"
    if outer is not None and outer.precision == "month" and outer.earliest is not None and count is None and unit == "D":
        return _edge_of_month(found, outer, outer.earliest, value)
    if outer is None or outer.earliest is None or outer.latest is None or count is None or unit not in ("D", "W", "M", "Y"):
        return unplaced(value, "part of a period that is not fixed by a date", type="DURATION", kind="duration")
    if count > 1000:
        return unplaced(value, f"more than {outer.words} holds", type="DURATION", kind="duration")
    start, stop = _cut(found.slot("which").lower(), outer.earliest, outer.latest, unit, round(count))
    if not outer.earliest <= start <= stop <= outer.latest:
        return unplaced(value, f"more than {outer.words} holds", type="DURATION", kind="duration")
    anchor = f"counted in {outer.words}"
    if start == stop:
        return placed(values.of_day(start), anchor)
    words = f"{found.slot('which').lower()} {found.slot('count')} {found.slot('unit')} of {outer.words}".replace("  ", " ")
    edtf = f"{values.of_day(start).edtf}/{values.of_day(stop).edtf}"
    meaning = Meaning(edtf, value, start, stop, "week" if unit == "W" and count == 1 else "interval", words)
    point = Point(start.year, start.month if unit in ("D", "W") else 0, 0, words)
    return Reading(meaning, "DURATION", "interval", anchor, value, "", point)


def _edge_of_month(found: Found, outer: Meaning, first: Day, value: str) -> Reading:
    """The first or last days of a month: its early or late part."""
    part: Part = "END" if found.slot("which").lower() in _LAST else "START"
    meaning = values.of_month(first.year, first.month, part)
    return Reading(meaning, "DURATION", "date", f"counted in {outer.words}", value, part, point_at(meaning))


def _cut(which: str, first: Day, last: Day, unit: str, size: int) -> tuple[Day, Day]:
    """First and last day of the nth or last ``size`` units of a period; a last week that is not full is cut short."""
    if which in _LAST:
        if unit in UNIT_DAYS:
            return add_days(last, 1 - size * UNIT_DAYS[unit]), last
        return add_months(Day(last.year, last.month, 1), 1 - size * UNIT_MONTHS[unit]), last
    nth = int(word_value("ORDWORD", which) or 1)
    start = _forward(first, unit, (nth - 1) * size)
    stop = add_days(_forward(start, unit, size), -1)
    return start, last if unit == "W" and stop > last >= start else stop


def _outer(found: Found, line: Line) -> Meaning | None:
    """The period that is cut: a month, a year, or the running month or year."""
    if found.has("month"):
        year = year_of(found, line)
        year = year if year is not None else line.year_for(month_of(found), 0)
        return values.of_month(year, month_of(found)) if year is not None else None
    if found.has("outer"):
        return shifted(line, str(word_value("UNIT1", found.slot("outer"))), 0, "")
    year = year_of(found, line)
    return values.of_year(year) if year is not None else None


def _forward(day: Day, unit: str, count: int) -> Day:
    return add_days(day, count * UNIT_DAYS[unit]) if unit in UNIT_DAYS else add_months(day, count * UNIT_MONTHS[unit])
