"""The major response of each crisis actor: its kind (majres) and its date (response_date)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from brinkline import data
from brinkline.model import Event
from brinkline.variables.acts import Act, find_act, kinds_with_forces
from brinkline.variables.case import Case
from brinkline.variables.days import icb_date, rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.lexicon import Kind, kinds
from brinkline.variables.story import Telling
from brinkline.variables.trigger import Trigger

#: "Their initial response" is passed over for a later one.
_FIRST = re.compile(r"\b(?:initial|first)(?:ly)?\b", re.IGNORECASE)
#: Words that make a move of forces after them something said, asked for or feared.
_TALKED = re.compile(
    r"\b(?:threat(?:en\w*)?|fear\w*|appeal\w*|request\w*|protest\w*|accus\w*|complain\w*|denounc\w*|condemn\w*|warn\w*|demand\w*"
    r"|call(?:ed|ing)? (?:for|on|upon)|not to|in case|in the event|against)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_SOFT: tuple[Kind, ...] = ("political", "economic", "verbal")
_CODES: tuple[tuple[Kind, int], ...] = (("political", 3), ("economic", 4), ("verbal", 2), ("external", 3), ("internal", 3))


@dataclass(frozen=True, slots=True)
class Response:
    """What is known of one actor's response: the cue phrase if there is one, the words of the act, the date."""

    party: Party
    telling: Telling | None
    act: Act | None
    date: Finding


def find_responses(case: Case, frame: Frame, triggers: Sequence[Trigger], tellings: Sequence[Telling]) -> tuple[Response, ...]:
    """One response per crisis actor: the one called major, else the first that is told after the trigger; where none is
    told, the act with which the actor set off another one's crisis, else its first dated act after the trigger."""
    return tuple(_response(case, frame, trigger, triggers, tellings) for trigger in triggers)


def _response(case: Case, frame: Frame, trigger: Trigger, triggers: Sequence[Trigger], tellings: Sequence[Telling]) -> Response:
    own = [telling for telling in tellings if trigger.party in telling.parties and not _too_early(trigger, telling)]
    major = [telling for telling in own if "major" in telling.hit.line.text[telling.hit.start : telling.hit.end].lower()]
    sure = [telling for telling in own if not telling.hit.cue.weak]
    later = [telling for telling in sure if not _FIRST.search(telling.hit.line.text, telling.hit.start, telling.hit.end)]
    chosen = major or later or sure or own
    if chosen:
        telling = chosen[0]
        act = find_act(case, telling.hit)
        return Response(trigger.party, telling, act, _date(telling, trigger, called=bool(major)))
    return (
        _set_off(trigger, triggers) or _first_act(case, frame, trigger) or Response(trigger.party, None, None, _unsaid(trigger))
    )


def _set_off(trigger: Trigger, triggers: Sequence[Trigger]) -> Response | None:
    """The act of this actor that is told as the trigger of another actor's crisis, when it came after its own trigger."""
    for other in triggers:
        told = other.telling is not None and other.entity.value == trigger.party.number and other.entity.basis == "quoted"
        if told and _later(trigger.date.value, other.date.value):
            return Response(trigger.party, None, other.act, replace(other.date, rule="set-off"))
    return None


def _first_act(case: Case, frame: Frame, trigger: Trigger) -> Response | None:
    """The first dated act of the actor that is told after its trigger and lies within the crisis, of a kind that answers
    a trigger if there is one."""
    first = trigger.act.line.index + 1 if trigger.act is not None else 0
    dated = [(event, value) for event in case.acts_of(trigger.party.id, first) if (value := _day(frame, trigger, event))]
    if not dated:
        return None
    answers = data.toml("brinkline.variables", "acts.toml")["answer"][0]["types"]
    event, value = next((item for item in dated if item[0].type in answers), dated[0])
    rule = "first-answer" if event.type in answers else "first-act"
    words = (event.evidence.start, event.evidence.end)
    places = (words, (event.when.start, event.when.end)) if event.when else (words,)
    return Response(trigger.party, None, _act(case, event), Finding(value, "inferred", rule, places, ("events",)))


def _day(frame: Frame, trigger: Trigger, event: Event) -> str | None:
    """The day of an event in ICB form, None when it has none, lies outside the crisis or before the trigger."""
    value = icb_date(event.when) if event.when is not None and not event.when.off_line else None
    if value is None or value.count("-") < 2 or not frame.holds(value):
        return None
    return value if value == trigger.date.value or _later(trigger.date.value, value) else None


def _act(case: Case, event: Event) -> Act | None:
    line = next((line for line in case.lines if line.index == event.sentence), None)
    return Act(line, 0, len(line.text)) if line is not None else None


def _later(first: object, second: object) -> bool:
    return isinstance(first, str) and isinstance(second, str) and rough_day(first) < rough_day(second)


def _too_early(trigger: Trigger, telling: Telling) -> bool:
    """True when a response is dated before the trigger, so that it answers something else."""
    if telling.moment is None or not isinstance(trigger.date.value, str):
        return False
    return rough_day(telling.moment.value) < rough_day(trigger.date.value)


def _date(telling: Telling, trigger: Trigger, *, called: bool) -> Finding:
    if telling.moment is None:
        return _unsaid(trigger)
    when = telling.moment.when
    cue = telling.hit.line.source(telling.hit.start, telling.hit.end)
    rule = ("major" if called else "told") + ("" if telling.moment.same_line else "-before")
    return Finding(telling.moment.value, "quoted", rule, (cue, (when.start, when.end)))


def _unsaid(trigger: Trigger) -> Finding:
    """The day of the trigger: the commonest single answer when no response is told (201 of 1,041 rows of the ICB data)."""
    if trigger.date.value is None:
        return Finding(None, "absent", "none", note="no response is told")
    return Finding(trigger.date.value, "inferred", "trigger-day", trigger.date.evidence, ("trigger_date",))


def response_type(case: Case, response: Response, *, violent: bool) -> Finding:
    """majres: the kind of act; several acts count as several only when force or its show is among them."""
    if response.act is None:
        code = 8 if violent else 3
        return Finding(code, "inferred", "unsaid", (), ("cenvio",))
    text = response.act.done
    found = _without_talk(text, kinds(text) or kinds_with_forces(case, text))
    code, kind = _type(found, violent=violent)
    if kind is None:
        return Finding(code, "inferred", "default", (response.act.source(),))
    _, start, end = found[kind]
    at = response.act.start
    return Finding(code, "quoted", kind, (response.act.line.clause(at + start, at + end),))


def _without_talk(text: str, found: Mapping[Kind, tuple[int, int, int]]) -> Mapping[Kind, tuple[int, int, int]]:
    """The kinds without military moves that were only asked for, threatened, feared or complained of, when other words tell an
    act."""
    if "military" not in found or len(found) == 1 or not _TALKED.search(text, 0, found["military"][1]):
        return found
    return {kind: item for kind, item in found.items() if kind != "military"}


def _type(found: Mapping[Kind, tuple[int, int, int]], *, violent: bool) -> tuple[int, Kind | None]:
    soft = [kind for kind in _SOFT if kind in found]
    if "violence" in found and (found["violence"][0] >= 3 or violent):
        return (9 if len(soft) > 1 and "military" in found else 8), "violence"
    if "military" in found:
        return (7 if soft and found["military"][0] < sum(found[kind][0] for kind in soft) - 2 else 6), "military"
    return next(((code, kind) for kind, code in _CODES if kind in found), (8 if violent else 3, None))
