"""What the opening sentence says: who the crisis actors are and from when to when the crisis ran."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Actor, Day, When
from brinkline.reference.states import state_by_key
from brinkline.variables.case import Case
from brinkline.variables.cues import Hit, expand
from brinkline.variables.days import icb_date, rough_day
from brinkline.variables.view import TOKEN, Line

_LISTS = ("actors-listed", "listed-actors")
_CLEAR = ("day", "month", "time", "week", "season", "interval")


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of the crisis as the opening says it: ICB date, the date words behind it."""

    value: str
    when: When


@dataclass(frozen=True, slots=True)
class Party:
    """A crisis actor: ``number`` and ``abbrev`` as ICB has them, the range of the words that name it as one, their rule."""

    id: str
    number: int
    abbrev: str
    name: str
    evidence: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The span and the crisis actors in the order in which they are named."""

    start: Bound | None
    end: Bound | None
    parties: tuple[Party, ...]

    @property
    def day(self) -> Day | None:
        """A day on which the crisis began, for names and numbers that changed with time."""
        return rough_day(self.start.value) if self.start else None

    def number(self, actor: Actor | None) -> int | None:
        """ICB's number of a state at the time of the crisis, None for others."""
        if actor is None or actor.kind != "state":
            return None
        return _number_on(actor.id, self.day)

    def party(self, actor: Actor | None) -> Party | None:
        """The crisis actor that is this actor, or None."""
        return next((party for party in self.parties if actor is not None and party.id == actor.id), None)

    def holds(self, value: str, *, days: int = 0) -> bool:
        """False when a date lies outside the span by more than ``days`` (True when the span is not known)."""
        year, month, day = rough_day(value)
        point = year * 372 + month * 31 + day
        before = self.start is not None and point < _point(self.start.value) - days
        after = self.end is not None and point > _point(self.end.value) + days
        return not (before or after)


@functools.lru_cache(maxsize=4096)
def _number_on(state: str, day: Day | None) -> int | None:
    """ICB's number of a state on a day; every mention of every event asks for it."""
    return state_by_key(state).number("icb", day)


def own_token(case: Case, frame: Frame, party: Party, line: Line) -> str:
    """The text of a line with «S» in place of the actor's tokens."""

    def mark(match: re.Match[str]) -> str:
        own = match[1] == "A" and frame.number(case.mentions[int(match[2])].actor) == party.number
        return "«S»" if own else match[0]

    return TOKEN.sub(mark, line.text)


def _point(value: str) -> int:
    day = rough_day(value)
    return day.year * 372 + day.month * 31 + day.day


def read_frame(case: Case) -> Frame:
    """The span and the actors; actors that only the story names as in crisis come after those of the opening."""
    start, end = _span(case)
    day = rough_day(start.value) if start else None
    parties: dict[int, Party] = {}
    for party in (*_head_parties(case, day), *_story_parties(case, day)):
        parties.setdefault(party.number, party)
    return Frame(start, end, tuple(parties.values()))


def _span(case: Case) -> tuple[Bound | None, Bound | None]:
    """First and last date of the opening; dates that only give a year yield to clearer ones."""
    told = [when for line in case.head for when in case.whens(line.text) if icb_date(when) and when.kind != "duration"]
    told = [when for when in told if when.precision in _CLEAR] or told
    if not told:
        return None, None
    first, last = told[0], told[-1]
    begin, finish = icb_date(first), icb_date(last, last=True)
    if begin and finish and rough_day(begin) > rough_day(finish):
        first, last = last, first
        begin, finish = icb_date(first), icb_date(last, last=True)
    return (Bound(begin, first) if begin else None), (Bound(finish, last) if finish else None)


@functools.cache
def head_patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """(rule id, compiled pattern, example) of the opening sentence, in the order of the file."""
    content = data.toml("brinkline.variables", "frame.toml")
    macros = {**data.toml("brinkline.variables", "cues.toml")["macros"], **content["macros"]}
    return tuple(
        (row["id"], re.compile(expand(row["pattern"], macros), re.IGNORECASE), row["example"]) for row in content["head"]
    )


def _head_parties(case: Case, day: Day | None) -> list[Party]:
    """The actors of the opening: of each line by the first pattern that finds any; once a line has named actors, later lines
    only add those that they list as actors ("The other crisis actors were ...")."""
    found: list[Party] = []
    for line in case.head:
        for rule, pattern, _ in head_patterns():
            if found and rule not in _LISTS:
                continue
            own = [
                party
                for match in pattern.finditer(line.text)
                for party in _parties(case, line, match.start("who"), match.end("who"), f"actors/{rule}", day)
            ]
            if own:
                found += own
                break
    return found


def _story_parties(case: Case, day: Day | None) -> list[Party]:
    """The states for which the story tells a trigger or an end of their crisis."""
    hits: Iterable[Hit] = (*case.hits_of("trigger"), *case.hits_of("end"))
    return [
        party
        for hit in sorted(hits, key=lambda hit: (hit.line.start, hit.start))
        if hit.scope == "named"
        for party in _parties(case, hit.line, *_who_range(hit), f"actors/{hit.cue.id}", day)
    ]


def _who_range(hit: Hit) -> tuple[int, int]:
    start = hit.line.text.index(hit.who, hit.start)
    return start, start + len(hit.who)


def _parties(case: Case, line: Line, start: int, end: int, rule: str, day: Day | None) -> list[Party]:
    """The states whose tokens stand in a range of a line, as parties; states without an ICB number are left out."""
    found = []
    for match in TOKEN.finditer(line.text, start, end):
        actor = case.mentions[int(match[2])].actor if match[1] == "A" else None
        if actor is not None:
            state = state_by_key(actor.id)
            code = state.code("icb", day)
            number = state.number("icb", day)
            if number is not None:
                abbrev = code.abbrev if code else state.abbrev
                found.append(Party(actor.id, number, abbrev, actor.name, line.source(match.start(), match.end()), rule))
    return found
