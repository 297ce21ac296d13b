"""Who gained and who gave way near the end of a crisis, as the story tells it: the ground for outcom."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Event
from brinkline.variables.case import Case
from brinkline.variables.ending import Ending
from brinkline.variables.frame import Frame
from brinkline.variables.trigger import Trigger
from brinkline.variables.view import TOKEN, Line

#: How much a sign counts by how many lines of the story it stands before (positive) or after the line of the end.
_BEFORE = (1.0, 1.0, 0.9, 0.8, 0.6, 0.4, 0.3)
_AFTER = (1.0, 0.9, 0.7, 0.5, 0.4)
#: Words that say who won or lost count this much wherever they stand in the last lines.
_OUTRIGHT, _FAR, _LAST_LINES = 3, 0.7, 12
#: Stands for a doer that is no state.
NO_STATE = 0
#: Characters before a sign that are searched for words that change what it says.
_REACH = 80
_DATE = re.compile(r"«D\d+»")
_CLAUSE = re.compile(r"[;:]|--|, (?:but|while|whereas|although|though|and) ")
#: Hostile acts between two states that make them adversaries; state numbers end below 990.
_HOSTILE, FIRST_NONSTATE = 2, 990


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase of gain or giving way: for whom (ICB number), +weight or -weight, where it stands, its rule."""

    number: int
    weight: float
    place: tuple[int, int]
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Cue:
    id: str
    pattern: re.Pattern[str]
    doer: float
    weight: float

    @property
    def active(self) -> bool:
        """True for a deed told of its doer, which turns round in the passive."""
        return self.doer > 0 and "lost" in self.pattern.groupindex


@functools.cache
def guards() -> Mapping[str, re.Pattern[str]]:
    """The entries [[guard]] of ``outcome.toml`` by id: words before a sign that change what it says."""
    rows = data.toml("brinkline.variables", "outcome.toml")["guard"]
    return {row["id"]: re.compile(row["pattern"], re.IGNORECASE) for row in rows}


@functools.cache
def sign_cues() -> tuple[_Cue, ...]:
    """The entries [[sign]] of ``outcome.toml``."""
    side = {"won": 1.0, "lost": -1.0}
    return tuple(
        _Cue(
            row["id"],
            re.compile(row["pattern"], re.IGNORECASE),
            side.get(row.get("doer", ""), 0.0) * row["weight"],
            float(row["weight"]),
        )
        for row in data.toml("brinkline.variables", "outcome.toml")["sign"]
    )


def find_signs(case: Case, frame: Frame) -> tuple[Sign, ...]:
    """Every sign of the story, in order."""
    return tuple(sign for line in case.roles for sign in _of_line(case, frame, line))


def _of_line(case: Case, frame: Frame, line: Line) -> Iterator[Sign]:
    text = undated(line)
    events = [event for event in case.events if event.sentence == line.index]
    for cue in sign_cues():
        for match in cue.pattern.finditer(text):
            inside = verbs(line, match, events)
            if not _told_as_done(cue, text, match.start(), inside):
                continue
            place = _words(line, match)
            named = dict(_named(case, frame, match))
            for number, side in named.items():
                yield Sign(number, side * cue.weight, place, line.index, cue.id)
            if cue.doer:
                for number in doers(case, frame, text, match.start(), inside) - named.keys():
                    yield Sign(number, cue.doer, place, line.index, cue.id)


def undated(line: Line) -> str:
    """The text of a line with its dates blotted out, so that a phrase may reach across them; as long as before."""
    return _DATE.sub(lambda match: "~" * len(match[0]), line.text)


def _words(line: Line, match: re.Match[str]) -> tuple[int, int]:
    """The range of the narrative to be quoted: the clause of a phrase where it names somebody, else the sentence."""
    place = line.clause(match.start(), match.end())
    named = any(token[1] != "D" and place[0] <= line.source(*token.span())[0] < place[1] for token in TOKEN.finditer(line.text))
    return place if named else line.source(0, len(line.text.rstrip()))


def verbs(line: Line, match: re.Match[str], events: Sequence[Event]) -> list[Event]:
    """The events whose verb stands within a phrase."""
    start, end = line.source(match.start(), match.end())
    return [event for event in events if start <= event.verb.start < end]


def _named(case: Case, frame: Frame, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The states that the phrase itself names as winning (1) or losing (-1)."""
    for group, side in (("won", 1), ("lost", -1)):
        if group in match.re.groupindex and match[group]:
            number = frame.number(case.mentions[int(match[group][2:-1])].actor)
            if number is not None:
                yield number, side


def _told_as_done(cue: _Cue, text: str, start: int, events: Sequence[Event]) -> bool:
    """False for what is denied, asked for or threatened, and for an active verb in the passive; what was agreed counts."""
    before = text[max(0, start - _REACH) : start]
    guard = guards()
    if guard["denied"].search(before) or (cue.active and guard["passive"].search(before)):
        return False
    if guard["agreed"].search(before):
        return True
    modes = {event.mode for event in events}
    return not guard["asked"].search(before) and not (modes and modes <= {"threatened", "demanded", "denied"})


def doers(case: Case, frame: Frame, text: str, start: int, events: Sequence[Event]) -> set[int]:
    """The ICB numbers of those who did what stands at a place of a line; ``NO_STATE`` for others, empty when nobody is named.

    By the events whose verb stands there; else whoever is named last before it, outside of a side phrase, in its clause or
    else its sentence; after a pronoun whoever is named first.
    """
    for event in events:
        found = {frame.number(item.actor) for item in event.who if not item.basis.startswith("pronoun")} - {None}
        if found and event.mode in ("done", "ongoing"):
            return {number for number in found if number is not None}
    begin = max((stop.end() for stop in _CLAUSE.finditer(text, 0, start)), default=0)
    pronoun = guards()["pronoun"].search(text[begin:start])
    passive = guards()["passive"].search(text[begin:start])
    for since in (begin, 0):
        tokens = list(TOKEN.finditer(text, since, start))
        if tokens and not passive and guards()["own"].search(text[tokens[-1].end() : start]):
            return _numbers(case, frame, tokens[-1:])
        free = [token for token in tokens if not guards()["side"].search(text[since : token.start()])]
        if pronoun and since and free and guards()["pronoun"].search(text[begin : free[0].start()]):
            continue  # "it told «A1» that it would": both stand for somebody named before the clause
        owners = [token for token in tokens if guards()["owner"].search(text[since : token.start()])]
        subject = (free[:1] if pronoun else free[-1:]) or owners[-1:]
        if passive:
            return _numbers(
                case, frame, [token for token in TOKEN.finditer(text) if token not in subject and token not in free]
            )
        if subject:
            return _numbers(case, frame, subject)
    return {number for event in events for item in event.who if (number := frame.number(item.actor)) is not None}


def _numbers(case: Case, frame: Frame, tokens: Sequence[re.Match[str]]) -> set[int]:
    """The ICB numbers of tokens, ``NO_STATE`` for those that are no states."""
    found = (frame.number(case.mentions[int(token[2])].actor) for token in tokens)
    return {NO_STATE if number is None else number for number in found}


@dataclass(frozen=True, slots=True)
class Balance:
    """What was gained less what was lost, and the signs it rests on (of each kind the nearest one)."""

    net: float
    signs: tuple[Sign, ...]


def balance(case: Case, signs: Sequence[Sign], numbers: Collection[int], ending: Ending) -> Balance:
    """Gains and losses of some states near the end of an actor's crisis."""
    order = {line.index: place for place, line in enumerate(case.roles)}
    here = order.get(ending.act.line.index, len(order) - 1) if ending.act is not None else len(order) - 1
    best: dict[tuple[int, str, bool], tuple[float, Sign]] = {}
    for sign in signs:
        if sign.number not in numbers:
            continue
        value = sign.weight * _nearness(here - order[sign.line], len(order) - order[sign.line], sign.weight)
        key = sign.number, sign.rule, value > 0
        if abs(value) > abs(best[key][0] if key in best else 0.0):
            best[key] = value, sign
    return Balance(sum(value for value, _ in best.values()), tuple(sign for _, sign in best.values()))


def _nearness(before: int, from_last: int, weight: float) -> float:
    """How much a sign counts that stands so many lines before the end of the crisis and so many from the last line."""
    near = _BEFORE[before] if 0 <= before < len(_BEFORE) else _AFTER[-before] if 0 < -before < len(_AFTER) else 0.0
    return max(near, _FAR) if abs(weight) >= _OUTRIGHT and from_last <= _LAST_LINES else near


def adversaries(case: Case, frame: Frame, trigger: Trigger, triggers: Sequence[Trigger]) -> set[int]:
    """The ICB numbers of those whom a crisis actor stands against.

    The only other actor; where there are several, who triggered its crisis, whose crisis it triggered, and those with whom it
    exchanged hostile acts, but none that the same state threatened.
    """
    number = trigger.party.number
    others = {party.number for party in frame.parties} - {number}
    if len(others) == 1:
        return others
    entity = _entity(trigger, triggers)
    found = {item.party.number for item in triggers if item.entity.value == number}
    if isinstance(entity, int) and entity < FIRST_NONSTATE:
        found.add(entity)
    found |= {other for other, count in _hostile_acts(case, frame, number).items() if count >= _HOSTILE}
    friends = {item.party.number for item in triggers if item.entity.value == entity}
    return found - friends - {number}


def _entity(trigger: Trigger, triggers: Sequence[Trigger]) -> object:
    """Who set off the crisis of an actor; where that is not told, who set off those of most others."""
    if trigger.entity.value is not None:
        return trigger.entity.value
    told = Counter(item.entity.value for item in triggers if item.entity.value not in (None, trigger.party.number))
    return told.most_common(1)[0][0] if told else None


def _hostile_acts(case: Case, frame: Frame, number: int) -> Counter[int]:
    """How often each state did something hostile to this one or met with it from this one."""
    counts: Counter[int] = Counter()
    for event in case.events:
        if event.stance in ("uncooperative", "escalating"):
            doers = {frame.number(mention.actor) for mention in event.who}
            targets = {frame.number(mention.actor) for mention in event.whom}
            met = (targets if number in doers else set()) | (doers if number in targets else set())
            counts.update(other for other in met if other is not None)
    return counts
