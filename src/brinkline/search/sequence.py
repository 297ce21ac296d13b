"""A sequence of events as frozen records, its canonical text, and the rows that it is matched with.

A demand B then within 10d A attack B then not B yield A
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from brinkline.calendar import add_months, from_number, to_number

Unit = Literal["d", "w", "m", "y"]

#: The modes that count unless others are asked for: what happened, by the narrative's word or another's.
HAPPENED = ("done", "ongoing", "reported")

_BARE = re.compile(r"[A-Za-z0-9_.]+")
_DAYS: dict[str, int] = {"d": 1, "w": 7, "m": 31, "y": 366}


@dataclass(frozen=True, slots=True)
class Variable:
    """A letter that stands for some actor, the same one wherever it stands; two letters never stand for one actor."""

    name: str


@dataclass(frozen=True, slots=True)
class Actors:
    """One of these actors, by their canonical names."""

    names: tuple[str, ...]


Slot = Variable | Actors | None


@dataclass(frozen=True, slots=True)
class Within:
    """At most so many days, weeks, months or years after the event before."""

    number: int
    unit: Unit

    def limit(self, day: int) -> int:
        """The last day that lies within the time after ``day``, both as numbers."""
        if self.unit in ("d", "w"):
            return day + self.days
        return to_number(add_months(from_number(day), self.number * (12 if self.unit == "y" else 1)))

    @property
    def days(self) -> int:
        """The time in days, months and years at their longest."""
        return self.number * _DAYS[self.unit]


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a sequence: who does what to whom (None = anyone or nobody), in one of the modes, and, for words, what is
    said to be done. ``negated`` steps must find nothing between their neighbours."""

    type: str
    who: Slot = None
    whom: Slot = None
    content: str = ""
    modes: tuple[str, ...] = HAPPENED
    within: Within | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SequenceQuery:
    """Steps in the order in which they happened; the first one is neither negated nor timed."""

    steps: tuple[Step, ...]


class Kind(NamedTuple):
    """What an event is, apart from who and when: leaf, PLOVER root, mode, and the leaf of what is demanded, promised or
    threatened ("" when there is none)."""

    type: str
    plover: str
    mode: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as sequences see it: actors by id, the days it can have happened on as numbers (``calendar.to_number``; both
    None when it is undated), its place in the text."""

    id: str
    kind: Kind
    who: tuple[str, ...]
    whom: tuple[str, ...]
    first: int | None
    last: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Events of one narrative that fit a sequence, the actors that its letters stand for, and whether every limit of time
    holds for each day that the dates allow (``certain``) or only for some."""

    bindings: tuple[tuple[str, str], ...]
    events: tuple[EventRow, ...]
    certain: bool


def sequence_text(sequence: SequenceQuery) -> str:
    """The canonical text of a sequence.

    >>> sequence_text(SequenceQuery((Step("demand", Variable("A"), Variable("B")), Step("attack", within=Within(10, "d")))))
    'A demand B then within 10d any attack'
    """
    return " then ".join(_step_text(step) for step in sequence.steps)


def _step_text(step: Step) -> str:
    parts = ["not"] if step.negated else []
    if step.within:
        parts.append(f"within {step.within.number}{step.within.unit}")
    act = step.type + (f":{step.content}" if step.content else "")
    if step.modes != HAPPENED:
        act += f"[{','.join(step.modes) if step.modes else 'any'}]"
    parts += [_slot_text(step.who) or "any", act]
    if step.whom:
        parts.append(_slot_text(step.whom))
    return " ".join(parts)


def _slot_text(slot: Slot) -> str:
    match slot:
        case Variable(name):
            return name
        case Actors(names):
            return ",".join(name if _BARE.fullmatch(name) else f'"{name}"' for name in names)
        case None:
            return ""
