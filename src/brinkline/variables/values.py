"""What was at stake for an actor (gravty), and the power structure of its time (period)."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party, own_token
from brinkline.variables.trigger import Trigger
from brinkline.variables.view import Line

_THREAT = re.compile(
    r"threat|danger|fear|jeopard|perceiv|at risk|concern|at stake|menace|vital|prospect|apprehens|alarm", re.IGNORECASE
)
#: Superpowers and great powers, for whom influence is the commonest value threatened (77 and 34 percent of their rows).
_POWERS = (2, 365, 200, 220, 255, 260, 325, 740)
#: World War II: from its first day to the day after its last.
_WORLD_WAR = ("1939-09-01", "1945-09-03")
#: Code of period, each until the day given (World War II from 1 September 1939 to 2 September 1945; 6 is new in version 14).
_PERIODS = (("1939-09-01", 1), ("1945-09-03", 2), ("1963", 3), ("1990", 4), ("2011", 5), ("9999", 6))


@functools.cache
def patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """(rule id, code, compiled pattern) of one part of ``values.toml``, in the order of the file."""
    rows = data.toml("brinkline.variables", "values.toml")[part]
    return tuple((row["id"], row["code"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def gravest_threat(case: Case, frame: Frame, trigger: Trigger, kind: Finding) -> Finding:
    """gravty: the value named where the narrative tells what this actor feared, else the one the trigger suggests."""
    party = trigger.party
    for line in _fears(case, frame, party, trigger):
        for rule, code, pattern in patterns("threat"):
            match = pattern.search(line.text)
            if match:
                return Finding(code, "quoted", f"fear-{rule}", (line.clause(match.start(), match.end()),))
    return _taken_whole(case, frame, party) or _by_setting(trigger, kind) or _subject(case)


def _taken_whole(case: Case, frame: Frame, party: Party) -> Finding | None:
    """Existence, where the story tells that the state itself was taken or was to be taken."""
    for line in case.story:
        text = own_token(case, frame, party, line)
        for rule, code, pattern in patterns("whole"):
            match = pattern.search(text) if "«S»" in text else None
            if match:
                return Finding(code, "quoted", rule, (line.source(0, len(line.text)),))
    return None


def _by_setting(trigger: Trigger, kind: Finding) -> Finding | None:
    """What is at stake most often in such a setting, by the human codings of crises without a narrative in the project's hands:
    losses in a war of powers, influence for a great power or when somebody else was attacked, the regime when no state set the
    crisis off."""
    day = trigger.date.value
    if isinstance(day, str) and _WORLD_WAR[0] <= day[:10] < _WORLD_WAR[1]:
        return Finding(5, "inferred", "world-war", trigger.date.evidence, ("trigger_date",))
    if trigger.party.number in _POWERS:
        return Finding(4, "inferred", "power", (), ("cracid",))
    if kind.value == 6 or trigger.entity.value in (995, 996):
        return Finding(2, "inferred", "internal", kind.evidence, ("triggr", "trigent"))
    if kind.value == 8:
        return Finding(4, "inferred", "other-attacked", kind.evidence, ("triggr",))
    return None


def _subject(case: Case) -> Finding:
    """What the narrative as a whole is about: territory where it speaks of any, else the regime."""
    counts: Counter[int] = Counter()
    first: dict[int, tuple[int, int]] = {}
    for line in (*case.head, *case.story):
        for _, code, pattern in patterns("subject"):
            for match in pattern.finditer(line.text):
                counts[code] += 3 if line.section == "header" else 1
                first.setdefault(code, line.source(match.start(), match.end()))
    if not counts:
        return Finding(3, "inferred", "default", note="no words tell what was at stake")
    code = 3 if 3 in counts else max(counts)
    return Finding(code, "inferred", f"subject-{code}", (first[code],))


def _fears(case: Case, frame: Frame, party: Party, trigger: Trigger) -> Iterable[Line]:
    """The lines that tell what the actor feared: those that name it together with a word of threat."""
    for line in case.story:
        named = any(frame.number(state) == party.number for state in case.states(line.text))
        if named and _THREAT.search(line.text):
            yield line


def polarity(trigger: Finding) -> Finding:
    """period: the power structure of the world on the day of the trigger, by the years of the codebook."""
    if not isinstance(trigger.value, str):
        return Finding(None, "absent", "none", note="the trigger date is not known")
    day = trigger.value[:10]
    code = next(code for until, code in _PERIODS if day < until)
    return Finding(code, "reference", "years", (), ("trigger_date",))
