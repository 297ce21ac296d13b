"""What an actor made of it: its attitude to the bodies (globfavr, rofavr) and whether it was content in the end (outevl)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from brinkline.variables.case import Case
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.view import Line

_TURNED = re.compile(
    r"\b(?:appeal\w*|complain\w*|turned|brought|submitted|refer(?:red|ring)|request\w*|asked|call(?:ed|ing)? (?:on|upon)"
    r"|accept\w*|welcom\w*|compli(?:ed|ance)|cooperat\w*|supported|protest\w*|letter|raised|took|convene)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:reject\w*|refus\w*|ignor\w*|def(?:y|ied)\b|vetoed|oppos\w*|denounc\w*|withdrew from|walked out|object\w*|blocked"
    r"|resent\w*|unheeded|boycott\w*|failed to comply|did not comply)",
    re.IGNORECASE,
)
#: Codes by column: (none existed, body active: favoured, neutral, opposed, body inactive: favoured, neutral, opposed).
_CODES: Mapping[str, tuple[int, ...]] = {"globfavr": (1, 2, 3, 4, 5, 6, 7), "rofavr": (0, 1, 2, 3, 4, 5, 6)}
_NONE: Mapping[str, tuple[int, int]] = {"globfavr": (1, 2), "rofavr": (0, 1)}
#: outcom rules that rest on words about the result itself.
_TOLD = ("gained", "gave-way", "other-gained", "other-gave-way")


def attitude(case: Case, frame: Frame, party: Party, field: str, activity: Finding) -> Finding:
    """globfavr or rofavr: whether the actor turned to the body or set itself against it in a line that names both.

    When the narrative tells neither, the commonest attitude of the ICB data: neutral to a body that did nothing, in favour of
    one that acted.
    """
    codes = _CODES[field]
    nothing, idle = _NONE[field]
    if activity.value is None:
        return Finding(None, "absent", "none", note="the activity of the body is not known")
    if activity.value == nothing:
        return Finding(codes[0], activity.basis, "no-body", activity.evidence, (field,))
    if activity.value == idle:
        return Finding(codes[5], "absent", "idle", note="the narrative tells no attitude of this state to the body")
    turned, against = _told(case, frame, party)
    if against is not None:
        return Finding(codes[3], "quoted", "against", (against,))
    if turned is not None:
        return Finding(codes[1], "quoted", "turned-to", (turned,))
    return Finding(codes[1], "inferred", "active", activity.evidence, ("globact" if field == "globfavr" else "regact",))


def _told(case: Case, frame: Frame, party: Party) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The words with which the actor turned to a body, and those with which it set itself against one."""
    found: list[tuple[int, int] | None] = [None, None]
    for line in _with_both(case, frame, party):
        for index, pattern in enumerate((_TURNED, _AGAINST)):
            match = pattern.search(line.text)
            if match and found[index] is None:
                found[index] = line.clause(match.start(), match.end())
    return found[0], found[1]


def _with_both(case: Case, frame: Frame, party: Party) -> Iterable[Line]:
    """The lines that begin with the actor and name a body after it."""
    for line in case.story:
        body = line.text.find("«B")
        states = case.states(line.text[:body]) if body > 0 else ()
        if states and frame.number(states[0]) == party.number:
            yield line


def satisfaction(outcome: Finding, others: Iterable[Finding]) -> Finding:
    """outevl: who was content, drawn from the outcomes where the narrative tells a victory or defeat; open otherwise."""
    if outcome.rule not in _TOLD or not any(True for _ in others):
        return Finding(None, "absent", "unsaid", note="whether the actor was content is not told; read the end by hand")
    code = 2 if outcome.value == 1 else 3
    return Finding(code, "inferred", f"outcome-{outcome.rule}", outcome.evidence, ("outcom",))
