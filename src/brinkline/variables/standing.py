"""What tables settle about a crisis actor: its region (actloc), its age, its nuclear weapons; geog, where the crisis was."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from brinkline import data
from brinkline.errors import NotFound
from brinkline.reference.states import state_by_key
from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.view import TOKEN

#: States that act far from home: the crisis is where the others are.
_FAR = (2, 20, 200, 210, 220, 365)
#: Last year of each code of age.
_AGES = ((1647, 1), (1814, 2), (1918, 3), (1945, 4), (1957, 5), (1966, 6), (1989, 7), (9999, 8))
_OLDEST = 1816


@functools.cache
def _table() -> Mapping[str, list[dict[str, object]]]:
    return data.toml("brinkline.variables", "standing.toml")


@functools.cache
def regions() -> Mapping[int, int]:
    """The region of each state by its number."""
    found: dict[int, int] = {}
    for row in _table()["region"]:
        for first, last, region in row["states"]:  # type: ignore[attr-defined]
            for number in range(first, last + 1):
                found.setdefault(number, region)
    return MappingProxyType(found)


def standing_findings(party: Party, trigger: Finding) -> Mapping[str, Finding]:
    """actloc, age and nuclear of one actor on the day of its trigger; open where the table has no entry."""
    year = rough_day(trigger.value).year if isinstance(trigger.value, str) else None
    return {"actloc": _region(party), "age": _age(party), "nuclear": _nuclear(party, year)}


def _region(party: Party) -> Finding:
    region = regions().get(party.number)
    if region is None:
        return Finding(None, "absent", "none", note="the table of regions has no entry for this state")
    return Finding(region, "reference", "regions", (), ("cracid",))


def _age(party: Party) -> Finding:
    """The code of the year of foundation, else of the first year as a member of the state system."""
    for row in _table()["founded"]:
        if party.number in row["states"]:  # type: ignore[operator]
            return Finding(_age_code(int(str(row["year"]))), "reference", "founded", (), ("cracid",))
    try:
        spans = state_by_key(party.id).membership
    except NotFound:
        spans = ()
    since = [span.since for span in spans if span.since is not None]
    if not since or min(since).year <= _OLDEST:
        return Finding(None, "absent", "none", note="the tables tell no year in which this state was founded")
    return Finding(_age_code(min(since).year), "reference", "member", (), ("cracid",))


def _age_code(year: int) -> int:
    return next(code for last, code in _AGES if year <= last)


def _nuclear(party: Party, year: int | None) -> Finding:
    if year is None:
        return Finding(None, "absent", "none", note="the trigger date is not known")
    level = 1
    for row in _table()["nuclear"]:
        if row["state"] == party.number:
            level = max((step for step in row["since"] if step[0] <= year), default=[0, 1])[1]  # type: ignore[attr-defined]
    return Finding(level, "reference", "weapons", (), ("trigger_date",))


def crisis_region(case: Case, frame: Frame, triggers: Sequence[Finding]) -> Finding:
    """geog: the region of the states concerned that do not act far from home, the one that is named most often among them."""
    near = [party.number for party in frame.parties if party.number not in _FAR]
    rule = "actor"
    if not near:
        near = [value for item in triggers if isinstance(value := item.value, int) and value < 990 and value not in _FAR]
        rule = "triggering-state"
    if not near:
        near, rule = list(_named(case, frame)), "named-state"
    counts = {number: count for number, count in _named(case, frame).items() if number in near}
    number = max(near, key=lambda item: counts.get(item, 0), default=None)
    region = regions().get(number) if number is not None else None
    if region is None:
        return Finding(None, "absent", "none", note="no state with a region of its own can be tied to the crisis")
    return Finding(region, "inferred", rule, (), ("cracid", "trigent"))


def _named(case: Case, frame: Frame) -> Mapping[int, int]:
    """How often the story names each state that does not act far from home."""
    counts: dict[int, int] = {}
    for line in case.story:
        for match in TOKEN.finditer(line.text):
            number = frame.number(case.mentions[int(match[2])].actor) if match[1] == "A" else None
            if number is not None and number not in _FAR:
                counts[number] = counts.get(number, 0) + 1
    return counts
