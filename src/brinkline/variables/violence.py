"""Violence: what each actor used (cenvio, sevvio), what it met with (viol), and its main technique (crismg)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Event
from brinkline.variables.case import Case
from brinkline.variables.days import icb_date, rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.lexicon import kinds
from brinkline.variables.response import Response
from brinkline.variables.trigger import Trigger, trigger_type
from brinkline.variables.view import Line

#: Forms of ending by agreement: violence was then one means among others.
_AGREED = (1, 2)
_VIOLENT = 9


@dataclass(frozen=True, slots=True)
class Intensity:
    """How intense the fighting of the crisis was (1 to 4), the words that say so, and the rule."""

    level: int
    rule: str
    evidence: tuple[tuple[int, int], ...]


@functools.cache
def patterns(part: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """(rule id, level, compiled pattern) of one part of ``violence.toml``, in the order of the file."""
    rows = data.toml("brinkline.variables", "violence.toml")[part]
    return tuple((row["id"], row["level"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def read_intensity(case: Case, frame: Frame) -> Intensity:
    """The intensity that the narrative itself names, the highest; else what the violent deeds told add up to; else none."""
    doubt = re.compile(data.toml("brinkline.variables", "violence.toml")["doubt"]["pattern"], re.IGNORECASE)
    story = [line for line in case.story if not _afterwards(case, frame, line)]
    said: dict[int, tuple[str, tuple[int, int]]] = {}
    for rule, level, pattern in patterns("said"):
        for line in story:
            for match in pattern.finditer(line.text):
                if not doubt.search(line.text, max(0, match.start() - 60), match.start()):
                    said.setdefault(level, (rule, line.clause(match.start(), match.end())))
    if said and max(said) > 1:
        level = max(said)
        return Intensity(level, said[level][0], (said[level][1],))
    summed = _sum_of_deeds(case, story)
    return summed if summed.level > 1 or not said else Intensity(1, said[1][0], (said[1][1],))


def _afterwards(case: Case, frame: Frame, line: Line) -> bool:
    """True for a line that is dated after the end of the crisis."""
    days = [value for when in case.whens(line.text) if (value := icb_date(when)) and value.count("-") == 2]
    return frame.end is not None and bool(days) and all(rough_day(value) > rough_day(frame.end.value) for value in days)


def _sum_of_deeds(case: Case, story: Sequence[Line]) -> Intensity:
    """The level that the violent events of the story come to by the weights of ``violence.toml``."""
    weights = data.toml("brinkline.variables", "violence.toml")["deeds"]
    told = {line.index for line in story}
    events = [event for event in case.events if event.sentence in told and is_violent(event)]
    total = sum(weights.get(event.type.split(".")[-1], 0) for event in events)
    if total < 1:
        return Intensity(1, "silent", ())
    level = 4 if total >= weights["sum_war"] else 3 if total >= weights["sum_serious"] else 2
    return Intensity(level, "deeds", tuple((event.evidence.start, event.evidence.end) for event in events[:3]))


def is_violent(event: Event) -> bool:
    """True for fighting that took place: a deed that the table gives at least weight 1."""
    weight = data.toml("brinkline.variables", "violence.toml")["deeds"].get(event.type.split(".")[-1], 0)
    rehearsed = data.toml("brinkline.variables", "violence.toml")["exercise"]["nouns"]
    if re.search(rehearsed, event.evidence.text, re.IGNORECASE):
        return False
    return bool(event.armed and weight >= 1 and event.mode in ("done", "ongoing"))


def used_force(
    case: Case, frame: Frame, intensity: Intensity, party: Party, triggers: Sequence[Trigger], responses: Sequence[Response]
) -> Finding:
    """Whether an actor used violence itself (value 1 or 0): it is told to have fought, or answered with violence."""
    own_trigger = next((trigger for trigger in triggers if trigger.party.number == party.number), None)
    for event in case.events:
        own = any(frame.number(mention.actor) == party.number for mention in event.who)
        if own and is_violent(event) and _after(own_trigger, event):
            return Finding(1, "quoted", "event", ((event.evidence.start, event.evidence.end),))
    struck = _struck_first(case, frame, own_trigger, triggers)
    if struck is not None:
        return Finding(1, "quoted", "triggered-other", (struck,))
    for response in responses:
        if response.party.number == party.number and response.telling is not None and response.act is not None:
            found = kinds(response.act.text)
            if "violence" in found and found["violence"][0] >= 3:
                return Finding(1, "quoted", "response", (response.act.source(),))
    if intensity.level >= 3 and (intensity.rule != "deeds" or was_struck(case, frame, party)):
        return Finding(1, "inferred", "fighting", intensity.evidence)
    return Finding(0, "absent", "silent", note="the narrative tells of no violence by this state")


def _struck_first(case: Case, frame: Frame, own: Trigger | None, triggers: Sequence[Trigger]) -> tuple[int, int] | None:
    """The words of a violent act of this actor that set off another one's crisis after its own had begun."""
    for other in triggers:
        if own is None or other.act is None or other.entity.value != own.party.number or other.entity.basis != "quoted":
            continue
        dates = (own.date.value, other.date.value)
        later = all(isinstance(date, str) for date in dates) and rough_day(str(dates[0])) <= rough_day(str(dates[1]))
        if later and trigger_type(case, frame, other).value == _VIOLENT:
            return other.act.source()
    return None


def _after(trigger: Trigger | None, event: Event) -> bool:
    """True when an act came after the trigger: by its date, else by its place in the narrative."""
    if trigger is None or trigger.act is None:
        return True
    value = icb_date(event.when) if event.when is not None else None
    if value is not None and value.count("-") == 2 and isinstance(trigger.date.value, str):
        return rough_day(value) >= rough_day(trigger.date.value)
    return event.sentence > trigger.act.line.index


def violence_findings(
    intensity: Intensity, force: Finding, trigger: Finding, form: Finding, *, attacked: bool
) -> Mapping[str, Finding]:
    """cenvio, sevvio, viol and crismg of one actor from the intensity of the fighting and whether it took part in it."""
    evidence = force.evidence + intensity.evidence
    if not force.value:
        met = 2 if trigger.value == 9 or attacked else 1
        quiet = Finding(1, "absent", "no-force", note=force.note)
        return {
            "cenvio": quiet,
            "sevvio": quiet,
            "viol": Finding(met, "inferred", f"met-{met}", intensity.evidence, ("triggr",)),
        }
    level = max(intensity.level, 2)
    central = 4 if level == 4 and form.value not in _AGREED else 3
    return {
        "cenvio": Finding(central, "inferred", f"force-{level}", evidence, ("sevvio",)),
        "sevvio": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
        "viol": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
    }


def technique(central: Finding, response: Finding, show: Finding) -> Finding:
    """crismg: 8 where violence led, 7 where it was one means among others; without violence what the response suggests, and
    several means where the story also tells of moves or threats of force."""
    if central.value == 4:
        return Finding(8, "inferred", "violence", central.evidence, ("cenvio",))
    if central.value in (2, 3):
        return Finding(7, "inferred", "with-violence", central.evidence, ("cenvio",))
    if response.value in (6, 8):
        return Finding(6, "inferred", "military", response.evidence, ("majres",))
    if response.value in (4, 7, 9):
        return Finding(4, "inferred", "several", response.evidence, ("majres",))
    if show.value:
        return Finding(4, "inferred", "show-of-force", response.evidence + show.evidence, ("majres", "events"))
    return Finding(1, "inferred", "talks", response.evidence, ("majres",))


def showed_force(case: Case, party: Party) -> Finding:
    """Whether the story tells of moves or threats of force by this state (value 1 or 0)."""
    shows = data.toml("brinkline.variables", "violence.toml")["shows"]["types"]
    told = {line.index for line in case.story}
    for event in case.acts_of(party.id, 0):
        if event.sentence in told and (event.armed or event.type in shows):
            return Finding(1, "quoted", "event", ((event.evidence.start, event.evidence.end),))
    return Finding(0, "absent", "silent")


def was_struck(case: Case, frame: Frame, party: Party) -> bool:
    """True when the story tells of violence against this state."""
    told = {line.index for line in case.story}
    return any(
        event.sentence in told
        and is_violent(event)
        and any(frame.number(mention.actor) == party.number for mention in event.whom)
        for event in case.events
    )
