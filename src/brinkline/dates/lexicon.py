"""The classes of words and numbers that date patterns speak of, and the symbol each kind of token is written with.

A token belongs to a set of classes ("May" is a MONTH, "24" is NUM, DAY and HOUR24). Every such set has one symbol, so a
sentence becomes a short string of symbols and a pattern becomes a regular expression over symbols (``grammar.py``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from brinkline import data

_PACKAGE = "brinkline.dates"
_FIRST_SYMBOL = 0x100
_OTHER, _CAPITALISED, _SIGN, _GERUND, _PARTICIPLE = "\x01", "\x02", "\x03", "\x04", "\x05"
_SHAPES = {"OTHER": _OTHER, "CAPITALISED": _CAPITALISED, "SIGN": _SIGN, "GERUND": _GERUND, "PARTICIPLE": _PARTICIPLE}

_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d\Z")
_DOT_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d\Z")
_ORDINAL = re.compile(r"([0-9lIO]{1,3})(?:st|nd|rd|th)\Z")
_DECADE = re.compile(r"(?:\d{2,3}0|['’]?\d0)['’]?s\Z")
_SHORT_YEAR = re.compile(r"['’]\d\d\Z")
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?\Z")
_SLASHED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\Z")
_NUMBER_SAMPLES = (
    *(
        "0",
        "00",
        "0000",
        "5",
        "05",
        "12",
        "13",
        "24",
        "25",
        "31",
        "32",
        "45",
        "60",
        "85",
        "480",
        "0480",
        "0600",
        "0099",
        "1450",
    ),
    *("1475", "1937", "1975", "2150", "2500", "9999", "12345", "5,000", "2.5", "1.5", "10:57", "25:99", "4th", "21st"),
    *("40th", "1960s", "60s", "470s", "'60s", "'89", "1937-06-22", "1937-06", "22/6/1937", "1.6.1937", "l0th", "7/6/37"),
    *("500th", "0th", "5.30", "9/11"),
)


def digits(text: str) -> int:
    """The whole number written, scanning slips such as l for 1 and O for 0 read as digits; commas left out."""
    return int(re.sub(r"\D", "", text.translate(str.maketrans("lIO", "110"))) or 0)


def number_classes(text: str) -> frozenset[str]:
    """The classes of a token that begins like a number; the empty set when it is no number that dates use."""
    if text.isdigit() and text.isascii():
        return _plain_number(text)
    if _CLOCK.match(text):
        return frozenset({"CLOCK"})
    if _DOT_CLOCK.match(text):
        return frozenset({"DOTCLOCK", "AMOUNT"})
    if text == "9/11":
        return frozenset({"NINEELEVEN"})
    if match := _ORDINAL.match(text):
        value = digits(match[1])
        return frozenset({"ORD", "ORDDAY"}) if 1 <= value <= 31 else frozenset({"ORD"})
    for pattern, name in ((_DECADE, "DECADE"), (_SHORT_YEAR, "SHORTYEAR"), (_ISO, "ISODATE"), (_SLASHED, "SLASHED")):
        if pattern.match(text):
            return frozenset({name})
    return frozenset({"AMOUNT"}) if re.match(r"\d[\d,]*(?:\.\d+)?\Z", text) else frozenset()


def _plain_number(text: str) -> frozenset[str]:
    if len(text) > 6:
        return frozenset({"AMOUNT"})
    value, classes = int(text), {"NUM", "AMOUNT"}
    if len(text) <= 2 and 1 <= value <= 31:
        classes.add("DAY")
    if len(text) <= 2 and value <= 24:
        classes.add("HOUR")
    if len(text) == 2:
        classes.add("YEAR2")
    if len(text) <= 4 and value:
        classes.add("OLDYEAR")
    if len(text) == 4 and value // 100 < 24 and value % 100 < 60:
        classes.add("CLOCK4")
    if len(text) == 4 and 1000 <= value <= 2199:
        classes.add("YEAR")
    return frozenset(classes)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The classes of each word, and the symbol of every known set of classes."""

    exact: dict[str, frozenset[str]]
    folded: dict[str, frozenset[str]]
    symbols: dict[frozenset[str], str]
    plain: frozenset[str] = frozenset()

    def classes(self, text: str) -> frozenset[str]:
        """The classes of a token; the empty set for a word dates do not use."""
        if text[0].isdigit() or (text[0] in "'’lIO" and text[-1].isalnum() and any(map(str.isdigit, text))):
            return number_classes(text)
        found = self.exact.get(text, frozenset()) | self.folded.get(text.lower(), frozenset())
        if text.isupper() and len(text) > 2:
            found |= self.exact.get(text.capitalize(), frozenset())
        if found and text.lower() in self.plain:
            found |= {"CAPITALISED" if text[0].isupper() else "OTHER"}
        return found

    def symbol(self, text: str) -> str:
        """The symbol of a token: one character."""
        classes = self.classes(text)
        if classes:
            return self.symbols.get(classes, _OTHER)
        if not text[0].isalpha():
            return _SIGN
        if text[0].isupper():
            return _CAPITALISED
        if len(text) > 4 and text.endswith(("ing", "ed")):
            return _GERUND if text.endswith("ing") else _PARTICIPLE
        return _PARTICIPLE if len(text) > 5 and text.endswith("ly") else _OTHER

    def symbols_of(self, name: str) -> str:
        """All symbols whose set holds this class; KeyError when there is no such class."""
        found = _SHAPES.get(name, "") + "".join(symbol for classes, symbol in self.symbols.items() if name in classes)
        if not found:
            raise KeyError(name)
        return found


def build_lexicon(literals: Iterable[str]) -> Lexicon:
    """The lexicon of ``words.toml`` with the plain words that patterns name; a plain word is the class of itself."""
    table: dict[str, Any] = data.toml(_PACKAGE, "words.toml")
    exact: dict[str, set[str]] = {}
    folded: dict[str, set[str]] = {}
    ordinary: set[str] = set()
    for name, entry in table.items():
        if entry.get("plain"):
            ordinary.update(word.lower() for word in entry["words"] if word.isalpha())
        target = exact if entry.get("case") == "exact" else folded
        for word in entry["words"]:
            target.setdefault(word, set()).add(name)
    for word in literals:
        if word.isalpha() and word not in exact and word not in folded:
            ordinary.add(word)
        folded.setdefault(word, set()).add(word)
    lexicon = Lexicon(
        {word: frozenset(names) for word, names in exact.items()},
        {word: frozenset(names) for word, names in folded.items()},
        {},
        frozenset(ordinary),
    )
    known = {lexicon.classes(form) for word in (*exact, *folded) for form in (word, word.capitalize(), word.upper())}
    known |= {number_classes(sample) for sample in _NUMBER_SAMPLES}
    known.discard(frozenset())
    for index, classes in enumerate(sorted(known, key=sorted)):
        lexicon.symbols[classes] = chr(_FIRST_SYMBOL + index)
    return lexicon


@functools.cache
def word_value(name: str, text: str) -> int | str | None:
    """The value of a word in a class of ``words.toml``, None when it is not in it."""
    words: dict[str, int | str] = data.toml(_PACKAGE, "words.toml")[name]["words"]
    return words.get(text, words.get(text.lower(), words.get(text.capitalize())))
