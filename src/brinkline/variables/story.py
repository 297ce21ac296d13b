"""The story line: which state each cue phrase speaks of and which date belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brinkline.model import When
from brinkline.variables.case import Case
from brinkline.variables.cues import Hit, Role
from brinkline.variables.days import icb_date, within_span
from brinkline.variables.frame import Frame, Party
from brinkline.variables.view import TOKEN, WORDED, Line

_BACK = re.compile(r"^\W*(?:[Tt]h(?:is|ese|at|ose)\b|[Ii]t\b|[Tt]he (?:attack|raid|act|incident|latter|invasion)\b)")
_NEAR = re.compile(r"^[^.;:]{0,45}$")
_CLAUSE = re.compile(r"[;:]|--")
#: Days a told date may lie outside the span of the opening and still count (typing slips, a response before the first trigger).
_SLACK = 3
#: Lines that are searched backwards for the date of a cue; a longer silence than this settles nothing.
_LOOK_BACK = 100


@dataclass(frozen=True, slots=True)
class Moment:
    """A date told for a cue: ICB value, the date words, and whether they stand in the cue's own sentence."""

    value: str
    when: When
    same_line: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """A cue phrase with the crisis actors it speaks of (empty = nobody named) and its moment."""

    hit: Hit
    parties: tuple[Party, ...]
    moment: Moment | None


def tell(case: Case, frame: Frame, role: Role) -> tuple[Telling, ...]:
    """Every use of a role's cue phrases in the story, in order, with actors and dates worked out."""
    tellings: list[Telling] = []
    for hit in case.hits_of(role):
        parties = _whom(case, frame, hit, tellings)
        tellings.append(Telling(hit, parties, find_moment(case, frame, hit, last=role == "end")))
    return tuple(tellings)


def _whom(case: Case, frame: Frame, hit: Hit, before: Sequence[Telling]) -> tuple[Party, ...]:
    """The crisis actors a cue speaks of; "its" goes to the last crisis actor named before it."""
    if hit.scope == "named":
        named = [frame.party(actor) for actor in case.states(hit.who)]
        return tuple(party for party in named if party is not None)
    if hit.scope == "all":
        meant = _stood_for(case, frame, hit)
        return meant if len(meant) > 1 and len(frame.parties) > 2 else frame.parties
    if hit.scope == "it":
        meant = _stood_for(case, frame, hit)
        if meant:
            return meant
        party = last_party(case, frame, hit.line, hit.start)
        return (party,) if party else ()
    return ()


def _stood_for(case: Case, frame: Frame, hit: Hit) -> tuple[Party, ...]:
    """The crisis actors for whom a pronoun or "these two states" inside a cue stands, by the mentions given."""
    start, end = hit.line.source(hit.start, hit.end)
    for mention in case.mentions:
        inside = start <= mention.start and mention.end <= end and mention.basis.split(":")[0] in WORDED
        if inside and mention.actor is not None:
            ids = mention.actor.members or (mention.actor.id,)
            return tuple(party for party in frame.parties if party.id in ids)
    return ()


def last_party(case: Case, frame: Frame, line: Line, position: int) -> Party | None:
    """The crisis actor most likely meant by "it" at a position: the subject side of the line, else of the lines before."""
    for state in case.states(line.text[:position]):
        party = frame.party(state)
        if party is not None:
            return party
    for item in reversed(_lines_before(case, line, 2)):
        hits = [hit for hit in case.hits["trigger"].get(item.index, ()) if hit.scope == "named"]
        for hit in reversed(hits):
            parties = [frame.party(actor) for actor in case.states(hit.who)]
            if parties and parties[0] is not None:
                return parties[0]
        for state in case.states(item.text):
            party = frame.party(state)
            if party is not None:
                return party
    return None


def _lines_before(case: Case, line: Line, number: int) -> Sequence[Line]:
    """At most so many lines of the story right before a line, in their order."""
    place = bisect_left(case.story, line.index, key=lambda item: item.index)
    return case.story[max(0, place - number) : place]


def find_moment(case: Case, frame: Frame, hit: Hit, *, last: bool = False) -> Moment | None:
    """The date that belongs to a cue: right after it, else the nearest before it in its sentence, else the first after
    it, else the last date of the sentences before (at once when the cue's sentence begins "This ...")."""
    own = list(_usable(case, frame, hit.line, last))
    after = [item for item in own if item[0] >= hit.end]
    inside = [item for item in own if hit.start <= item[0] < hit.end]
    before = [item for item in own if item[0] < hit.start]
    if inside:
        return _moment(inside[0], same_line=True)
    if after and _NEAR.match(hit.line.text[hit.end : after[0][0]]) and _joined(hit.line.text[hit.end : after[0][0]]):
        return _moment(after[0], same_line=True)
    if before:
        return _moment(before[-1], same_line=True)
    if after and not _BACK.match(hit.line.text):
        return _moment(after[0], same_line=True)
    for line in reversed(_lines_before(case, hit.line, _LOOK_BACK)):
        told = list(_usable(case, frame, line, last))
        if told:
            return _moment(told[-1], same_line=False)
    if after:
        return _moment(after[0], same_line=True)
    return None


def _joined(words: str) -> bool:
    """True when a date that follows a cue after these words is the date of the cue ("… occurred, on", "… two days later")."""
    return not re.search(r"\b(?:and|but|while|which|who|until|before|after|since|by|from|when|by the)\b", words)


def _usable(case: Case, frame: Frame, line: Line, last: bool) -> Iterator[tuple[int, int, str, When]]:
    """Position, end, ICB value and record of each date of a line that can date a moment of the crisis; clear ones only
    when there are clear ones."""
    found = []
    for match in TOKEN.finditer(line.text):
        if match[1] != "D":
            continue
        when = case.dates[int(match[2])]
        if when.kind not in ("date", "interval", "time", "vague") or when.off_line:
            continue
        value = icb_date(when, last=last)
        if value is not None and frame.start is not None and frame.end is not None:
            value = within_span(value, when.text, frame.start.value, frame.end.value)
        if value is not None and frame.holds(value, days=_SLACK):
            found.append((match.start(), match.end(), value, when))
    days = [item for item in found if item[2].count("-") == 2]
    yield from days or found


def _moment(item: tuple[int, int, str, When], *, same_line: bool) -> Moment:
    return Moment(item[2], item[3], same_line)
