"""The League, the United Nations and regional bodies: the organ or body that acted and what it did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from brinkline.model import Day
from brinkline.reference.bodies import Body, body
from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame
from brinkline.variables.roles import Clause, as_doer, asked, clauses, denied, patterns

_LEAGUE_FOUNDED = Day(1920, 1, 10)
_SEVERAL = 9
_TALK = 3
_UNNAMED = -1
_OTHER_ORGAN, _COUNCIL = 3, 6
_OTHER_DEED = 15
#: A body that hardly took part, without a word on what it did.
_SLIGHT = re.compile(r"\b(?:marginal|minimal|peripheral|low-(?:key|level))(?:ly)?\b", re.IGNORECASE)
#: Codes of the organs that can act for the whole: Secretary-General, Assembly, Council.
_HIGH = (4, 5, 6)
#: The bodies as a whole, without an organ named.
_WHOLE = ("body:league", "body:un")
#: Rules of globact that tell of no more than talk.
_BARE = ("talk", "named")
#: Missions and forces of the United Nations, which the Security Council sends.
_MISSION = re.compile(r"\b(?:Observ\w+|Force|Operation|Mission|Truce|Verification|Protection)\b")
#: "Arab League states sent troops" tells of states, not of the body.
_MEMBERS = re.compile(r"«P» (?:member|states|countries|allies|ally|powers)")
_LATIN_AMERICA = range(40, 200)
#: Regional deeds of ICB: "multiple" once two or more kinds of deed are told of several bodies.
_MULTIPLE = 13


def global_findings(case: Case, frame: Frame) -> tuple[Finding, Finding]:
    """globorg and globact: the highest organ of the League or the UN that acted, and its strongest deed."""
    if frame.end is not None and rough_day(frame.end.value) < _LEAGUE_FOUNDED:
        none = Finding(1, "reference", "before-1920", (), ("termination_date",))
        return none, none
    told = _told(case, lambda item: item.globorg is not None)
    acted = [(_organ(item), clause) for item, clause in told if _acted(clause)]
    refused = [(item, clause) for item, clause in told if item.id in _WHOLE and denied(clause)]
    if refused:
        acted = [(organ, clause) for organ, clause in acted if organ in _HIGH and _deed([clause], 0)[1] not in _BARE]
        acted = acted if len({clause.line.index for _, clause in acted}) > 1 else []
    if not acted:
        return _inactive(refused or told, 2)
    slight = [clause for _, clause in acted if _SLIGHT.search(clause.text)]
    if slight and all(organ == _UNNAMED for organ, _ in acted):
        return Finding(_OTHER_ORGAN, "inferred", "slight", (slight[0].source(),)), Finding(
            _OTHER_DEED, "quoted", "slight", (slight[0].source(),)
        )
    named = [pair for pair in acted if pair[0] != _UNNAMED]
    organ, where = max(named or acted, key=lambda pair: pair[0])
    organ, where = _busier(acted, organ, where)
    own = [clause for number, clause in acted if number == organ]
    deed, rule, clause = _deed(own or [clause for _, clause in acted], 0)
    done = Finding(deed, "quoted", rule, (clause.source(),))
    if organ == _UNNAMED:
        return Finding(
            6, "inferred", "organ-unnamed", (where.source(),), (), "the words name no organ; the Council acts most often"
        ), done
    return Finding(organ, "quoted", "organ", (where.source(),)), done


def _busier(acted: Sequence[tuple[int, Clause]], organ: int, where: Clause) -> tuple[int, Clause]:
    """The organ given, unless it only talked and a lower one did more (coding guide, globorg)."""
    if _deed([clause for number, clause in acted if number == organ], 0)[0] != _TALK:
        return organ, where
    busier = [
        (number, clause) for number, clause in acted if number not in (organ, _UNNAMED) and _deed([clause], 0)[0] != _TALK
    ]
    return max(busier, key=lambda pair: pair[0], default=(organ, where))


def _organ(item: Body) -> int:
    """The organ code of a body; the League or the UN without an organ stands for its Council for want of an organ named
    (the Council has 410 of the 601 active rows of the ICB data)."""
    if item.id in _WHOLE:
        return _UNNAMED
    if item.globorg == _OTHER_ORGAN and item.parent:
        parent = body(item.parent)
        if parent.globorg in _HIGH:
            return parent.globorg
        return _COUNCIL if _MISSION.search(item.name) else _OTHER_ORGAN
    return item.globorg or _OTHER_ORGAN


def regional_findings(case: Case, frame: Frame) -> tuple[Finding, Finding]:
    """regorg and regact: the regional body that was most active, and what it did."""
    told = _told(case, lambda item: item.regorg is not None)
    acted = [(item, clause) for item, clause in told if _acted(clause)]
    if frame.end is not None and rough_day(frame.end.value).year <= 1945:
        return _before_regional_bodies(frame, acted, told)
    if not acted:
        return _inactive(told, 1)
    counts = Counter(item.regorg or 0 for item, _ in acted)
    deed, rule, clause = _deed([clause for _, clause in acted], 1)
    if len(counts) > 1:
        places = tuple(clause.source() for _, clause in acted[:3])
        return Finding(_SEVERAL, "quoted", "several", places), Finding(_MULTIPLE, "inferred", "several", places, ("regorg",))
    code = next(iter(counts))
    return Finding(code, "quoted", "body", (acted[0][1].source(),)), Finding(deed, "quoted", rule, (clause.source(),))


def _before_regional_bodies(
    frame: Frame, acted: Sequence[tuple[Body, Clause]], told: Sequence[tuple[Body, Clause]]
) -> tuple[Finding, Finding]:
    """0 up to 1945, since there was no regional body; in Latin America the Pan American bodies, active or not."""
    if not (frame.parties and all(party.number in _LATIN_AMERICA for party in frame.parties)):
        none = Finding(0, "reference", "before-1945", (), ("termination_date",))
        return none, none
    if not acted:
        return _inactive(told, 1)
    deed, rule, clause = _deed([clause for _, clause in acted], 1)
    return Finding(4, "quoted", "body", (acted[0][1].source(),)), Finding(deed, "quoted", rule, (clause.source(),))


def _told(case: Case, wanted: Callable[[Body], bool]) -> list[tuple[Body, Clause]]:
    """The clauses of the story that name a body of the wanted kind, with that body."""
    found = []
    for item in _named(case):
        if wanted(item):
            found += [(item, clause) for clause in clauses(case, case.roles, partial(_means, case, item.id))]
    return sorted(found, key=lambda pair: (pair[1].line.index, pair[1].start))


def _named(case: Case) -> list[Body]:
    """The bodies that the narrative names, each once."""
    ids = {item.actor.id for item in case.mentions if item.actor is not None and item.actor.kind == "body"}
    return [body(body_id) for body_id in sorted(ids)]


def _means(case: Case, body_id: str, number: int) -> bool:
    actor = case.mentions[number].actor
    return actor is not None and actor.id == body_id


def _acted(clause: Clause) -> bool:
    """True when the clause tells a deed of the body; that somebody turned to it is none."""
    if denied(clause) or _MEMBERS.search(clause.text):
        return False
    text = as_doer(clause.text)
    if "«P»" not in text:
        return False
    place = text.index("«P»") if asked(clause) else 0
    return any(item.fits(text, place) for item in patterns("body"))


def _inactive(told: Sequence[tuple[Body, Clause]], code: int) -> tuple[Finding, Finding]:
    """The code for "not active": quoted when a clause says so or only tells of an appeal, else absent."""
    if told:
        clause = told[-1][1]
        rule = "denied" if denied(clause) else "only-asked"
        finding = Finding(code, "quoted", rule, (clause.source(),))
    else:
        finding = Finding(code, "absent", "silent", note="the narrative names no such body")
    return finding, finding


def _deed(told: Sequence[Clause], index: int) -> tuple[int, str, Clause]:
    """The strongest deed told: the first pattern of the file that fits any clause; talk when none does."""
    for item in patterns("body"):
        for clause in told:
            if item.fits(as_doer(clause.text)):
                return item.codes[index], item.id, clause
    return (3, 2)[index], "named", told[-1]
