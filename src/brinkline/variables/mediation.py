"""What the narrative tells of mediation (mediate, medwho) and of an ethnic cause (ethnic)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brinkline.variables.case import Case
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame
from brinkline.variables.view import TOKEN, Line

_MEDIATION = re.compile(
    r"\b(?:mediat\w+|good offices|go-between|intermediar\w+|conciliat\w+|shuttle (?:diplomacy|mission)|shuttled|brokered)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:ask\w*|request\w*|appeal\w*|call\w* for|sought|invit\w+)\b", re.IGNORECASE)
_OFFERED = re.compile(
    r"\b(?:offer\w*|propos\w+|suggest\w*|willing\w*|declin\w+|refus\w+|reject\w*|volunteer\w*)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:no|not|never|without|nor)\b[^.;]{0,40}$", re.IGNORECASE)
_SECESSION = re.compile(r"\b(?:secess\w+|seced\w+|separatis\w+|breakaway)\b", re.IGNORECASE)
_IRREDENTISM = re.compile(r"\b(?:irredent\w+|ethnic kin\w*|kin across|kinsmen|reunif\w+ with)\b", re.IGNORECASE)
_TOOK_PLACE = 4


def mediation_findings(case: Case, frame: Frame) -> Mapping[str, Finding]:
    """mediate, medwho and ethnic of the crisis; ethnic only where the text says so."""
    level, line, match = _highest(case)
    if line is None or match is None:
        none = Finding(1, "absent", "silent", note="the narrative tells of no mediation")
        return {"mediate": none, "medwho": none, "ethnic": _ethnic(case)}
    words = (line.clause(match.start(), match.end()),)
    who = _mediator(case, frame) if level == _TOOK_PLACE else Finding(1, "inferred", "none-at-work", words, ("mediate",))
    rule = ("", "", "asked", "offered", "took-place")[level]
    return {"mediate": Finding(level, "quoted", rule, words), "medwho": who, "ethnic": _ethnic(case)}


def _highest(case: Case) -> tuple[int, Line | None, re.Match[str] | None]:
    """The furthest that mediation is told to have come: asked for (2), offered (3), took place (4)."""
    best: tuple[int, Line | None, re.Match[str] | None] = (1, None, None)
    for line in case.roles:
        for match in _MEDIATION.finditer(line.text):
            before = line.text[max(0, match.start() - 60) : match.start()]
            if _DENIED.search(before):
                continue
            around = before + line.text[match.start() : match.end() + 30]
            level = 3 if _OFFERED.search(around) else 2 if _ASKED.search(before) else 4
            if level > best[0]:
                best = level, line, match
    return best


def _mediator(case: Case, frame: Frame) -> Finding:
    """medwho: a body, one state or several, as named last before a word of mediation, or after "by"; never a crisis actor."""
    found: dict[str, tuple[int, tuple[int, int]]] = {}
    for line in case.roles:
        for match in _MEDIATION.finditer(line.text):
            for token in _candidates(line, match):
                actor = case.mentions[int(token[2])].actor
                if actor is not None and frame.party(actor) is None:
                    code = 5 if actor.kind == "state" else 6 if actor.kind == "collective" else _body(actor.id)
                    found.setdefault(actor.id, (code, line.source(token.start(), token.end())))
                    break
    if not found:
        return Finding(None, "absent", "unsaid", note="the words about mediation do not name the mediator")
    codes = [code for code, _ in found.values()]
    code = 6 if len(found) > 1 and set(codes) <= {5, 6} else min(codes)
    return Finding(code, "quoted", f"mediator-{code}", tuple(place for _, place in found.values())[:3])


def _candidates(line: Line, match: re.Match[str]) -> list[re.Match[str]]:
    """The names in a line in the order in which they can be the mediator of a word of mediation."""
    tokens = [token for token in TOKEN.finditer(line.text) if token[1] in "ABC"]
    before = [token for token in tokens if token.end() <= match.start()][::-1]
    after = [token for token in tokens if token.start() >= match.end()]
    by = after[:1] if re.match(r"[^.;«]{0,25}\b(?:by|of|from)\b", line.text[match.end() :]) else []
    return [*by, *before, *after]


def _body(body_id: str) -> int:
    return 2 if body_id.startswith(("body:un", "body:league")) else 3


def _ethnic(case: Case) -> Finding:
    for rule, code, pattern in (("secession", 1, _SECESSION), ("irredentism", 2, _IRREDENTISM)):
        for line in case.story:
            match = pattern.search(line.text)
            if match:
                return Finding(code, "quoted", rule, (line.clause(match.start(), match.end()),))
    return Finding(
        None, "absent", "unsaid", note="the narrative names no secession or irredentism; whether it was none needs a reader"
    )
