"""Violence: what each actor used (cenvio, sevvio), what it met with (viol), and its main technique (crismg)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Event
from brinkline.variables.case import Case
from brinkline.variables.days import icb_date, rough_day
from brinkline.variables.fighting import Intensity, is_doubted, is_violent, patterns, story_of
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party, own_token
from brinkline.variables.lexicon import kinds
from brinkline.variables.response import Response, response_type
from brinkline.variables.trigger import Trigger, trigger_type

#: Forms of ending by agreement or through a global body: violence was then one means among others.
_AGREED = (1, 2, 3, 11)
#: Rules of outfor by which one side gave in to the other.
_GAVE_IN = ("comply", "gave-in")
_VIOLENT = 9
_MEDIATION = ("do.mediate",)


def used_force(
    case: Case, frame: Frame, intensity: Intensity, own: Trigger, end: Finding, triggers: Sequence[Trigger], response: Response
) -> Finding:
    """Whether an actor used violence itself (value 1 or 0) between its trigger and its end: it is told to have fought, to have
    resisted or to have agreed to a cease-fire, it struck another actor, or it answered with violence."""
    party = own.party
    for event in case.events:
        doer = any(frame.number(mention.actor) == party.number for mention in event.who)
        if doer and is_violent(case, event) and _after(own, event) and not _too_late(end, event):
            return Finding(1, "quoted", "event", ((event.evidence.start, event.evidence.end),))
    struck = _struck_first(case, frame, own, triggers)
    if struck is not None:
        return Finding(1, "quoted", "triggered-other", (struck,))
    if response.telling is not None and response.act is not None:
        found = kinds(response.act.done)
        if "violence" in found and found["violence"][0] >= 3:
            return Finding(1, "quoted", "response", (response.act.source(),))
    fought = _told_to_fight(case, frame, party)
    if fought is not None:
        return Finding(1, "quoted", "fought", (fought,))
    if _drawn_in(case, frame, intensity, own, response):
        return Finding(1, "inferred", "fighting", intensity.evidence)
    return Finding(0, "absent", "silent", note="the narrative tells of no violence by this state")


def _drawn_in(case: Case, frame: Frame, intensity: Intensity, own: Trigger, response: Response) -> bool:
    """True when an actor of whom no act of violence is told can be taken to have fought: there was fighting, and it was struck
    or the fighting was serious; but not when it was only touched by the fighting of others and answered in words."""
    if intensity.level < 2:
        return False
    if was_struck(case, frame, own.party):
        return True
    if trigger_type(case, frame, own).value == _VIOLENT:
        return intensity.grave or intensity.level >= 3
    answer = response_type(case, response, violent=False)
    return intensity.grave and not (response.telling is not None and answer.rule in ("political", "verbal"))


def _told_to_fight(case: Case, frame: Frame, party: Party) -> tuple[int, int] | None:
    """The words that tell of this actor's own resistance, or of its agreement to stop fighting."""
    for line in story_of(case, frame):
        text = own_token(case, frame, party, line)
        if "«S»" not in text:
            continue
        for _, _, pattern in patterns("fought"):
            match = pattern.search(text)
            if match and not is_doubted(text, match.start()):
                return line.source(0, len(line.text))
    return None


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


def _too_late(end: Finding, event: Event) -> bool:
    """True when an act is dated after the end of the actor's crisis."""
    value = icb_date(event.when) if event.when is not None else None
    if value is None or value.count("-") < 2 or not isinstance(end.value, str):
        return False
    return rough_day(value) > rough_day(end.value)


def _after(trigger: Trigger | None, event: Event) -> bool:
    """True when an act came after the trigger: by its date, else by its place in the narrative."""
    if trigger is None or trigger.act is None:
        return True
    value = icb_date(event.when) if event.when is not None else None
    if value is not None and value.count("-") == 2 and isinstance(trigger.date.value, str):
        return rough_day(value) >= rough_day(trigger.date.value)
    return event.sentence > trigger.act.line.index


def violence_findings(
    intensity: Intensity, force: Finding, trigger: Finding, form: Finding, *, attacked: bool, talks: bool
) -> Mapping[str, Finding]:
    """cenvio, sevvio and viol of one actor from the intensity of the fighting and whether it took part in it.

    Violence led where no agreement ended the crisis and it was a war, or neither ``talks``, a cease-fire nor minor clashes
    are told. It was minor where clashes alone are told and a crisis that no violence began ended with one side giving in.
    """
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
    minor = level == 2 and intensity.rule == "said"
    led = level == 4 or not (talks or intensity.truce or minor)
    central = 4 if led and form.value not in _AGREED else 3
    if level == 2 and trigger.value != _VIOLENT and form.rule in _GAVE_IN:
        central = 2
    return {
        "cenvio": Finding(central, "inferred", f"force-{level}", evidence, ("sevvio",)),
        "sevvio": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
        "viol": Finding(level, "quoted", f"force-{intensity.rule}", evidence),
    }


@dataclass(frozen=True, slots=True)
class Means:
    """What the story tells of an actor's means short of violence: its own military moves, its own talks and appeals, and a
    mediation between whomever; each with the words, empty when none is told."""

    moves: tuple[tuple[int, int], ...]
    talks: tuple[tuple[int, int], ...]
    mediation: tuple[tuple[int, int], ...]


def means_of(case: Case, party: Party) -> Means:
    """The means of one actor, by the kinds of event of ``violence.toml``."""
    table = data.toml("brinkline.variables", "violence.toml")
    told = {line.index for line in case.story}

    def words(events: Iterable[Event], types: Sequence[str]) -> tuple[tuple[int, int], ...]:
        found = (event for event in events if event.sentence in told and event.type in types)
        return tuple((event.evidence.start, event.evidence.end) for event in found)

    own = case.acts_of(party.id, 0)
    done = [event for event in case.events if event.mode in ("done", "ongoing")]
    return Means(words(own, table["moves"]["types"]), words(own, table["talks"]["types"]), words(done, _MEDIATION))


def technique(central: Finding, response: Finding, form: Finding, means: Means) -> Finding:
    """crismg: 8 where violence led, 7 where it was one means among others. Without violence 3 where a mediation was told and an
    agreement reached, 6 for a military response with nothing else, 4 for several means, else 1."""
    if central.value == 4:
        return Finding(8, "inferred", "violence", central.evidence, ("cenvio",))
    if central.value in (2, 3):
        return Finding(7, "inferred", "with-violence", central.evidence, ("cenvio",))
    if means.mediation and form.value in _AGREED:
        return Finding(3, "inferred", "mediated", means.mediation[:1], ("outfor", "events"))
    if response.value in (6, 8) and not means.talks:
        return Finding(6, "inferred", "military", response.evidence, ("majres",))
    if response.value in (6, 8):
        return Finding(4, "inferred", "military-and-talks", response.evidence + means.talks[:1], ("majres", "events"))
    if response.value in (7, 9):
        return Finding(4, "inferred", "several", response.evidence, ("majres",))
    if means.moves:
        return Finding(4, "inferred", "show-of-force", response.evidence + means.moves[:1], ("majres", "events"))
    return Finding(1, "inferred", "talks", response.evidence, ("majres",))


def many_talks(case: Case) -> bool:
    """True when the story tells of at least one act of talking to each other in four sentences, whoever did it."""
    told = {line.index for line in case.story}
    table = data.toml("brinkline.variables", "violence.toml")["talks"]
    talks = sum(
        event.sentence in told and event.type in table["types"] and event.mode in ("done", "ongoing") for event in case.events
    )
    return bool(talks >= table["share"] * len(told))


def was_struck(case: Case, frame: Frame, party: Party) -> bool:
    """True when the story tells of violence against this state."""
    told = {line.index for line in case.story}
    return any(
        event.sentence in told
        and is_violent(case, event)
        and any(frame.number(mention.actor) == party.number for mention in event.whom)
        for event in case.events
    )
