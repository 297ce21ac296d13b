"""How far an outside power took part (usinv, suinv; up to 1945 also gbinv, frinv, itinv, grinv, jpinv)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame
from brinkline.variables.roles import Clause, clauses, denied, patterns

#: ICB2 column -> Correlates of War number of the power; the first two are coded in every crisis, the rest up to 1945.
POWERS: Mapping[str, int] = {
    "usinv": 2,
    "suinv": 365,
    "gbinv": 200,
    "frinv": 220,
    "itinv": 325,
    "grinv": 255,
    "jpinv": 740,
}
_ALWAYS = ("usinv", "suinv")
_ITSELF = 9


def power_findings(case: Case, frame: Frame, violent: Mapping[int, bool]) -> Mapping[str, Finding]:
    """The finding of each power for other rows; ``violent`` tells of a crisis actor if it used or moved its forces."""
    return {field: _finding(case, frame, field, number, violent) for field, number in POWERS.items()}


def own_row(finding: Finding, field: str, number: int) -> Finding:
    """The finding for the row of one state: 9 where the power is that state."""
    if POWERS[field] == number and finding.value != 0:
        return Finding(_ITSELF, "inferred", "itself", (), ("cracid",))
    return finding


def _finding(case: Case, frame: Frame, field: str, power: int, violent: Mapping[int, bool]) -> Finding:
    if field not in _ALWAYS and frame.end is not None and rough_day(frame.end.value).year > 1945:
        return Finding(0, "reference", "after-1945", (), ("termination_date",))
    mark = f"state:{power}"
    told = list(clauses(case, case.roles, lambda number: _means(case, number, mark)))
    refusals = [clause for clause in told if denied(clause)]
    if any(party.number == power for party in frame.parties):
        return _as_actor(told, violent.get(power, False))
    level, rule, clause = _level([clause for clause in told if clause not in refusals])
    if refusals and (level is None or rule == "spoke"):
        return Finding(1, "quoted", "denied", (refusals[-1].source(),))
    if level is None or clause is None:
        return Finding(1, "absent", "silent", note="the narrative names no act of this power")
    return Finding(level, "quoted", rule, (clause.source(),))


def _as_actor(told: Sequence[Clause], violent: bool) -> Finding:
    """A power that is in crisis itself: on the other rows it counts by what it did."""
    level, rule, clause = _level(told)
    if violent:
        return Finding(8, "inferred", "actor-force", (), ("cenvio",))
    if level is None or clause is None:
        return Finding(3, "inferred", "actor", (), ("crisis actors",))
    return Finding(level, "quoted", f"actor-{rule}", (clause.source(),))


def _means(case: Case, number: int, mark: str) -> bool:
    actor = case.mentions[number].actor
    return actor is not None and (actor.id == mark or mark in actor.members)


def _level(told: Sequence[Clause]) -> tuple[int | None, str, Clause | None]:
    """The highest level told; what the narrative itself calls the involvement comes before single deeds."""
    best: tuple[int | None, str, Clause | None] = (None, "", None)
    for sure in (True, False):
        for item in patterns("power"):
            if item.sure is not sure:
                continue
            for clause in told:
                if item.fits(clause.text) and (best[0] is None or item.codes[0] > best[0]):
                    best = item.codes[0], item.id, clause
        if best[0] is not None and sure:
            return best
    return best
