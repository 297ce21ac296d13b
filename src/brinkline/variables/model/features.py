"""What the models look at: named numbers for one actor row, and where the words behind each of them stand.

``rule:triggr=9``   a value that the rules gave this row; ``other:`` the same for the other row where there are two actors
``by:majres=told``  the rule that gave a value
``case:power=great``  the setting: rank of the state, period, number of actors, length, who set the crisis off
``done:do.deploy``  events of the story that this state did (``done``), met with (``met``), or anybody did (``any``)
``cue.resp:attack`` phrases of ``acts.toml`` in the response, the trigger, sentences that name the state, the whole story
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from brinkline.variables.case import Case
from brinkline.variables.days import rough_day
from brinkline.variables.ending import Ending
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame
from brinkline.variables.lexicon import words
from brinkline.variables.response import Response
from brinkline.variables.trigger import Trigger
from brinkline.variables.view import Line

Findings = Mapping[str, Finding]
Place = tuple[int, int]

#: The coded variables that the models may lean on (ICB2 names).
CODED = (
    *("triggr", "majres", "crismg", "cenvio", "sevvio", "viol", "usinv", "suinv"),
    *("globorg", "globact", "regorg", "regact", "outcom", "outfor", "gravty"),
)
#: First years of the periods told apart: the war, the two halves of the Cold War, after it (ICB variable period, condensed).
PERIODS = (1939, 1946, 1963, 1990)
#: The superpowers (from 1945) and the great powers before, by ICB number.
SUPERPOWERS, GREAT_POWERS = (2, 365), (2, 365, 200, 220, 255, 260, 325, 740)


class Told(Protocol):
    """What the story tells of one actor."""

    @property
    def trigger(self) -> Trigger: ...
    @property
    def response(self) -> Response: ...
    @property
    def ending(self) -> Ending: ...


@dataclass(slots=True)
class Features:
    """Numbers by name, and for each name the ranges of the narrative it was counted from (none for a setting)."""

    values: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)

    def mark(self, name: str, places: Sequence[Place] = ()) -> None:
        """Set a feature that is there or not."""
        self.values[name] = 1.0
        self.places[name] = list(places)

    def count(self, name: str, place: Place) -> None:
        """Add one use; the value becomes the logarithm of 1 + uses in ``weigh``."""
        self.places.setdefault(name, []).append(place)
        self.values[name] = math.log1p(len(self.places[name]))


def setting(number: int, year: int | None, actors: Sequence[int], days: int | None, entity: object) -> dict[str, str]:
    """The setting of a row as codes: rank, period, actors, days (steps of a factor 2.8) and entity; unknown ones left out."""
    rank = "great" if number in GREAT_POWERS else "other"
    known = {"power": "super" if number in SUPERPOWERS and year is not None and year >= 1945 else rank}
    known["actors"] = str(min(3, len(set(actors))))
    kinds = {995: "nonstate", 996: "nonstate", 997: "joint"}
    known["entity"] = "party" if entity in actors else kinds.get(entity, "state") if isinstance(entity, int) else "state"
    if year is not None:
        known["period"] = str(sum(year >= first for first in PERIODS))
    if days is not None and days > 0:
        known["days"] = str(int(math.log2(days + 0.1) // 1.5))
    return known


def row_features(
    case: Case, frame: Frame, rows: Sequence[tuple[Told, Findings]], index: int, *, story: bool = True
) -> Features:
    """The features of the row at ``index`` among all rows of a narrative; ``story=False`` leaves out events and phrases."""
    told, findings = rows[index]
    party = told.trigger.party
    found = Features()
    _coded(found, "rule", findings)
    if len(rows) == 2 and rows[0][0].trigger.party != rows[1][0].trigger.party:
        _coded(found, "other", rows[1 - index][1])
    for name in CODED:
        found.mark(f"by:{name}={findings[name].rule}")
    date, days = told.trigger.date.value, findings["trgterra"].value
    year = rough_day(date).year if isinstance(date, str) else None
    numbers = [other.number for other in frame.parties]
    length = days if isinstance(days, int) else None
    for name, value in setting(party.number, year, numbers, length, told.trigger.entity.value).items():
        found.mark(f"case:{name}={value}")
    if story:
        _events(found, case, frame, party.number)
        _cues(found, case, frame, told)
    return found


def _coded(found: Features, block: str, findings: Findings) -> None:
    for name in CODED:
        found.mark(f"{block}:{name}={findings[name].value}", findings[name].evidence)


def _events(found: Features, case: Case, frame: Frame, number: int) -> None:
    told = {line.index for line in case.story}
    for event in case.events:
        if event.sentence not in told:
            continue
        sides = ["any"]
        if any(frame.number(mention.actor) == number for mention in event.who):
            sides.append("done")
        if any(frame.number(mention.actor) == number for mention in event.whom):
            sides.append("met")
        mode = "" if event.mode in ("done", "ongoing") else f"/{event.mode}"
        for side in sides:
            found.count(f"{side}:{event.type}{mode}", (event.evidence.start, event.evidence.end))


def _cues(found: Features, case: Case, frame: Frame, told: Told) -> None:
    for block, line, start, end in _scopes(case, frame, told):
        for name, first, last in _phrases(line.text, start, end):
            found.count(f"cue.{block}:{name}", line.source(first, last))


@functools.lru_cache(maxsize=512)
def _phrases(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """Phrases in a piece of a line with their ranges; kept, since the actors of a crisis share most lines of its story."""
    return tuple((word.id, *match.span()) for word in words() for match in word.pattern.finditer(text, start, end))


def _scopes(case: Case, frame: Frame, told: Told) -> Iterator[tuple[str, Line, int, int]]:
    """(name, line, start, end) of the pieces of text in which phrases are counted."""
    number = told.trigger.party.number
    for block, act in (("trig", told.trigger.act), ("resp", told.response.act)):
        if act is not None:
            yield block, act.line, act.start, act.end
    for line in case.story:
        if any(frame.number(state) == number for state in case.states(line.text)):
            yield "own", line, 0, len(line.text)
