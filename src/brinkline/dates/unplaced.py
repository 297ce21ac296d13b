"""Clock times and parts of the day, and expressions without a place in time: durations, sets, vague references."""

from __future__ import annotations

from dataclasses import replace

from brinkline.calendar import add_days
from brinkline.dates import values
from brinkline.dates.counted import open_value
from brinkline.dates.find import Found
from brinkline.dates.lexicon import word_value
from brinkline.dates.line import Line
from brinkline.dates.parts import count_of, is_singular, month_of, step_of, unit_of
from brinkline.dates.readings import Reading, point_at, unplaced
from brinkline.model import Day

_VAGUE_ANCHORS = {
    "PRESENT_REF": "the time of the narrative line, not fixed by a date",
    "PAST_REF": "some time before, not fixed by a date",
    "FUTURE_REF": "some time after, not fixed by a date",
}
_SET_VALUES = {"N": "XXXX-XX-XXTNI", "H": "XXXX-XX-XXTXX", "TH": "XXXX-XX-XXTXX"}


def read_time(found: Found, line: Line) -> Reading | None:
    """A clock time on the last day of the line; None for an hour that no clock shows."""
    if found.has("noon"):
        return _on_day(line.day, str(word_value("NOON", found.slot("noon"))))
    clock = found.slot("clock").replace(".", ":")
    if clock.isdigit():
        clock = f"{clock[:2]}:{clock[2:]}"
    hour, _, minute = (clock or found.slot("hour")).partition(":")
    hours = int(hour)
    if found.has("half"):
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if word_value("AMPM", found.slot("half")) == "pm" else 0)
    return _on_day(line.day, f"{hours:02d}:{minute or '00'}")


def read_day_part(found: Found, line: Line) -> Reading | None:
    """That night, the next morning; a part of the day without such a word stays open."""
    code = str(word_value("DAYPART", found.slot("daypart")))
    if not found.has("ref") and not line.at_day:
        return unplaced(f"XXXX-XX-XXT{code}", "some day", type="TIME", kind="time")
    step = step_of(found.slot("ref"))
    day = add_days(line.day, step) if line.day else None
    reading = _on_day(day, code)
    return replace(reading, point=point_at(reading.meaning)) if step > 0 else reading


def _on_day(day: Day | None, clock: str) -> Reading:
    if day is None:
        return unplaced(f"XXXX-XX-XXT{clock}", "the day is not known", type="TIME", kind="time")
    meaning = values.of_day(day)
    anchor = f"on {meaning.words}, the last day of the narrative line"
    return Reading(replace(meaning, precision="time"), "TIME", "time", anchor, f"{meaning.timex}T{clock}")


def read_duration(found: Found, line: Line) -> Reading | None:
    """For 15 months, 30 hours, several days: a TimeML duration, X for an amount that is not said."""
    unit, count = unit_of(found), count_of(found.slots.get("count", ()))
    if count is None and not found.has("vague") and is_singular(found):
        count = 1
    if found.has("half") and count is not None:
        count += 0.5
    if found.slot("count").lower() in ("a", "an") and not is_singular(found):
        count = None
    if unit == "2W":
        unit, count = "W", None if count is None else count * 2
    amount = "X" if count is None else f"{count:g}"
    value = f"PT{amount}{unit[1:]}" if unit.startswith("T") else f"P{amount}{unit}"
    return unplaced(value, "a length of time, no place in time", type="DURATION", kind="duration")


def read_set(found: Found, line: Line) -> Reading | None:
    """Every Friday, daily, each year."""
    count = count_of(found.slots.get("count", ()))
    if count is not None:
        value = f"P{count:g}{unit_of(found)}"
    elif found.has("weekday"):
        value = f"XXXX-WXX-{word_value('WEEKDAY', found.slot('weekday'))}"
    elif found.has("daypart"):
        value = f"XXXX-XX-XXT{word_value('DAYPART', found.slot('daypart'))}"
    elif found.has("month"):
        value = f"XXXX-{month_of(found):02d}"
    elif found.has("season"):
        value = f"XXXX-{word_value('SEASON', found.slot('season'))}"
    else:
        unit = next((name[5:].upper() for name in found.slots if name.startswith("unit_")), "") or unit_of(found)
        value = _SET_VALUES.get(unit) or open_value(unit)
    return unplaced(value, "again and again, no single day", type="SET", kind="set")


def read_vague(found: Found, line: Line) -> Reading | None:
    """Now, recently, at that time: a reference without a place in time; the value stands with the pattern."""
    value = found.options.get("value", "null")
    return unplaced(value, _VAGUE_ANCHORS.get(value, "a time the narrative does not fix"))
