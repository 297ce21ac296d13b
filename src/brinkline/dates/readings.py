"""``Reading``, an expression with its meaning at one place of the narrative line, and how readings are made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from brinkline.dates.find import Found
from brinkline.dates.lexicon import word_value
from brinkline.dates.line import Point
from brinkline.dates.values import Meaning
from brinkline.model import WhenKind

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
NOTHING = Meaning("", "", None, None, "none", "")
_FINE = {"day": 2, "time": 2, "month": 1, "season": 1}


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression: what it means, its TIMEX3 type, value and modifier, its kind, its anchor in words.

    ``point`` is where the narrative stands after it, None when it cannot move the line.
    """

    meaning: Meaning
    type: TimexType
    kind: WhenKind
    anchor: str
    timex: str
    mod: str = ""
    point: Point | None = None


def placed(meaning: Meaning, anchor: str, mod: str = "", *, moves: bool = True) -> Reading:
    """A date with a place in time; it can move the line unless told otherwise."""
    return Reading(meaning, "DATE", "date", anchor, meaning.timex, mod, point_at(meaning) if moves else None)


def unplaced(timex: str, anchor: str, *, type: TimexType = "DATE", kind: WhenKind = "vague", mod: str = "") -> Reading:
    """An expression that has no place in time, or whose place stays open for the reason ``anchor`` gives."""
    meaning = replace(NOTHING, precision="time") if kind == "time" else NOTHING
    return Reading(meaning, type, kind, anchor, timex, mod)


def point_at(meaning: Meaning) -> Point | None:
    """The point of the narrative line a meaning stands for: its first day, as fine as it is known."""
    day = meaning.earliest
    if day is None:
        return None
    fine = _FINE.get(meaning.precision, 0)
    return Point(day.year, day.month if fine else 0, day.day if fine == 2 else 0, meaning.words)


def with_day_part(reading: Reading, found: Found) -> Reading:
    """The reading of a day narrowed to the part of the day the expression names, if any; "the early hours" are morning."""
    if not found.has("daypart"):
        return reading
    code = word_value("DAYPART", found.slot("daypart")) or "MO"
    mod = {"early": "START", "small": "START", "late": "END"}.get(found.slot("hourpart").lower(), "")
    meaning = replace(reading.meaning, precision="time")
    return replace(reading, meaning=meaning, type="TIME", kind="time", timex=f"{reading.meaning.timex}T{code}", mod=mod)
