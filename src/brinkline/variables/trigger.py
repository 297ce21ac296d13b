"""The trigger of each crisis actor: date (trigger_date), kind (triggr), entity (trigent) and its place (trigloc)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from brinkline.variables.acts import Act, find_act, kinds_with_forces
from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame, Party
from brinkline.variables.lexicon import Kind, groups, kinds
from brinkline.variables.story import Telling, last_party
from brinkline.variables.view import TOKEN

_NEWS = re.compile(r"receiv|learn|inform|report|intelligence|concluded|discover", re.IGNORECASE)
_BY = re.compile(r"\bby (?:(?:the|a|an|some|about|[\d,]+|[\w-]+-scale|[\w'-]+ed) )*(?P<who>«[ABG]\d+»)")
_JOINT = re.compile(r"«A\d+» and (?:the )?«A(\d+)»(?! (?:border|frontier|relations|talks|treaty|agreement|conflict))")
_PRONOUN = re.compile(r"^\W*(?:It|They|He|She|Its|Their)\b")
_TALK = re.compile(
    r"\b(?:threaten\w*|ready to|prepared to|would|propos\w+|draft|demand\w*|ultimatum|plan(?:s|ned)?|inten\w+|warn\w*"
    r"|possib\w+)\b[^.;]*$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"intra-?war|IWC|\bsecond\b|\bnew\b", re.IGNORECASE)
#: Kinds that one word of the cue's own sentence can settle ("This blockade").
_NAMED: tuple[tuple[Kind, int], ...] = (("military", 7), ("economic", 3))
#: Characters before a cue within which "This blockade" names the act.
_SHORT = 60
_FOR_OTHER = "trigger-for-other"
#: Codes in the order in which the coding guide asks, once internal challenges, violence and news are dealt with.
_CODES: tuple[tuple[Kind, int], ...] = (
    ("military", 7),
    ("violence", 9),
    ("economic", 3),
    ("political", 2),
    ("verbal", 2),
    ("external", 4),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is known of one actor's trigger: the cue phrase if there is one, the words of the act, the date, the entity."""

    party: Party
    telling: Telling | None
    act: Act | None
    date: Finding
    entity: Finding
    row: int = 1


def find_triggers(case: Case, frame: Frame, tellings: Sequence[Telling]) -> tuple[Trigger, ...]:
    """One trigger per crisis actor, in their order. An actor of whom no trigger is told gets the start of the crisis."""
    tellings = _with_the_other(frame, tellings)
    found = [_trigger(case, frame, party, tellings) for party in frame.parties]
    found += [second for first in found for second in _again(case, frame, first, tellings)]
    return tuple(_with_adversaries(case, frame, _with_a_first(frame, found)))


def _with_the_other(frame: Frame, tellings: Sequence[Telling]) -> Sequence[Telling]:
    """The tellings, where "a crisis for the island-state" speaks of the one actor of whom no other trigger is told."""
    left = [party for party in frame.parties if not any(party in item.parties for item in tellings)]
    nameless = [item for item in tellings if item.hit.cue.id == _FOR_OTHER and not item.parties]
    if len(left) != 1 or len(nameless) != 1:
        return tellings
    return [replace(item, parties=(left[0],)) if item is nameless[0] else item for item in tellings]


def _with_a_first(frame: Frame, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers with the start of the crisis given to the earliest one, if no actor has it: a crisis starts with a trigger.

    Only a date that was taken over from a sentence before the cue yields; one that is told with the trigger stands.
    """
    found = list(triggers)
    dated = [trigger for trigger in found if isinstance(trigger.date.value, str)]
    if frame.start is None or any(trigger.date.value == frame.start.value for trigger in dated):
        return found
    for trigger in sorted(dated, key=lambda trigger: rough_day(str(trigger.date.value)))[:1]:
        if trigger.date.rule == "told-before":
            found[found.index(trigger)] = replace(trigger, date=_date(frame, None))
    return found


def _trigger(case: Case, frame: Frame, party: Party, tellings: Sequence[Telling]) -> Trigger:
    own = [telling for telling in tellings if party in telling.parties]
    own = [telling for telling in own if not telling.hit.cue.weak] or own
    own = [telling for telling in own if is_by_name(case, party, telling)] or own
    telling = own[0] if own else None
    act = find_act(case, telling.hit) if telling else _first_act(case, frame)
    entity = _entity(case, frame, party, act)
    return Trigger(party, telling, act, _date(frame, telling), entity)


def _again(case: Case, frame: Frame, first: Trigger, tellings: Sequence[Telling]) -> Iterator[Trigger]:
    """A second row for an actor of whom a second crisis is told ("an intra-war crisis for … was triggered on …")."""
    if first.telling is None or not isinstance(first.date.value, str):
        return
    for telling in tellings:
        anew = first.party in telling.parties and telling.hit.line.index > first.telling.hit.line.index
        if (
            anew
            and is_again(telling)
            and telling.moment is not None
            and rough_day(telling.moment.value) > rough_day(first.date.value)
        ):
            act = find_act(case, telling.hit)
            yield Trigger(first.party, telling, act, _date(frame, telling), _entity(case, frame, first.party, act), 2)
            return


def is_by_name(case: Case, party: Party, telling: Telling) -> bool:
    """True when a cue names the actor itself, not only a collective it may belong to ("the two Western powers")."""
    numbers = (int(match[2]) for match in TOKEN.finditer(telling.hit.who) if match[1] == "A")
    return any((actor := case.mentions[number].actor) is not None and actor.id == party.id for number in numbers)


def is_again(telling: Telling) -> bool:
    """True when a cue phrase speaks of a second crisis within the first ("an intra-war crisis", "a new crisis")."""
    return bool(_AGAIN.search(telling.hit.line.text, max(0, telling.hit.start - 25), telling.hit.end))


def _date(frame: Frame, telling: Telling | None) -> Finding:
    """The date told with the cue, else the start of the crisis as the opening gives it."""
    if telling is not None and telling.moment is not None:
        when = telling.moment.when
        cue = telling.hit.line.source(telling.hit.start, telling.hit.end)
        rule = "told" if telling.moment.same_line else "told-before"
        return Finding(telling.moment.value, "quoted", rule, (cue, (when.start, when.end)))
    if frame.start is None:
        return Finding(None, "absent", "none", note="no date in the narrative can be tied to the trigger")
    span = (frame.start.when.start, frame.start.when.end)
    return Finding(frame.start.value, "inferred", "start", (span,), ("crisis:trigger_date",))


def _first_act(case: Case, frame: Frame) -> Act | None:
    """The line of the story that tells the day on which the crisis began, else its first line."""
    if frame.start is not None:
        for line in case.story:
            if any(when.edtf == frame.start.when.edtf for when in case.whens(line.text)):
                return Act(line, 0, len(line.text))
    return Act(case.story[0], 0, len(case.story[0].text)) if case.story else None


def trigger_type(case: Case, frame: Frame, trigger: Trigger) -> Finding:
    """triggr: the kind of act the trigger was, by the order of questions in the coding guide."""
    if trigger.act is None:
        return Finding(None, "absent", "none", note="the narrative tells no trigger")
    named = _named_act(case, trigger)
    if named is not None:
        return named
    found = kinds_with_forces(case, trigger.act.done)
    code, kind = _type(case, frame, trigger, found)
    if kind is None:
        return Finding(code, "inferred", "default", (trigger.act.source(),))
    _, start, end = found[kind]
    at = trigger.act.start
    return Finding(code, "quoted", kind, (trigger.act.line.clause(at + start, at + end),))


def _named_act(case: Case, trigger: Trigger) -> Finding | None:
    """The kind of act that the cue's own sentence names where it points back ("This blockade triggered …")."""
    hit = trigger.telling.hit if trigger.telling is not None else None
    if hit is None or trigger.act is None or hit.line is trigger.act.line or hit.start > _SHORT:
        return None
    found = kinds(hit.line.text[: hit.start])
    for kind, code in _NAMED:
        if kind in found and len(found) == 1:
            _, start, end = found[kind]
            return Finding(code, "quoted", f"named-{kind}", (hit.line.clause(start, end),))
    return None


def _type(case: Case, frame: Frame, trigger: Trigger, found: Mapping[Kind, tuple[int, int, int]]) -> tuple[int, Kind | None]:
    """The code and the kind of words that decided it (None = no words of any kind)."""
    text = trigger.act.text if trigger.act else ""
    states = case.states(text)
    own = any(frame.number(state) == trigger.party.number for state in states)
    force = found["violence"][0] if "violence" in found else 0
    if "internal" in found and force < 2:
        others = any(frame.number(state) != trigger.party.number for state in states)
        return (8 if others and not own else 6), "internal"
    if force >= 2 and not _only_talk(text, found["violence"][1]):
        return (9 if own or _struck(case, frame, trigger, found["violence"][2]) else 8), "violence"
    if "external" in found and "military" not in found and _NEWS.search(text):
        return 4, "external"
    if "military" in found and _only_talk(text, found["military"][1]):
        return 2, "military"
    return next(((code, kind) for kind, code in _CODES if kind in found), (2, None))


def _only_talk(text: str, position: int) -> bool:
    """True when force before which these words stand was threatened, demanded or planned, not used."""
    return bool(_TALK.search(text, max(0, position - 70), position))


def _struck(case: Case, frame: Frame, trigger: Trigger, position: int) -> bool:
    """Whether an attack that does not name the actor was on it: not when it hit another state by name, nor when it set off
    several states at once and this one is not the first of them."""
    act = trigger.act
    hit = case.states(act.text[position:]) if act is not None else ()
    doer = trigger.entity.value
    if any(frame.number(state) not in (trigger.party.number, doer, None) for state in hit):
        return False
    parties = trigger.telling.parties if trigger.telling is not None else ()
    return not parties or parties[0].number == trigger.party.number


def _entity(case: Case, frame: Frame, party: Party, act: Act | None) -> Finding:
    """trigent: the state named as doer of the act, 996 for those who are no state; else the only other crisis actor."""
    found = _doer(case, frame, party, act) if act is not None else None
    if found is not None:
        return found
    others = [other for other in frame.parties if other.number != party.number]
    if len(others) == 1:
        return Finding(others[0].number, "inferred", "other-actor", (others[0].evidence,), ("crisis actors",))
    return Finding(None, "absent", "none", note="the words of the trigger name nobody who acted")


def _doer(case: Case, frame: Frame, party: Party, act: Act) -> Finding | None:
    """The first state or group of the act that is not the actor itself, one after "by" before all others."""
    by = _BY.search(act.text)
    tokens = [match for match in TOKEN.finditer(act.text) if match[1] in "ABG"]
    if by:
        tokens.sort(key=lambda match: match.start() < by.start("who"))
    pronoun = _PRONOUN.match(act.text)
    group = groups().search(act.text)
    if pronoun and not by:
        meant = last_party(case, frame, act.line, act.start + pronoun.end())
        if meant is not None and meant.number != party.number:
            return Finding(meant.number, "inferred", "pronoun", (_at(act, pronoun.start(), pronoun.end()),))
    for match in tokens:
        actor = case.mentions[int(match[2])].actor
        number = frame.number(actor)
        place = _at(act, match.start(), match.end())
        if match[1] == "B":
            return Finding(997 if "violence" in kinds(act.text) else 996, "quoted", "body", (place,))
        if match[1] == "G" and actor is not None and actor.kind == "group":
            return Finding(996, "quoted", "group", (place,))
        if number is not None and number != party.number:
            if group and group.start() < match.end() + 25 and not (by and match.start() == by.start("who")):
                break
            joint = _JOINT.match(act.text, match.start())
            if (
                joint
                and "violence" in kinds(act.text)
                and frame.number(case.mentions[int(joint[1])].actor) not in (number, party.number, None)
            ):
                return Finding(997, "quoted", "joint", (_at(act, match.start(), joint.end()),))
            return Finding(number, "quoted", "state", (place,))
    if group:
        return Finding(996, "quoted", "group", (_at(act, group.start(), group.end()),))
    return None


def _with_adversaries(case: Case, frame: Frame, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers; where the act names nobody, the entity is the state that the story names most often.

    States whose crisis began on the same day stand on the same side as a rule and do not count.
    """
    counts = Counter(
        number
        for line in case.story
        for match in TOKEN.finditer(line.text)
        if match[1] == "A" and (number := frame.number(case.mentions[int(match[2])].actor)) is not None
    )
    found = []
    for trigger in triggers:
        same_side = {other.party.number for other in triggers if other.date.value == trigger.date.value}
        rest = {number: count for number, count in counts.items() if number not in same_side | {trigger.party.number}}
        if trigger.entity.value is None and rest:
            most = max(sorted(rest), key=lambda number: rest[number])
            entity = Finding(most, "inferred", "most-named", (), ("mentions",), "the state that the story names most often")
            trigger = replace(trigger, entity=entity)
        found.append(trigger)
    return found


def _at(act: Act, start: int, end: int) -> tuple[int, int]:
    return act.line.source(act.start + start, act.start + end)


def trigger_place(trigger: Trigger) -> Finding:
    """trigloc: 2 when the entity that acted sits inside the actor, else 1."""
    inside = trigger.entity.value == 996 and trigger.act is not None and "internal" in kinds(trigger.act.text)
    return Finding(2 if inside else 1, "inferred", "entity", (), ("trigent",))


def after_response(frame: Frame, triggers: Sequence[Trigger], responses: Mapping[int, Finding]) -> tuple[Trigger, ...]:
    """The triggers, where an actor of whom no trigger is told is set off by the first told response of another actor.

    One state's response is often the next one's trigger (167 of 414 later rows of the ICB data start on that very day).
    ``responses`` are told response dates by ICB number; nothing changes unless another
    actor's trigger is told and began the crisis.
    """
    first = frame.start.value if frame.start else None
    if not any(trigger.telling and trigger.date.value == first for trigger in triggers):
        return tuple(triggers)
    return tuple(trigger if trigger.telling else _set_off(trigger, responses) for trigger in triggers)


def _set_off(trigger: Trigger, responses: Mapping[int, Finding]) -> Trigger:
    others = {number: date for number, date in responses.items() if number != trigger.party.number}
    if not others:
        return trigger
    number, date = min(others.items(), key=lambda item: rough_day(str(item[1].value)))
    return replace(trigger, date=Finding(date.value, "inferred", "response", date.evidence, (f"actor:{number}:response_date",)))


def source_of_threat(trigger: Trigger) -> Finding:
    """southv: the triggering state (the same in 749 of 1,077 rows of the ICB data); open when no single state did the act."""
    value = trigger.entity.value
    if isinstance(value, int) and value < 995:
        return Finding(value, "inferred", "entity", trigger.entity.evidence, ("trigent",))
    return Finding(None, "absent", "none", note="the trigger was not the act of a single state")
