"""Amounts as narratives write them: "at least fifteen", "some 2,000", "between 10 and 20", "hundreds".

The words are those of ``amounts.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from brinkline.data import toml

_PACKAGE = "brinkline.events"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and its range in the text. ``low`` and ``high`` bound it, ``best`` is the number itself; None = not said."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None


def find_amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """The amounts in ``text[start:end]`` in order; years and days of a month are not told apart from other numbers here.

    >>> [(amount.low, amount.best, amount.high) for amount in find_amounts("killed at least fifteen of some 2,000")]
    [(15, None, None), (None, 2000, None)]
    """
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        yield _amount(match)


def amount_lists() -> Mapping[str, Any]:
    """The tables of ``amounts.toml`` by name."""
    return toml(_PACKAGE, "amounts.toml")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these phrases, the longest first, white space as it comes."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest) + ")"


def read_number(words: str) -> int | None:
    """The whole number that digits or number words say ("2,400", "twenty-two", "three hundred"); None for other words.

    >>> read_number("2,400"), read_number("twenty-two"), read_number("three hundred"), read_number("1.5 million")
    (2400, 22, 300, 1500000)
    """
    numbers, powers = _values("words"), _values("powers")
    total: float = 0
    part: float = 0
    for word in re.split(r"[\s-]+", words.lower().strip()):
        plain = word.replace(",", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", plain):
            part += float(plain)
        elif word in numbers:
            part += numbers[word]
        elif word in powers:
            part = (part or 1) * powers[word]
            if powers[word] >= 1000:
                total, part = total + part, 0
        elif word != "and":
            return None
    return int(total + part)


def number_words() -> tuple[str, ...]:
    """Every single word that is a number or part of one ("seven", "hundred")."""
    return (*_values("words"), *_values("powers"))


@functools.cache
def _values(name: str) -> Mapping[str, int]:
    cells = str(amount_lists()["numbers"][name]).split()
    return {word: int(value) for word, value in zip(cells[::2], cells[1::2], strict=True)}


@functools.cache
def _vague() -> Mapping[str, tuple[int, int]]:
    listed = {words: both for words, both in amount_lists()["vague"].items() if words not in ("example", "shows")}
    return {str(words): (int(both.split()[0]), int(both.split()[1])) for words, both in listed.items()}


@functools.cache
def _pattern() -> re.Pattern[str]:
    hedges = amount_lists()["hedges"]
    words, powers = any_of(_values("words")), any_of(_values("powers"))
    number = rf"(?:(?:{_DIGITS}|{words}(?:-{words})?)(?:\s+{powers})*)"
    named = "|".join(rf"(?P<{name}>{any_of(hedges[name])})\s+" for name in ("least", "most", "about"))
    return re.compile(
        rf"(?<![\w$.,£-])(?:{named})?(?:(?P<vague>{any_of(_vague())})"
        rf"|between\s+(?P<from>{number})\s+and\s+(?P<till>{number})"
        rf"|(?P<first>{number})(?:\s*(?:-|–|\s+(?:to|or)\s+)\s*(?P<last>{number}))?)(?![\w%]|-\w|,\d)",
        re.IGNORECASE,
    )


def _amount(match: re.Match[str]) -> Amount:
    start, end = match.span()
    if match["vague"]:
        low, high = _vague()[" ".join(match["vague"].lower().split())]
        return Amount(start, end, low, low if low == high else None, high)
    first = read_number(match["from"] or match["first"])
    last_words = match["till"] or match["last"]
    if last_words:
        return Amount(start, end, first, None, read_number(last_words))
    if match["least"]:
        return Amount(start, end, first, None, None)
    if match["most"]:
        return Amount(start, end, None, None, first)
    return Amount(start, end, None if match["about"] else first, first, None if match["about"] else first)
