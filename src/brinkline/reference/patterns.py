"""Words and patterns of a user's codebook as regular expressions whose work is bounded.

A codebook comes from anywhere, and ``re`` can need time that doubles with every character (``(a+)+b``). So a pattern is
read by the small grammar of this module: it counts in how many ways the pattern can match at one place and refuses what goes
over ``MOST_WAYS``; a repeat without an end stops after ``LONGEST_REPEAT`` characters. Together with a window of fixed length
(``brinkline.variables.custom``) the time for a narrative grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST_PATTERN = 500
LONGEST_PHRASE = 200
LONGEST_REPEAT = 80
MOST_WAYS = 50_000
_DEEPEST = 8
_QUANTIFIER = re.compile(r"([?*+]|\{(\d{1,3})(,(\d{0,3}))?\})([?+]?)")
_ESCAPES = frozenset("wWdDsSbBnt")
_GAP = r"(?:\W{1,3}\w{1,30}){0,8}?\W{1,3}"
_BLANK = r"[\s-]{1,3}"


class _Part(NamedTuple):
    """A piece of a pattern: as ``re`` takes it, in how many ways it can match, and where the rest of the text begins."""

    source: str
    ways: int
    end: int


def bounded_pattern(text: str) -> str:
    """The pattern as a regular expression for ``re`` with every repeat bounded; ValueError says what is not allowed.

    Allowed: characters, ``.``, classes, ``\\w \\d \\s \\b`` and their opposites, ``^ $``, groups, ``|``, and the repeats
    ``? * + {m,n}`` with or without a lazy ``?``. Not allowed: looking around, references back, flags, possessive repeats.

    >>> bounded_pattern("truces? .*signed")
    'truces? .{0,80}signed'
    """
    if not text.strip():
        raise ValueError("the pattern is empty")
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"the pattern is longer than {LONGEST_PATTERN} characters")
    part = _alternatives(text, 0, 0)
    if part.end < len(text):
        raise ValueError(f"a closing bracket without an opening one at character {part.end + 1}")
    if part.ways > MOST_WAYS:
        raise ValueError("the pattern can match in too many ways: use fewer repeats or alternatives, or several rules")
    try:
        compiled = re.compile(part.source, re.IGNORECASE)
    except (re.error, OverflowError) as error:
        raise ValueError(f"the pattern cannot be read: {error}") from None
    if compiled.fullmatch(""):
        raise ValueError("the pattern matches where there are no words")
    return part.source


def _alternatives(text: str, at: int, depth: int) -> _Part:
    """Everything up to the end of the text or of the group."""
    if depth > _DEEPEST:
        raise ValueError(f"groups stand more than {_DEEPEST} deep")
    sources, ways = [], 0
    while True:
        part = _sequence(text, at, depth)
        sources.append(part.source)
        ways += part.ways
        at = part.end
        if at >= len(text) or text[at] != "|":
            return _Part("|".join(sources), ways, at)
        at += 1


def _sequence(text: str, at: int, depth: int) -> _Part:
    sources, ways = [], 1
    while at < len(text) and text[at] not in "|)":
        part = _repeated(text, _one(text, at, depth))
        sources.append(part.source)
        ways = min(ways * part.ways, MOST_WAYS + 1)
        at = part.end
    return _Part("".join(sources), ways, at)


def _one(text: str, at: int, depth: int) -> _Part:
    """The character, class, escape or group that begins here."""
    char = text[at]
    if char == "\\":
        return _escape(text, at)
    if char == "[":
        return _class(text, at)
    if char == "(":
        return _group(text, at, depth)
    if char in "?*+{}]":
        raise ValueError(f"{char!r} at character {at + 1} has nothing before it; write \\{char} for the character itself")
    return _Part(char, 1, at + 1)


def _escape(text: str, at: int) -> _Part:
    char = text[at + 1 : at + 2]
    if not char or (char.isalnum() and char not in _ESCAPES):
        raise ValueError(f"\\{char} at character {at + 1} is not allowed")
    return _Part(text[at : at + 2], 1, at + 2)


def _class(text: str, at: int) -> _Part:
    end = at + 1
    if text[end : end + 1] == "^":
        end += 1
    first = end
    while end < len(text) and (text[end] != "]" or end == first):
        if text[end] == "[" or text[end : end + 2] in ("--", "&&", "~~", "||"):
            raise ValueError(f"write \\{text[end]} for the character {text[end]!r} inside a class, at character {end + 1}")
        end = _escape(text, end).end if text[end] == "\\" else end + 1
    if end >= len(text):
        raise ValueError(f"the class that opens at character {at + 1} is never closed")
    return _Part(text[at : end + 1], 1, end + 1)


def _group(text: str, at: int, depth: int) -> _Part:
    opening = "(?:" if text.startswith("(?:", at) else "("
    if opening == "(" and text.startswith("(?", at):
        raise ValueError(f"the group at character {at + 1} is of a kind that is not allowed; use ( ) or (?: )")
    inner = _alternatives(text, at + len(opening), depth + 1)
    if text[inner.end : inner.end + 1] != ")":
        raise ValueError(f"the group that opens at character {at + 1} is never closed")
    return _Part(f"{opening}{inner.source})", inner.ways, inner.end + 1)


def _repeated(text: str, part: _Part) -> _Part:
    """The part with the repeat that follows it, if one does, as ``{least,most}``."""
    found = _QUANTIFIER.match(text, part.end)
    if found is None:
        return part
    if found[5] == "+" or _QUANTIFIER.match(text, found.end()):
        raise ValueError(f"two repeats stand together at character {found.end()}")
    least, most = _bounds(found)
    if least > most or most > LONGEST_REPEAT:
        raise ValueError(f"the repeat at character {part.end + 1} must run upwards and stop at {LONGEST_REPEAT}")
    if part.source in ("^", "$", r"\b", r"\B"):
        raise ValueError(f"the repeat at character {part.end + 1} repeats a place, not a character")
    ways, power = 0, min(part.ways**least, MOST_WAYS + 1)
    for _ in range(least, most + 1):
        ways = min(ways + power, MOST_WAYS + 1)
        power = min(power * part.ways, MOST_WAYS + 1)
    sign = "?" if found[1] == "?" else f"{{{least},{most}}}"
    return _Part(f"{part.source}{sign}{found[5]}", ways, found.end())


def _bounds(found: re.Match[str]) -> tuple[int, int]:
    match found[1]:
        case "?":
            return 0, 1
        case "*":
            return 0, LONGEST_REPEAT
        case "+":
            return 1, LONGEST_REPEAT
    least = int(found[2])
    if found[3] is None:
        return least, least
    return least, int(found[4]) if found[4] else LONGEST_REPEAT


def phrases_pattern(phrases: Iterable[str]) -> str:
    """One regular expression for a list of words and phrases; ValueError names one that cannot be used.

    Case does not matter, whole words count; ``*`` at the end of a word stands for any ending, a hyphen also for a blank or
    nothing, and ``...`` between words for up to eight other words.

    >>> import re
    >>> [bool(re.search(phrases_pattern(["cease-fire", "withdr* ... troops"]), text, re.I))
    ...  for text in ("a ceasefire held", "withdrew all its troops", "ceasefires")]
    [True, True, False]
    """
    ordered = sorted(dict.fromkeys(phrases), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(_phrase(item) for item in ordered)})(?!\w)"


def _phrase(text: str) -> str:
    words = text.replace("…", " ... ").replace("...", " ... ").split()
    if len(text) > LONGEST_PHRASE:
        raise ValueError(f"the phrase {text[:30]!r} is longer than {LONGEST_PHRASE} characters")
    if not words or words[0] == "..." or words[-1] == "..." or words.count("...") > 2:
        raise ValueError(f"{text!r} is not a phrase: it begins and ends with a word and has at most two gaps (...)")
    made = ""
    for word in words:
        if word == "...":
            made += _GAP
        else:
            made += ("" if not made or made.endswith(_GAP) else _BLANK) + _word(word, text)
    return made


def _word(word: str, phrase: str) -> str:
    stem = word.removesuffix("*")
    if not stem or "*" in stem or not any(char.isalnum() for char in stem):
        raise ValueError(f"{phrase!r} is not a phrase: * stands at the end of a word, for its ending")
    joined = r"[\s-]?".join(re.escape(part) for part in stem.replace("’", "'").split("-") if part)
    return joined.replace("'", "['’‘]") + (r"\w{0,20}" if word.endswith("*") else "")
