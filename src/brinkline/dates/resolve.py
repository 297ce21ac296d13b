"""``resolve``: what an expression means at its place of the narrative line. One function per form of expression."""

from __future__ import annotations

from collections.abc import Callable

from brinkline.dates.counted import read_offset, read_relative, read_slice, read_weekday, read_weekend
from brinkline.dates.dated import read_date
from brinkline.dates.find import Found
from brinkline.dates.line import Line
from brinkline.dates.readings import Reading
from brinkline.dates.unplaced import read_day_part, read_duration, read_set, read_time, read_vague

#: The forms that ``patterns.toml`` may name ("pair" makes two expressions of the form "date").
FORMS: dict[str, Callable[[Found, Line], Reading | None]] = {
    "date": read_date,
    "time": read_time,
    "daypart": read_day_part,
    "weekday": read_weekday,
    "weekend": read_weekend,
    "relative": read_relative,
    "offset": read_offset,
    "slice": read_slice,
    "duration": read_duration,
    "set": read_set,
    "vague": read_vague,
}


def resolve(found: Found, line: Line) -> Reading | None:
    """What an expression means at this place of the line; None when its parts make no date ("31 June")."""
    return FORMS[found.form](found, line)
