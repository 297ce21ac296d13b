"""Numbers near words: digits ("1,200") and number words ("thirty-six", "two thousand")."""

from __future__ import annotations

import functools
import re

from brinkline.events import amounts
from brinkline.variables.custom.scene import Sight

_NEAR = 40  # characters between the words and their number


@functools.cache
def _pattern() -> re.Pattern[str]:
    word = "|".join(amounts.number_words())
    return re.compile(
        rf"(?<![\w.,])\d{{1,3}}(?:,\d{{3}}){{1,3}}(?![\w,]|\.\d)|(?<![\w.,-])\d{{1,9}}(?![\w]|[.,]\d)"
        rf"|(?<!\w)(?:{word})(?:[ -](?:{word})){{0,5}}(?!\w)",
        re.IGNORECASE,
    )


def read_number(text: str) -> int | None:
    """The whole number that a text is, in digits or words; None when it is none.

    >>> read_number("1,200"), read_number("thirty-six"), read_number("two thousand"), read_number("few")
    (1200, 36, 2000, None)
    """
    text = text.strip()
    return amounts.read_number(text) if _pattern().fullmatch(text) else None


def number_near(sight: Sight, start: int, end: int, taken: str) -> int | None:
    """The number in the group that a pattern took; else the nearest number to the words that is no part of a date."""
    if taken:
        return read_number(taken)
    spans = [(when.start - sight.start, when.end - sight.start) for when in sight.dates if when.kind not in ("duration", "set")]
    found = []
    for match in _pattern().finditer(sight.text, max(0, start - _NEAR), min(len(sight.text), end + _NEAR)):
        distance = max(0, start - match.end(), match.start() - end)
        value = read_number(match[0])
        if value is not None and all(match.end() <= first or last <= match.start() for first, last in spans):
            found.append((distance, match.start(), value))
    return min(found)[2] if found else None
