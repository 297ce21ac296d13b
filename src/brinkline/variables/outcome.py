"""How an actor's crisis ended: the content of the outcome (outcom) and its form (outfor)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.ending import Ending
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party, own_token
from brinkline.variables.view import TOKEN, Line

_BACK = re.compile(r"^\W*(?:[Tt]h(?:is|ese|at|ose)\b|(?:[Ww]ith|[Bb]y|[Tt]hrough|[Uu]nder) th(?:is|at|ese|e)\b)")
_PARTS = re.compile(r"; |, (?:while|whereas|but) ")
#: Forms that count only in the line that tells the end itself.
_OWN_LINE = (8, 11)
#: Rules of outfor that rest on any act told near the end, or on none.
_WEAK_FORMS = ("act", "default")
#: Kinds of event by which a state gives in, and how many sentences before the end they may be told.
_COMPLIED = ("do.comply", "do.surrender")
_DEMAND = re.compile(r"demand|ultimatum|terms|conditions", re.IGNORECASE)
_NEAR_END = 4
#: outcom of the other side (in two-row crises of the ICB data 63 pairs of victory and defeat).
_MIRROR: Mapping[object, int] = {1: 4, 4: 1}
#: outcom by outfor when nothing is said (commonest in the public narratives and the ICB data).
_BY_FORM = {1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 4, 8: 1, 9: 4, 15: 3, 11: 3, 10: 1}


@functools.cache
def patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """(rule id, code, compiled pattern) of one part of ``outcome.toml``, in the order of the file."""
    rows = data.toml("brinkline.variables", "outcome.toml")[part]
    return tuple((row["id"], row["code"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def outcome_findings(case: Case, frame: Frame, ending: Ending) -> tuple[Finding, Finding]:
    """outcom and outfor: what the lines that tell the end say of the result and of the way it came about."""
    lines = _end_lines(case, ending)
    form = _form(case, frame, ending, lines)
    result = _result(case, frame, ending.party, form, lines)
    if form.rule in _WEAK_FORMS and (result.rule in ("lost", "mirror") or result.rule.startswith("form-")):
        gave_in = _who_gave_in(case, frame, ending)
        if gave_in is not None:
            return _after_compliance(ending.party, *gave_in)
    if result.rule == "lost" and form.value == 4 and form.rule in ("act", "default"):
        form = Finding(7, "inferred", "gave-in", result.evidence, ("outcom",))
    return result, form


def _who_gave_in(case: Case, frame: Frame, ending: Ending) -> tuple[int, tuple[int, int]] | None:
    """The crisis actor that is told to have complied, surrendered or accepted a demand, with the words.

    None when the story tells it of several, or when there are not just two actors.
    """
    found: dict[int, tuple[int, int]] = {}
    last = ending.act.line.index if ending.act is not None else None
    for event in case.events:
        if event.mode != "done" or (last is not None and not last - _NEAR_END <= event.sentence <= last):
            continue
        words = case.narrative.text[event.evidence.start : event.evidence.end]
        if event.type in _COMPLIED or (event.type == "say.accept" and _DEMAND.search(words)):
            for mention in event.who:
                number = frame.number(mention.actor)
                if any(party.number == number for party in frame.parties) and number is not None:
                    found[number] = (event.evidence.start, event.evidence.end)
    return next(iter(found.items())) if len(found) == 1 and len(frame.parties) == 2 else None


def _after_compliance(party: Party, number: int, words: tuple[int, int]) -> tuple[Finding, Finding]:
    """outcom and outfor where one of two actors gave in: its defeat by compliance, the other's victory."""
    if party.number == number:
        return Finding(4, "quoted", "complied", (words,)), Finding(7, "quoted", "complied", (words,))
    source = (f"actor:{number}:outcom",)
    return Finding(1, "inferred", "other-complied", (words,), source), Finding(
        6, "inferred", "other-complied", (words,), source
    )


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
    party = ending.party
    for weak in (False, True):
        for line, start, end in _pieces(ending, lines):
            for rule, code, pattern in patterns("form"):
                match = pattern.search(line.text, start, end) if (rule == "act") is weak else None
                if match and not (code in _OWN_LINE and line is not lines[0]):
                    number = _whose(case, frame, line, match.start(), line.source(match.start(), match.end()))
                    words = line.clause(match.start(), match.end())
                    return Finding(_seen_by(party, code, number), "quoted", rule, (words,))
    code = 4 if len(frame.parties) > 1 else 6
    return Finding(code, "inferred", "default", note="no words tell how the crisis ended")


def _whose(case: Case, frame: Frame, line: Line, position: int, place: tuple[int, int]) -> int | None:
    """The crisis actor who did what stands at a place: the doer of the event there, else the one named last before it."""
    for event in case.events:
        if event.sentence == line.index and place[0] <= event.verb.start < place[1]:
            for mention in event.who:
                number = frame.number(mention.actor)
                if number is not None:
                    return number
    number = None
    for match in TOKEN.finditer(line.text, 0, position):
        if match[1] == "A":
            number = frame.number(case.mentions[int(match[2])].actor) or number
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
    """outcom: what is said of this actor, else the mirror of what is said of its only adversary, else by the form."""
    said = _said(case, frame, party, lines)
    if said is not None:
        return said
    others = [other for other in frame.parties if other.number != party.number]
    mirror = _said(case, frame, others[0], lines) if len(others) == 1 else None
    if mirror is not None and mirror.value in _MIRROR:
        return Finding(_MIRROR[mirror.value], "inferred", "mirror", mirror.evidence, (f"actor:{others[0].number}:outcom",))
    code = 2 if form.value == 1 and others else _BY_FORM.get(int(form.value or 4), 3)
    return Finding(code, "inferred", f"form-{form.rule}", form.evidence, ("outfor",))


def _said(case: Case, frame: Frame, party: Party, lines: Sequence[Line]) -> Finding | None:
    """The result that the lines of the end tell of an actor, or a victory or defeat told in the last lines of the story."""
    for line in (*lines, *case.story[-12:]):
        text = own_token(case, frame, party, line)
        for rule, code, pattern in patterns("result"):
            if pattern.search(text) and (line in lines[:1] or code in _MIRROR):
                return Finding(code, "quoted", rule, (line.source(0, len(line.text)),))
    return None
