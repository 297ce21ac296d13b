"""Patterns as trees: read by a small grammar, written back with bounded repeats, and measured by the steps they can take.

``effort`` bounds the steps that ``re`` can take from one place before it gives up: parts after one another multiply,
alternatives add, a repeat counts its lengths, unless what follows cannot begin like what is repeated (``\\w+`` before a blank),
where only one length can go on.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_REPEAT = 80
_DEEPEST = 8
_MANY = 10**6  # where counting stops: far over any limit
_QUANTIFIER = re.compile(r"([?*+]|\{([0-9]{1,3})(,([0-9]{0,3}))?\})([?+]?)")
_ESCAPES = frozenset("wWdDsSbBnt")
_PLACES = frozenset(("^", "$", r"\b", r"\B"))


@dataclass(frozen=True, slots=True)
class One:
    """One character, class or escape; or a place between characters (``\\b``), which takes none."""

    source: str

    @property
    def place(self) -> bool:
        """True for what takes no character."""
        return self.source in _PLACES


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives in brackets, each a sequence of parts; the whole pattern is a group without brackets."""

    opening: str
    options: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part, from ``least`` to ``most`` times; ``lazy`` tries the fewest first."""

    part: One | Group
    least: int
    most: int
    lazy: bool


Part = One | Group | Repeat


def parse(text: str) -> Group:
    """The tree of a pattern; ValueError says what is wrong and at which character."""
    options, end = _options(text, 0, 0)
    if end < len(text):
        raise ValueError(f"a closing bracket without an opening one at character {end + 1}")
    return Group("", options)


def written(part: Part) -> str:
    """The part as ``re`` takes it."""
    match part:
        case One():
            return part.source
        case Group():
            inner = "|".join("".join(written(item) for item in option) for option in part.options)
            return f"{part.opening}{inner})" if part.opening else inner
        case Repeat():
            sign = "?" if (part.least, part.most) == (0, 1) else f"{{{part.least},{part.most}}}"
            return f"{written(part.part)}{sign}{'?' if part.lazy else ''}"


class Effort(NamedTuple):
    """Bounds for one place of a text: in how many ways a part can match there, and how many steps it takes to try them all."""

    ways: int
    steps: int


def effort(part: Part, follow: frozenset[str] = frozenset()) -> Effort:
    """What it takes at most to try a part at one place, when ``follow`` are the characters that can come after it."""
    match part:
        case One():
            return Effort(1, 1)
        case Group():
            options = [_effort_of(option, follow) for option in part.options]
            return _capped(sum(one.ways for one in options), sum(one.steps for one in options))
        case Repeat():
            return _effort_repeated(part, follow)


def _capped(ways: int, steps: int) -> Effort:
    return Effort(min(ways, _MANY), min(steps, _MANY))


def _effort_of(parts: tuple[Part, ...], follow: frozenset[str]) -> Effort:
    """Of parts after one another: each is tried in every way in which those before it match."""
    total = Effort(1, 1)
    for part in reversed(parts):
        one = effort(part, follow)
        total = _capped(one.ways * total.ways, one.steps + one.ways * total.steps)
        follow = _first(part) | follow if _can_be_empty(part) else _first(part)
    return total


def _effort_repeated(repeat: Repeat, follow: frozenset[str]) -> Effort:
    first = _first(repeat.part)
    inner = effort(repeat.part, follow | (first if repeat.most > 1 else frozenset()))
    steps, power = 0, 1
    ways = 0
    for number in range(repeat.most + 1):
        ways = min(ways + (power if number >= repeat.least else 0), _MANY)
        steps = min(steps + power * inner.steps, _MANY)
        power = min(power * inner.ways, _MANY)
    if inner.ways == 1 and not _can_be_empty(repeat.part) and not first & follow:
        ways = 1
    return Effort(ways, steps)


def _first(part: Part) -> frozenset[str]:
    """The characters with which a part can begin, of a sample that tells all classes apart."""
    match part:
        case One():
            return frozenset() if part.place else _characters(part.source)
        case Repeat():
            return _first(part.part)
        case Group():
            return frozenset().union(*(_first_of(option) for option in part.options))


def _first_of(parts: tuple[Part, ...]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for part in parts:
        found |= _first(part)
        if not _can_be_empty(part):
            break
    return found


def _can_be_empty(part: Part) -> bool:
    match part:
        case One():
            return part.place
        case Repeat():
            return part.least == 0 or _can_be_empty(part.part)
        case Group():
            return any(all(_can_be_empty(item) for item in option) for option in part.options)


#: Letters with and without accents, digits, blanks, marks. A character of another script stands for itself alone in a pattern;
#: it is seen by classes that also see a letter of the sample.
_SAMPLE = "".join(chr(code) for code in (*range(9, 0x180), *range(0x2010, 0x2040), 0x3B1, 0x416, 0x5D0, 0x4E00, 0x3042))


@functools.lru_cache(maxsize=1024)
def _characters(source: str) -> frozenset[str]:
    own = [char for char in source if ord(char) >= 0x180]
    return frozenset(re.compile(source, re.IGNORECASE).findall(_SAMPLE + "".join(own)))


def _options(text: str, at: int, depth: int) -> tuple[tuple[tuple[Part, ...], ...], int]:
    """The alternatives up to the end of the text or of the group, and where they end."""
    if depth > _DEEPEST:
        raise ValueError(f"groups stand more than {_DEEPEST} deep")
    options: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    while at < len(text) and text[at] != ")":
        if text[at] == "|":
            options.append(tuple(parts))
            parts, at = [], at + 1
        else:
            part, at = _part(text, at, depth)
            repeat, at = _repeated(text, part, at)
            parts.append(repeat)
    return (*options, tuple(parts)), at


def _part(text: str, at: int, depth: int) -> tuple[One | Group, int]:
    """The character, class, escape or group that begins here, and where it ends."""
    char = text[at]
    if char == "(":
        return _group(text, at, depth)
    if char in "?*+{}]":
        raise ValueError(f"{char!r} at character {at + 1} has nothing before it; write \\{char} for the character itself")
    end = _escape(text, at) if char == "\\" else _class(text, at) if char == "[" else at + 1
    return One(text[at:end]), end


def _escape(text: str, at: int) -> int:
    char = text[at + 1 : at + 2]
    if not char or (char.isalnum() and char not in _ESCAPES):
        raise ValueError(f"\\{char} at character {at + 1} is not allowed")
    return at + 2


def _class(text: str, at: int) -> int:
    end = at + 1
    if text[end : end + 1] == "^":
        end += 1
    first = end
    while end < len(text) and (text[end] != "]" or end == first):
        if text[end] == "[" or text[end : end + 2] in ("--", "&&", "~~", "||"):
            raise ValueError(f"write \\{text[end]} for the character {text[end]!r} inside a class, at character {end + 1}")
        end = _escape(text, end) if text[end] == "\\" else end + 1
    if end >= len(text):
        raise ValueError(f"the class that opens at character {at + 1} is never closed")
    return end + 1


def _group(text: str, at: int, depth: int) -> tuple[Group, int]:
    opening = "(?:" if text.startswith("(?:", at) else "("
    if opening == "(" and text.startswith("(?", at):
        raise ValueError(f"the group at character {at + 1} is of a kind that is not allowed; use ( ) or (?: )")
    options, end = _options(text, at + len(opening), depth + 1)
    if text[end : end + 1] != ")":
        raise ValueError(f"the group that opens at character {at + 1} is never closed")
    return Group(opening, options), end + 1


def _repeated(text: str, part: One | Group, at: int) -> tuple[Part, int]:
    """The part with the repeat that follows it, if one does, and where that ends."""
    found = _QUANTIFIER.match(text, at)
    if found is None:
        return part, at
    if found[5] == "+" or _QUANTIFIER.match(text, found.end()):
        raise ValueError(f"two repeats stand together at character {found.end()}")
    least, most = _bounds(found)
    if least > most or most > LONGEST_REPEAT:
        raise ValueError(f"the repeat at character {at + 1} must run upwards and stop at {LONGEST_REPEAT}")
    if isinstance(part, One) and part.place:
        raise ValueError(f"the repeat at character {at + 1} repeats a place, not a character")
    return Repeat(part, least, most, found[5] == "?"), found.end()


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
