"""What the parts of an expression say: part of a period, year, month, amount, unit, direction."""

from __future__ import annotations

from typing import cast

from brinkline.dates.find import Found
from brinkline.dates.lexicon import digits, word_value
from brinkline.dates.line import Line
from brinkline.dates.values import Part

_PARTS_IN_WORDS: dict[str, Part] = {"latter": "END", "later": "END", "final": "END", "last": "END", "first": "START"}
_MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_EARLY_YEARS = 999
_NEAR_YEARS = 100
_DIRECTIONS = ("AFTERREF", "BEFOREREF", "LATER", "EARLIER")


def part_of(found: Found) -> Part:
    """The part of a period an expression speaks of: START, MID or END, "" for all of it."""
    text = found.slot("part").lower()
    part = _PARTS_IN_WORDS.get(text) or word_value("PART", text) or word_value("PARTNOUN", text)
    return cast(Part, part or "")


def mod_of(found: Found) -> str:
    """The TIMEX3 modifier of an expression."""
    return part_of(found) or ("APPROX" if found.has("approx") else "")


def is_before_christ(found: Found) -> bool:
    """Whether the expression names an era before Christ."""
    return found.has("era") and word_value("ERA", found.slot("era")) == "BC"


def year_of(found: Found, line: Line) -> int | None:
    """The astronomical year an expression states; None when it states none.

    A year of two digits ("'89") is the one of its kind nearest to the running date.
    """
    text = found.slot("year")
    if not text:
        if line.now and found.has("sameyear", "refyear"):
            return line.now.year + step_of(found.slot("refyear"))
        return None
    year = digits(text)
    if is_before_christ(found):
        return 1 - year
    if len(text.strip("'’")) <= 2 and not found.has("era"):
        near = line.now.year if line.now else 1950
        century = near - near % 100
        return min((century + year - 100, century + year, century + year + 100), key=lambda other: abs(other - near))
    return year


def bare_year(found: Found, line: Line) -> int | None:
    """The year that a number of three digits or less says in a narrative of that time ("in 425" after 430 BC).

    None when the narrative is of another time, so that the number is no year.
    """
    number = digits(found.slot("bareyear"))
    if line.now is None or line.now.year > _EARLY_YEARS or not 30 <= number <= _EARLY_YEARS:
        return None
    year = 1 - number if line.now.year <= 0 else number
    return year if abs(year - line.now.year) <= _NEAR_YEARS else None


def month_of(found: Found) -> int:
    """The month number an expression states, 0 when it states none."""
    text = found.slot("month").rstrip(" .")
    return int(word_value("MONTH", text) or word_value("MONTHABBR", text) or 0)


def count_of(words: tuple[str, ...]) -> float | None:
    """The amount that words say ("two and a half" is 2.5, "a" is 1); None when they say no amount."""
    if words and words[0].lower() == "half":
        return 0.5
    total, found = 0.0, False
    for word in (word.lower() for word in words):
        value = word_value("NUMWORD", word) or word_value("TENS", word)
        if word[0].isdigit():
            total, found = total + float(word.replace(",", "")), True
        elif value:
            total, found = total + int(value), True
        elif word in _MULTIPLES:
            total, found = max(total, 1) * _MULTIPLES[word], True
        elif word == "half":
            total, found = total + 0.5, True
        elif word in ("a", "an", "single", "per") and len(words) <= 2:
            total, found = max(total, 1), True
    return total if found else None


def unit_of(found: Found) -> str:
    """The unit of an expression by its TimeML letter ("D", "TH" for hours)."""
    text = found.slot("unit")
    return str(word_value("UNIT1", text) or word_value("UNITS", text) or "")


def is_singular(found: Found) -> bool:
    """Whether the unit is written in the singular."""
    return word_value("UNIT1", found.slot("unit")) is not None


def step_of(words: str) -> int:
    """The direction words point to: 1 forward ("next", "later"), -1 back ("previous", "ago"), 0 for none."""
    for word in words.lower().split():
        for name in _DIRECTIONS:
            value = word_value(name, word)
            if value:
                return int(value)
        if word in ("ago", "hence"):
            return -1 if word == "ago" else 1
    return 0
