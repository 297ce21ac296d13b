"""Short plain renderings of records for people: one-line quotes, names, values; shared by the terminal, page and notebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from brinkline.calendar import last_day
from brinkline.model import Claim, Day, Mention, Quote

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SPACE = re.compile(r"\s+")
_CODED_DAY = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: ICB's day codes for a part of the month.
_PARTS = {"66": "early", "77": "mid-", "88": "late"}
#: Characters that steer a terminal or turn the writing direction: controls (Cc) and bidirectional embeddings and overrides.
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def one_line(text: str) -> str:
    """The text on one line: white space is one space, control characters and direction overrides are left out."""
    flat = _SPACE.sub(" ", text).strip()
    if flat.isprintable():
        return flat
    return "".join(char for char in flat if char not in _STEERING and unicodedata.category(char) not in ("Cc", "Cs"))


def in_order(quotes: Iterable[Quote]) -> list[Quote]:
    """The quotes in the order of the text, each range once."""
    return sorted(set(quotes), key=lambda item: (item.start, item.end))


def words(quotes: Iterable[Quote]) -> str:
    """The quotes on one line in the order of the text, joined by " … "."""
    return " … ".join(one_line(item.text) for item in in_order(quotes))


def names(mentions: Iterable[Mention]) -> str:
    """The names of the actors meant, each once, joined by commas; the words themselves where the actor stayed open."""
    seen = dict.fromkeys(one_line(item.actor.name if item.actor else item.text) for item in mentions)
    return ", ".join(seen)


def short_names(mentions: Iterable[Mention]) -> str:
    """As ``names``, with the abbreviations of states ("JPN, RUS")."""
    seen = dict.fromkeys(
        one_line((item.actor.abbrev if item.actor.kind == "state" else "") or item.actor.name if item.actor else item.text)
        for item in mentions
    )
    return ", ".join(seen)


def value_text(claim: Claim) -> str:
    """The value and its label: "9 · violent act", "1937-06-22"; "open" when the narrative cannot settle it."""
    if claim.value is None:
        return "open"
    value, label = one_line(str(claim.value)), one_line(claim.label)
    return value if not label or label == value else f"{value} · {label}"


def year_text(year: int) -> str:
    """The year as people write it.

    >>> year_text(1937), year_text(-479)
    ('1937', '480 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"


def day_text(day: Day) -> str:
    """The day as people write it.

    >>> day_text(Day(1937, 6, 22))
    '22 June 1937'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {year_text(day.year)}"


def span_text(first: Day, last: Day) -> str:
    """The days from first to last as people write them, whole months and years by their names.

    >>> span_text(Day(1937, 6, 1), Day(1937, 6, 30)), span_text(Day(1937, 6, 22), Day(1937, 7, 4))
    ('June 1937', '22 June – 4 July 1937')
    """
    if first == last:
        return day_text(first)
    if first[1:] == (1, 1) and last[1:] == (12, 31):
        same = first.year == last.year
        return year_text(first.year) if same else f"{year_text(first.year)} – {year_text(last.year)}"
    if first.day == 1 and last == last_day(last.year, last.month):
        months = [f"{MONTHS[day.month - 1]} {year_text(day.year)}" for day in (first, last)]
    else:
        months = [day_text(first), day_text(last)]
    if first[:2] == last[:2]:
        return f"{first.day} – {months[1]}" if months[0] != months[1] else months[0]
    if first.year == last.year:
        return f"{months[0].removesuffix(f' {year_text(first.year)}')} – {months[1]}"
    return " – ".join(months)


def coded_day_text(value: str) -> str:
    """A date claim's value as people write it; ICB's day codes by their meaning; "" for what is no date.

    >>> coded_day_text("1937-06-22"), coded_day_text("1937-06-88"), coded_day_text("1937-06"), coded_day_text("9")
    ('22 June 1937', 'late June 1937', 'June 1937', '')
    """
    found = _CODED_DAY.fullmatch(value)
    if found is None:
        return ""
    year, month, day = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year_text(int(year))
    name = f"{MONTHS[int(month) - 1]} {year_text(int(year))}"
    if day is None:
        return name
    part = _PARTS.get(day)
    return (f"{part}{name}" if part.endswith("-") else f"{part} {name}") if part else f"{int(day)} {name}"
