"""``is_false_friend``: whether the name of a state or capital is part of the name of a sea, a treaty, a meeting or a war."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from brinkline.actors.lexicon import PACKAGE
from brinkline.data import toml


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    kinds: frozenset[str]


@functools.cache
def _before() -> tuple[_Rule, ...]:
    rules = []
    for row in toml(PACKAGE, "false_friends.toml")["before"]:
        words = "|".join(re.escape(word) for word in row["words"].split())
        inner = r"[A-ZÀ-Þ][\w.'’-]*" if row.get("case") == "capital" else r"[\w.'’-]+"
        gap = rf"(?:\s+{inner}){{0,{row['gap']}}}?" if "gap" in row else ""
        rules.append(_Rule(re.compile(rf"(?:\s?[-/–]\s?[A-Z]\w+)?{gap}\s+(?:{words})(?!\w)"), frozenset(row.get("kinds", ()))))
    return tuple(rules)


@functools.cache
def _after() -> tuple[_Rule, ...]:
    rows = toml(PACKAGE, "false_friends.toml")["after"]
    return tuple(_Rule(re.compile(rf"(?<!\w)(?:{row['pattern']})\Z"), frozenset(row.get("kinds", ()))) for row in rows)


def is_false_friend(text: str, start: int, end: int, kinds: frozenset[str]) -> bool:
    """Whether ``text[start:end]``, a name of these kinds ("name", "capital", ...), names no actor where it stands."""
    for rule in _before():
        if (not rule.kinds or kinds <= rule.kinds) and rule.pattern.match(text, end):
            return True
    before = text[max(0, start - 40) : start]
    return any((not rule.kinds or kinds <= rule.kinds) and rule.pattern.search(before) for rule in _after())
