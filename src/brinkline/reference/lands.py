"""To which state a piece of land belonged on a day: ``lands.csv``, for places whose state changed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from brinkline import data
from brinkline.model import Day
from brinkline.reference.periods import Period, period

_PACKAGE = "brinkline.reference"


@dataclass(frozen=True, slots=True)
class Rule:
    """That a land belonged to a state (key of the state table) in a period; ``held`` when it was occupied or leased."""

    state: str
    period: Period
    held: bool
    source: str


@functools.cache
def lands_of() -> Mapping[str, tuple[Rule, ...]]:
    """The rules of each land that has a history, in the order of time."""
    found: dict[str, list[Rule]] = {}
    for row in data.table(_PACKAGE, "lands.csv"):
        rule = Rule(row["state"], period(row["from"], row["until"]), row["note"] == "held", row["source"])
        found.setdefault(row["land"], []).append(rule)
    return MappingProxyType({land: tuple(rules) for land, rules in found.items()})


def state_of_land(land: str, day: Day | None = None) -> str:
    """The key of the state a land belonged to on a day, today without a day; "" when it is not known.

    A land without rules is that of the state with the same key. Where the land is a state of its own, it is that state's in
    the gaps between its rules and after the last one; the days before the first rule are unknown.

    >>> state_of_land("danzig", Day(1938, 1, 1)), state_of_land("615", Day(1958, 1, 1)), state_of_land("615")
    ('danzig', '220', '615')
    """
    rules = lands_of().get(land, ())
    if not rules:
        return land
    own = land if land.isdecimal() else ""
    if day is None:
        return rules[-1].state if rules[-1].period.until is None else own
    for rule in rules:
        if rule.period.covers(day):
            return rule.state
    first = rules[0].period.since
    return own if first is None or first <= day else ""
