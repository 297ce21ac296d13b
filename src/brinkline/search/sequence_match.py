"""``match(sequence, rows)``: the chains of events of one narrative that fit a sequence. A pure function over rows in memory.

Order: an event follows another when its days lie after the other's days; where the days overlap or one event is undated, the
order of the text decides. Only dated events meet a "within"; an event dated more coarsely than the time asked for does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brinkline.calendar import days_between
from brinkline.search.actor_terms import actor_ids
from brinkline.search.event_terms import TypeSet, type_named
from brinkline.search.sequence import Actors, Chain, EventRow, SequenceQuery, Slot, Step, Variable, Within

Bindings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step with its types and actors looked up once for all narratives."""

    step: Step
    types: TypeSet
    content: TypeSet | None
    who: frozenset[str]
    whom: frozenset[str]

    def takes(self, row: EventRow) -> bool:
        """True for an event of the right type, mode and literal actors; letters are not looked at."""
        if not self.types.covers(row.type, row.plover) or (self.step.modes and row.mode not in self.step.modes):
            return False
        if self.content is not None and (not row.content or not self.content.covers(row.content, "")):
            return False
        return (not self.who or not self.who.isdisjoint(row.who)) and (not self.whom or not self.whom.isdisjoint(row.whom))


def ready(sequence: SequenceQuery) -> tuple[ReadyStep, ...]:
    """The steps made ready for ``match``; KeyError for a type that ``parse_sequence`` would have refused."""
    return tuple(
        ReadyStep(step, _types(step.type), _types(step.content) if step.content else None, _ids(step.who), _ids(step.whom))
        for step in sequence.steps
    )


def match(steps: Sequence[ReadyStep], rows: Sequence[EventRow]) -> tuple[Chain, ...]:
    """One chain for each way in which the letters can be bound, certain ones first, then by their first event.

    ``rows`` are the events of one narrative in the order of the text.
    """
    search = _Search(steps, rows)
    if any(not search.rows_of[index] for index, item in enumerate(steps) if not item.step.negated):
        return ()
    found = search.tails(0, None, ())
    chains = [Chain(bindings, tuple(rows[at] for at in places), certain) for bindings, (certain, places) in found.items()]
    return tuple(sorted(chains, key=lambda chain: (not chain.certain, [row.position for row in chain.events], chain.bindings)))


#: For each way to bind the letters: whether the limits hold for sure, and the places of the events.
_Tails = Mapping[Bindings, tuple[bool, tuple[int, ...]]]


@dataclass(slots=True)
class _Search:
    """One narrative in work; what was found from a state once is kept, so that the work grows with events, not with chains."""

    steps: Sequence[ReadyStep]
    rows: Sequence[EventRow]
    rows_of: tuple[tuple[int, ...], ...] = ()
    known: dict[tuple[int, int | None, Bindings], _Tails] = field(default_factory=dict)
    fitting: dict[tuple[int, Bindings], list[tuple[int, Bindings]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows_of = tuple(tuple(at for at, row in enumerate(self.rows) if item.takes(row)) for item in self.steps)

    def tails(self, index: int, before: int | None, bindings: Bindings) -> _Tails:
        """The ends of chains from a step on, after the event at ``before``."""
        state = (index, before, bindings)
        if state not in self.known:
            self.known[state] = self._find(index, before, bindings)
        return self.known[state]

    def _find(self, index: int, before: int | None, bindings: Bindings) -> _Tails:
        index, barred = self._barred(index)
        if index == len(self.steps):
            stands = before is None or not any(self._broken(item, before, None, bindings) for item in barred)
            return {bindings: (True, ())} if stands else {}
        best: dict[Bindings, tuple[bool, tuple[int, ...]]] = {}
        for at, bound in self._candidates(index, bindings):
            sure = self._follows(before, at, self.steps[index].step.within)
            if sure is None or (before is not None and any(self._broken(item, before, at, bound) for item in barred)):
                continue
            for complete, (certain, places) in self.tails(index + 1, at, bound).items():
                if complete not in best or (sure and certain and not best[complete][0]):
                    best[complete] = (sure and certain, (at, *places))
        return best

    def _candidates(self, index: int, bindings: Bindings) -> list[tuple[int, Bindings]]:
        """The events that a step can take when its letters stand for these actors, with what its new letters stand for then."""
        key = (index, bindings)
        if key not in self.fitting:
            step = self.steps[index].step
            self.fitting[key] = [(at, bound) for at in self.rows_of[index] for bound in _bound(step, self.rows[at], bindings)]
        return self.fitting[key]

    def _barred(self, index: int) -> tuple[int, list[int]]:
        """The next step that is not negated, and the negated ones before it."""
        barred = []
        while index < len(self.steps) and self.steps[index].step.negated:
            barred.append(index)
            index += 1
        return index, barred

    def _broken(self, index: int, before: int, until: int | None, bindings: Bindings) -> bool:
        """True when a negated step finds an event after one event and before the other."""
        step = self.steps[index].step
        return any(
            self._follows(before, at, step.within) is not None
            and (until is None or (at != until and self._follows(at, until, None) is not None))
            for at, _ in self._candidates(index, bindings)
        )

    def _follows(self, before: int | None, at: int, within: Within | None) -> bool | None:
        """None when the event does not follow the other in time; else whether the limit of time holds for sure."""
        if before is None:
            return True
        if before == at:
            return None
        first, second = self.rows[before], self.rows[at]
        if not _is_later(first, second):
            return None
        if within is None:
            return True
        return _in_time(first, second, within)


def _is_later(first: EventRow, second: EventRow) -> bool:
    if first.latest and second.earliest and second.earliest > first.latest:
        return True
    if first.earliest and second.latest and second.latest < first.earliest:
        return False
    return second.position > first.position


def _in_time(first: EventRow, second: EventRow, within: Within) -> bool | None:
    """None when the second event is not within the time of the first, or one is dated too coarsely to tell."""
    if not (first.earliest and first.latest and second.earliest and second.latest):
        return None
    longest = max(days_between(row.earliest, row.latest) for row in (first, second) if row.earliest and row.latest)
    if longest > within.days or second.earliest > within.limit(first.latest):
        return None
    return second.latest <= within.limit(first.earliest)


def _bound(step: Step, row: EventRow, bindings: Bindings) -> Iterator[Bindings]:
    """Every way in which the event's actors can stand for the letters of the step, given what they stand for already."""
    for some in _bind_side(step.who, row.who, bindings):
        yield from _bind_side(step.whom, row.whom, some)


def _bind_side(slot: Slot, actors: Sequence[str], bindings: Bindings) -> Iterator[Bindings]:
    if not isinstance(slot, Variable):
        yield bindings
        return
    for name, actor in bindings:
        if name == slot.name:
            if actor in actors:
                yield bindings
            return
    taken = {actor for _, actor in bindings}
    for actor in dict.fromkeys(actors):
        if actor not in taken:
            yield tuple(sorted((*bindings, (slot.name, actor))))


def _types(name: str) -> TypeSet:
    found = type_named(name)
    if found is None:
        raise KeyError(name)
    return found[1]


def _ids(slot: Slot) -> frozenset[str]:
    return frozenset(item for name in slot.names for item in actor_ids(name)) if isinstance(slot, Actors) else frozenset()
