"""How an actor's crisis ended: the content of the outcome (outcom) and its form (outfor)."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.ending import Ending
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.gains import (
    FIRST_NONSTATE,
    Balance,
    Sign,
    adversaries,
    balance,
    doers,
    find_signs,
    guards,
    undated,
    verbs,
)
from brinkline.variables.trigger import Trigger, trigger_type
from brinkline.variables.view import Line

_BACK = re.compile(r"^\W*(?:[Tt]h(?:is|ese|at|ose)\b|(?:[Ww]ith|[Bb]y|[Tt]hrough|[Uu]nder) th(?:is|at|ese|e)\b)")
_PARTS = re.compile(r"; |, (?:while|whereas|but) ")
#: Forms that count only in the line that tells the end itself.
_OWN_LINE = (8, 11)
#: When a form is looked for: most at first, an organ that stepped in next, any act told near the end last.
_STAGES = (0, 1, 2)
_STAGE = {"organ": 1, "act": 2}
_REACH = 40
#: Rules of outfor that rest on any act told near the end, or on none.
_WEAK_FORMS = ("act", "default")
#: Signs by which a state gives in to a demand.
_GAVE_IN = ("yield", "met-demand", "surrender", "surrender-of", "forced", "made-to")
#: Rules of outfor by which an act, or nothing, tells the end.
_TOLD_BY_ACT = ("act", "unilateral", "default")
#: triggr code of a violent act.
_VIOLENT_ACT = 9
#: How far gains and losses must be apart to settle the outcome, and how much those of the adversaries count.
_CLEAR, _OTHERS = 1.0, 0.8
#: outcom by outfor when nothing is said (commonest in the public narratives and the ICB data).
_BY_FORM = {1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 4, 8: 1, 9: 4, 15: 3, 11: 3, 10: 1}


@functools.cache
def patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """(rule id, code, compiled pattern) of one part of ``outcome.toml``, in the order of the file."""
    rows = data.toml("brinkline.variables", "outcome.toml")[part]
    return tuple((row["id"], row["code"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def find_outcomes(
    case: Case, frame: Frame, triggers: Sequence[Trigger], endings: Sequence[Ending]
) -> tuple[tuple[Finding, Finding], ...]:
    """outcom and outfor of each actor row: what the story tells near the end of gains and of giving way, weighed against what
    it tells of the adversaries; for want of that what is said of the result, else what is usual with the form."""
    signs = find_signs(case, frame)
    return tuple(_outcome(case, frame, triggers, signs, item) for item in zip(triggers, endings, strict=True))


def _outcome(
    case: Case, frame: Frame, triggers: Sequence[Trigger], signs: Sequence[Sign], item: tuple[Trigger, Ending]
) -> tuple[Finding, Finding]:
    trigger, ending = item
    lines = _end_lines(case, ending)
    against = adversaries(case, frame, trigger, triggers)
    form = _form(case, frame, ending, lines)
    own = balance(case, signs, {ending.party.number}, ending)
    others = balance(case, signs, against, ending)
    usual = _usual(form, trigger, trigger_type(case, frame, trigger), len(frame.parties))
    return _result(form, lines, own, others, usual), _form_by_signs(form, own, others)


def _usual(form: Finding, trigger: Trigger, kind: Finding, actors: int) -> int:
    """outcom when the story tells no gain or loss: what is commonest with the form in the ICB data.

    Between one or two states a crisis that another state began, and whose end is told without a form, or that began with
    violence and ended with an act of one's own, mostly left things as they were; so did a raid on a state alone in crisis.
    """
    if form.value == 1 and actors > 1:
        return 2
    by_state = isinstance(trigger.entity.value, int) and trigger.entity.value < FIRST_NONSTATE
    if by_state and actors <= 2 and form.value in (4, 6) and form.rule in _TOLD_BY_ACT:
        alone = actors == 1 and form.value == 6
        if alone or form.rule == "default" or (kind.value == _VIOLENT_ACT and form.value == 4):
            return 3
    return _BY_FORM.get(int(form.value or 4), 3)


def _form_by_signs(form: Finding, own: Balance, others: Balance) -> Finding:
    """The form; where only some act or nothing tells it, the weightiest sign settles whose act it was."""
    if form.value == 1:
        for code, side, other in ((9, own, others), (8, others, own)):
            gave_in = [sign for sign in side.signs if sign.rule in _GAVE_IN and sign.weight < 0]
            if gave_in and not any(sign.rule in _GAVE_IN and sign.weight < 0 for sign in other.signs):
                return Finding(code, "quoted", "under-pressure", (gave_in[0].place, *form.evidence))
        return form
    top = max((*own.signs, *others.signs), key=lambda sign: abs(sign.weight), default=None)
    if form.rule not in _WEAK_FORMS or top is None or abs(top.weight) < 2:
        return form
    mine = top in own.signs
    if top.weight < 0 and top.rule in _GAVE_IN:
        return Finding(7 if mine else 6, "quoted", "gave-in", (top.place,))
    return form


def _end_lines(case: Case, ending: Ending) -> tuple[Line, ...]:
    """The line that tells the end and, for want of words there, the line before it; the line before comes first when the
    line itself only points back ("This ended the crisis")."""
    if ending.act is None:
        return case.story[-3:-1]
    line = ending.act.line
    earlier = [item for item in case.story if item.index < line.index][-1:]
    return (*earlier, line) if _BACK.match(line.text) else (line, *earlier)


def _pieces(ending: Ending, lines: Sequence[Line]) -> Iterator[tuple[Line, int, int]]:
    """The lines with the range to read: where one sentence tells the ends of several actors apart, the part that tells this
    actor's comes first."""
    hit = ending.telling.hit if ending.telling is not None else None
    if hit is not None and hit.line in lines[:1] and hit.scope == "named":
        stops = [0, *(match.end() for match in _PARTS.finditer(hit.line.text)), len(hit.line.text)]
        start = max(stop for stop in stops if stop <= hit.start)
        yield hit.line, start, min(stop for stop in stops if stop >= hit.end)
    for line in lines:
        yield line, 0, len(line.text)


def _form(case: Case, frame: Frame, ending: Ending, lines: Sequence[Line]) -> Finding:
    """outfor: by words that name a form, else an organ that stepped in, else any act told there."""
    for stage in _STAGES:
        for line, start, end in _pieces(ending, lines):
            for rule, code, pattern in patterns("form"):
                if _STAGE.get(rule, 0) != stage or (code in _OWN_LINE and line is not lines[0]):
                    continue
                match = _first(line, pattern, start, end)
                if match:
                    events = [event for event in case.events if event.sentence == line.index]
                    who = doers(case, frame, undated(line), match.start(), verbs(line, match, events))
                    words = line.clause(match.start(), match.end())
                    return Finding(_seen_by(ending.party, code, who), "quoted", rule, (words,))
    code = 4 if len(frame.parties) > 1 else 6
    return Finding(code, "inferred", "default", note="no words tell how the crisis ended")


def _first(line: Line, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
    """The first use of a form in a piece of a line that is not denied, planned or refused there."""
    for match in pattern.finditer(line.text, start, end):
        if not guards()["denied"].search(line.text[max(start, match.start() - _REACH) : match.start()]):
            return match
    return None


def _seen_by(party: Party, code: int, who: Collection[int]) -> int:
    """The code as this actor sees it: its own act or the adversary's, imposed by it or on it, its compliance or the other's."""
    own = not who or party.number in who
    match code:
        case 4:
            return 4 if own else 6
        case 7:
            return 7 if own else 6
        case 8:
            return 8 if own else 9
        case _:
            return code


def _result(form: Finding, lines: Sequence[Line], own: Balance, others: Balance, usual: int) -> Finding:
    """outcom: by the balance of gains and losses where it is clear, else what is said of the result, else the usual one."""
    net = own.net - _OTHERS * others.net
    if abs(net) >= _CLEAR:
        return _by_balance(net, own, others)
    for line in lines[:1]:
        for rule, code, pattern in patterns("result"):
            if pattern.search(line.text):
                return Finding(code, "quoted", rule, (line.source(0, len(line.text)),))
    return Finding(usual, "inferred", f"form-{form.rule}", form.evidence, ("outfor",))


def _by_balance(net: float, own: Balance, others: Balance) -> Finding:
    """Victory or defeat, with the words that weigh most on that side."""
    side = 1 if net > 0 else -1
    mine = [sign for sign in own.signs if sign.weight * side > 0]
    theirs = [sign for sign in others.signs if sign.weight * side < 0]
    best = sorted(mine or theirs, key=lambda sign: (-abs(sign.weight), sign.line))
    rule = ("gained" if side > 0 else "gave-way") if mine else ("other-gave-way" if side > 0 else "other-gained")
    places = tuple(dict.fromkeys(sign.place for sign in best[:2]))
    return Finding(1 if side > 0 else 4, "quoted" if mine else "inferred", rule, places, () if mine else ("other actors",))
