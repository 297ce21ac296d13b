"""Violence: what each actor used (cenvio, sevvio), what it met with (viol), and its main technique (crismg)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brinkline import data
from brinkline.variables.case import Case
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.lexicon import kinds
from brinkline.variables.response import Response
from brinkline.variables.trigger import Trigger
from brinkline.variables.view import Line

#: An act is violent when the event scheme calls it armed and puts it at or below this intensity (a battle is -8).
_VIOLENT = -7.0


@dataclass(frozen=True, slots=True)
class Intensity:
    """How intense the fighting of the crisis was (1 to 4), the words that say so, and the rule."""

    level: int
    rule: str
    evidence: tuple[tuple[int, int], ...]


@functools.cache
def _patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = data.toml("brinkline.variables", "violence.toml")[part]
    return tuple((row["id"], row["level"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def read_intensity(case: Case) -> Intensity:
    """The intensity that the narrative itself names, the highest; else what its deeds come to; else none."""
    for part, least in (("said", 1), ("deed", 1)):
        found: dict[int, list[tuple[str, Line, re.Match[str]]]] = {}
        for rule, level, pattern in _patterns(part):
            for line in case.story:
                for match in pattern.finditer(line.text):
                    found.setdefault(level, []).append((rule, line, match))
        levels = [level for level, hits in found.items() if len(hits) >= least]
        if levels:
            best = max(levels)
            rule, line, match = found[best][0]
            return Intensity(best, rule, (line.source(match.start(), match.end()),))
    return Intensity(1, "silent", ())


def used_force(case: Case, frame: Frame, party: Party, triggers: Sequence[Trigger], responses: Sequence[Response]) -> Finding:
    """Whether an actor used violence itself (value 1 or 0): it is told to have fought, or answered with violence."""
    first = min((trigger.act.line.index for trigger in triggers if trigger.act is not None), default=0)
    for event in case.events:
        if event.sentence >= first and event.armed and event.intensity <= _VIOLENT and event.mode in ("done", "ongoing"):
            if any(frame.number(mention.actor) == party.number for mention in event.who):
                return Finding(1, "quoted", "event", ((event.evidence.start, event.evidence.end),))
    for response in responses:
        if response.party.number == party.number and response.telling is not None and response.act is not None:
            found = kinds(response.act.text)
            if "violence" in found and found["violence"][0] >= 3:
                return Finding(1, "quoted", "response", (response.act.source(),))
    return Finding(0, "absent", "silent", note="the narrative tells of no violence by this state")


def violence_findings(intensity: Intensity, force: Finding, trigger: Finding, talks: bool) -> Mapping[str, Finding]:
    """cenvio, sevvio, viol and crismg of one actor from the intensity of the fighting and whether it took part in it."""
    evidence = force.evidence + intensity.evidence
    if not force.value:
        met = intensity.level if trigger.value == 9 else min(intensity.level, 2 if intensity.level > 1 else 1)
        quiet = Finding(1, "absent", "no-force", note=force.note)
        return {
            "cenvio": quiet,
            "sevvio": quiet,
            "viol": Finding(max(met, 2) if trigger.value == 9 else met, "inferred", "met", intensity.evidence, ("triggr",)),
        }
    level = max(intensity.level, 2)
    central = 4 if level == 4 and not talks else 3
    if level == 2:
        central = 2
    return {
        "cenvio": Finding(central, "inferred", f"force-{level}", evidence, ("sevvio",)),
        "sevvio": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
        "viol": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
    }


def technique(central: Finding, response: Finding) -> Finding:
    """crismg: 8 where violence led, 7 where it was one means among others; without violence what the response suggests."""
    if central.value == 4:
        return Finding(8, "inferred", "violence", central.evidence, ("cenvio",))
    if central.value in (2, 3):
        return Finding(7, "inferred", "with-violence", central.evidence, ("cenvio",))
    if response.value in (6, 8):
        return Finding(6, "inferred", "military", response.evidence, ("majres",))
    if response.value in (4, 7, 9):
        return Finding(4, "inferred", "several", response.evidence, ("majres",))
    return Finding(1, "inferred", "talks", response.evidence, ("majres",))
