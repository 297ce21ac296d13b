"""What was at stake for an actor (gravty) and how its crisis ended (outcom, outfor)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.ending import Ending
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.trigger import Trigger
from brinkline.variables.view import TOKEN, Line

_THREAT = re.compile(
    r"threat|danger|fear|jeopard|perceiv|at risk|concern|at stake|menace|vital|prospect|apprehens|alarm", re.IGNORECASE
)
_BACK = re.compile(r"^\W*(?:[Tt]h(?:is|ese|at|ose)\b|[Ww]ith th)")
_SUPERPOWERS = (2, 365)
_GREAT_POWERS = (200, 220, 255, 325, 740)
#: Code of gravty by trigger when no words tell it (commonest in the ICB data).
_BY_TRIGGER = {6: 2, 8: 4, 9: 3, 2: 3, 7: 3, 3: 0, 4: 4, 5: 4, 1: 1}


@functools.cache
def _patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = data.toml("brinkline.variables", "values.toml")[part]
    return tuple((row["id"], row["code"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def gravest_threat(case: Case, frame: Frame, trigger: Trigger, kind: Finding) -> Finding:
    """gravty: the value named where the narrative tells what this actor feared, else the one the trigger suggests."""
    party = trigger.party
    for line in _fears(case, frame, party, trigger):
        for rule, code, pattern in _patterns("threat"):
            match = pattern.search(line.text)
            if match:
                return Finding(code, "quoted", f"fear-{rule}", (line.source(match.start(), match.end()),))
    if party.number in _SUPERPOWERS or (party.number in _GREAT_POWERS and kind.value == 8):
        return Finding(4, "inferred", "power", (), ("cracid", "triggr"))
    code = _BY_TRIGGER.get(int(kind.value), 3) if isinstance(kind.value, int) else 3
    return Finding(code, "inferred", "trigger", kind.evidence, ("triggr",))


def _fears(case: Case, frame: Frame, party: Party, trigger: Trigger) -> Iterable[Line]:
    """The lines that tell what the actor feared: those that name it together with a word of threat."""
    for line in case.story:
        named = any(frame.number(state) == party.number for state in case.states(line.text))
        if named and _THREAT.search(line.text):
            yield line


def outcome_findings(case: Case, frame: Frame, ending: Ending) -> tuple[Finding, Finding]:
    """outcom and outfor: what the lines that tell the end say of the result and of the way it came about."""
    lines = _end_lines(case, ending)
    form = _form(case, frame, ending.party, lines)
    result = _result(case, frame, ending.party, form, lines)
    return result, form


def _end_lines(case: Case, ending: Ending) -> tuple[Line, ...]:
    """The line that tells the end, after the line before it when it only points back ("This ended the crisis")."""
    if ending.act is None:
        return case.story[-3:-1]
    line = ending.act.line
    earlier = [item for item in case.story if item.index < line.index]
    if earlier and _BACK.match(line.text):
        return (earlier[-1], line)
    return (line,)


def _form(case: Case, frame: Frame, party: Party, lines: Sequence[Line]) -> Finding:
    for rule, code, pattern in _patterns("form"):
        for line in lines:
            match = pattern.search(line.text)
            if match:
                number = _whose(case, frame, line, match.start())
                return Finding(_seen_by(party, code, number), "quoted", rule, (line.source(match.start(), match.end()),))
    return Finding(4, "inferred", "default", note="no words tell how the crisis ended")


def _whose(case: Case, frame: Frame, line: Line, position: int) -> int | None:
    """The crisis actor named last before a position, who most likely did what stands there."""
    number = None
    for match in TOKEN.finditer(line.text, 0, position):
        if match[1] == "A":
            party = frame.party(case.mentions[int(match[2])].actor)
            number = party.number if party else number
    return number


def _seen_by(party: Party, code: int, doer: int | None) -> int:
    """The code as this actor sees it: its own act or the adversary's, imposed by it or on it, its compliance or the other's."""
    own = doer is None or doer == party.number
    match code:
        case 4:
            return 4 if own else 6
        case 7:
            return 7 if own else 6
        case 8:
            return 8 if own else 9
        case _:
            return code


def _result(case: Case, frame: Frame, party: Party, form: Finding, lines: Sequence[Line]) -> Finding:
    for line in (*lines, *case.story[-12:]):
        text = _own_token(case, frame, party, line)
        for rule, code, pattern in _patterns("result"):
            match = pattern.search(text)
            if match and (line in lines or code in (1, 4)):
                return Finding(code, "quoted", rule, (line.source(0, len(line.text)),))
    code = {1: 2, 2: 2, 3: 2, 4: 1, 5: 1, 6: 1, 7: 4, 8: 1, 9: 4, 15: 3, 11: 3, 10: 1}.get(int(form.value or 4), 3)
    return Finding(code, "inferred", f"form-{form.rule}", form.evidence, ("outfor",))


def _own_token(case: Case, frame: Frame, party: Party, line: Line) -> str:
    """The line with «S» in place of the actor's tokens."""

    def mark(match: re.Match[str]) -> str:
        own = match[1] == "A" and frame.number(case.mentions[int(match[2])].actor) == party.number
        return "«S»" if own else match[0]

    return TOKEN.sub(mark, line.text)
