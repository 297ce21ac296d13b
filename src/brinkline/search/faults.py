"""Errors of queries: what is wrong, the query with a line of carets below the place, and the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from brinkline.errors import UsageError
from brinkline.store.words import fold

_SHOWN = 100  # characters of a long query that are shown around a fault


def fault(code: str, message: str, query: str, start: int, end: int, remedy: str = "") -> UsageError:
    """The error for the range ``[start, end)`` of a query, with the query and carets as its place."""
    line = "".join(char if char.isprintable() else " " for char in query)
    first = max(0, min(start - _SHOWN // 2, len(line) - _SHOWN))
    shown = line[first : first + _SHOWN]
    width = max(1, min(end, first + _SHOWN) - start)
    return UsageError(code, message, place=f"{shown}\n  {' ' * (start - first)}{'^' * width}", remedy=remedy)


def nearest(name: str, known: Iterable[str], *, most: int = 3, all_up_to: int = 12) -> str:
    """The remedy for an unknown name: the nearest known ones, all of them when they are few, "" when nothing is near."""
    names = list(dict.fromkeys(known))
    folded: dict[str, str] = {}
    for item in names:
        folded.setdefault(fold(item) or item, item)
    found = difflib.get_close_matches(fold(name[:60]), list(folded), n=most, cutoff=0.65)
    if found:
        return f"did you mean {_listed([folded[item] for item in found], 'or')}?"
    return f"known: {', '.join(names)}" if 0 < len(names) <= all_up_to else ""


def _listed(items: list[str], joint: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"
