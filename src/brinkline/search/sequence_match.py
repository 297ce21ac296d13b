"""``match(sequence, rows)``: the chains of events of one narrative that fit a sequence. A pure function over rows in memory.

Order: an event follows another when its days lie after the other's days; where the days overlap or one event is undated, the
order of the text decides. Only dated events meet a "within"; an event dated more coarsely than the time asked for does not.

For each way to let the letters stand for actors, the events of each step are few. Chains are then made from the last step
back, so that the work grows with the pairs of events of neighbouring steps and not with the number of chains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from brinkline.search.actor_terms import actor_ids
from brinkline.search.event_terms import TypeSet, type_named
from brinkline.search.sequence import Actors, Chain, EventRow, Kind, SequenceQuery, Slot, Step, Variable, Within

#: For each letter, in the order of ``Ready.letters``, the actor it stands for.
Binding = tuple[str | None, ...]
#: The events of a step by the actors that its letters would stand for (None for a side without a letter).
_Table = Mapping[tuple[str | None, str | None], Sequence[int]]


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step with its types and actors looked up: ``letters`` are the places of the letters of who and whom."""

    step: Step
    types: TypeSet
    content: TypeSet | None
    who: frozenset[str]
    whom: frozenset[str]
    letters: tuple[int | None, int | None]

    def is_kind(self, kind: Kind) -> bool:
        """True for the type, mode and content of this step."""
        if not self.types.covers(kind.type, kind.plover) or (self.step.modes and kind.mode not in self.step.modes):
            return False
        return self.content is None or (bool(kind.content) and self.content.covers(kind.content, ""))

    def has_actors(self, row: EventRow) -> bool:
        """True when the actors that the step names are there."""
        return (not self.who or not self.who.isdisjoint(row.who)) and (not self.whom or not self.whom.isdisjoint(row.whom))


@dataclass(frozen=True, slots=True)
class Ready:
    """A sequence made ready for any number of narratives; ``kinds`` remembers which steps a kind of event can be."""

    steps: tuple[ReadyStep, ...]
    letters: tuple[str, ...]
    kinds: dict[Kind, tuple[int, ...]]

    def steps_of(self, kind: Kind) -> tuple[int, ...]:
        """The steps that an event of this kind can be."""
        if kind not in self.kinds:
            self.kinds[kind] = tuple(at for at, step in enumerate(self.steps) if step.is_kind(kind))
        return self.kinds[kind]


def ready(sequence: SequenceQuery) -> Ready:
    """The sequence made ready for ``match``; KeyError for a type that ``parse_sequence`` would have refused."""
    slots = [slot for step in sequence.steps for slot in (step.who, step.whom)]
    letters = tuple(dict.fromkeys(slot.name for slot in slots if isinstance(slot, Variable)))
    place: dict[str, int] = {name: at for at, name in enumerate(letters)}
    steps = tuple(
        ReadyStep(
            step,
            _types(step.type),
            _types(step.content) if step.content else None,
            _ids(step.who),
            _ids(step.whom),
            (_letter(step.who, place), _letter(step.whom, place)),
        )
        for step in sequence.steps
    )
    return Ready(steps, letters, {})


def match(given: Ready, rows: Sequence[EventRow]) -> tuple[Chain, ...]:
    """One chain for each way in which the letters can be bound, certain ones first, then by the place of its events.

    ``rows`` are the events of one narrative in the order of the text.
    """
    tables = _tables(given, rows)
    if any(not table and not item.step.negated for table, item in zip(tables, given.steps, strict=True)):
        return ()
    chains = []
    for binding in _bindings(given, tables):
        own = [_fitting(item, table, binding) for item, table in zip(given.steps, tables, strict=True)]
        found = _chain(given, rows, own)
        if found is not None:
            certain, places = found
            bound = tuple((name, actor) for name, actor in zip(given.letters, binding, strict=True) if actor is not None)
            chains.append(Chain(bound, tuple(rows[at] for at in places), certain))
    return tuple(sorted(chains, key=lambda chain: (not chain.certain, [row.position for row in chain.events], chain.bindings)))


def _tables(given: Ready, rows: Sequence[EventRow]) -> list[_Table]:
    """For each step the events that it can be, by the actors of its letters."""
    tables: list[dict[tuple[str | None, str | None], list[int]]] = [defaultdict(list) for _ in given.steps]
    for at, row in enumerate(rows):
        for number in given.steps_of(row.kind):
            step = given.steps[number]
            if not step.has_actors(row):
                continue
            who, whom = step.letters
            sides = (row.who if who is not None else (None,), row.whom if whom is not None else (None,))
            for pair in dict.fromkeys(product(*sides)):
                if who is None or whom is None or (pair[0] == pair[1]) == (who == whom):
                    tables[number][pair].append(at)
    return list(tables)


def _bindings(given: Ready, tables: Sequence[_Table]) -> Sequence[Binding]:
    """Every way to bind the letters under which each step that must be there has an event, times left aside."""
    found: dict[Binding, None] = {(None,) * len(given.letters): None}
    for step, table in zip(given.steps, tables, strict=True):
        if step.step.negated:
            continue
        found = dict.fromkeys(item for binding in found for item in _extended(step, table, binding))
    return list(found)


def _extended(step: ReadyStep, table: _Table, binding: Binding) -> Iterator[Binding]:
    """The binding with the letters of a step bound in each way for which the step has an event."""
    for pair in table:
        new = list(binding)
        for letter, actor in zip(step.letters, pair, strict=True):
            if letter is None or new[letter] == actor:
                continue
            if new[letter] is not None or actor in new:
                break
            new[letter] = actor
        else:
            yield tuple(new)


def _fitting(step: ReadyStep, table: _Table, binding: Binding) -> Sequence[int]:
    """The events of a step under a binding, in the order of the text; a letter that is not bound may be anyone."""
    wanted = [None if letter is None else binding[letter] for letter in step.letters]
    if all(actor is not None or letter is None for actor, letter in zip(wanted, step.letters, strict=True)):
        return table.get((wanted[0], wanted[1]), ())
    places = {
        at
        for pair, rows in table.items()
        if all(actor is None or actor == own for actor, own in zip(wanted, pair, strict=True))
        for at in rows
    }
    return sorted(places)


#: Whether every limit of time holds for sure, and the places of the events.
_Found = tuple[bool, tuple[int, ...]]


def _chain(given: Ready, rows: Sequence[EventRow], own: Sequence[Sequence[int]]) -> _Found | None:
    """A chain through the events of each step, a certain one if there is one, else the first in the text; None for none."""
    tails: dict[int, _Found] = {}
    barred: list[int] = []
    following: Within | None = None
    last = True
    for number in range(len(given.steps) - 1, -1, -1):
        step = given.steps[number].step
        if step.negated:
            barred.append(number)
            continue
        bars = [(given.steps[bar].step.within, own[bar]) for bar in barred]
        heads: dict[int, _Found] = {}
        for at in own[number]:
            found: _Found | None = (True, (at,))
            if not last:
                found = _best(rows, at, tails, following, bars)
            elif any(_bars(rows, at, None, bar) for bar in bars):
                found = None
            if found is not None:
                heads[at] = found
        if not heads:
            return None
        tails, barred, following, last = heads, [], step.within, False
    return min(tails.values(), key=lambda found: (not found[0], [rows[at].position for at in found[1]]))


_Bar = tuple[Within | None, Sequence[int]]


def _best(
    rows: Sequence[EventRow], at: int, tails: Mapping[int, _Found], within: Within | None, bars: Sequence[_Bar]
) -> _Found | None:
    """The chain from an event on: with a certain tail if there is one, else with the first that follows."""
    best: _Found | None = None
    for after, (certain, places) in tails.items():
        sure = _follows(rows[at], rows[after], within)
        if sure is None or at == after or any(_bars(rows, at, after, bar) for bar in bars):
            continue
        if sure and certain:
            return True, (at, *places)
        best = best or (False, (at, *places))
    return best


def _bars(rows: Sequence[EventRow], before: int, until: int | None, bar: _Bar) -> bool:
    """True when an event that must not be there follows one event and comes before the other."""
    within, places = bar
    return any(
        at not in (before, until)
        and _follows(rows[before], rows[at], within) is not None
        and (until is None or _is_later(rows[at], rows[until]))
        for at in places
    )


def _follows(first: EventRow, second: EventRow, within: Within | None) -> bool | None:
    """None when the second event does not follow the first in time; else whether the limit of time holds for sure."""
    if not _is_later(first, second):
        return None
    return True if within is None else _in_time(first, second, within)


def _is_later(first: EventRow, second: EventRow) -> bool:
    if first.last is not None and second.first is not None and second.first > first.last:
        return True
    if first.first is not None and second.last is not None and second.last < first.first:
        return False
    return second.position > first.position


def _in_time(first: EventRow, second: EventRow, within: Within) -> bool | None:
    """None when the second event is not within the time of the first, or one is dated too coarsely to tell."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return None
    if max(first.last - first.first, second.last - second.first) > within.days or second.first > within.limit(first.last):
        return None
    return second.last <= within.limit(first.first)


def _types(name: str) -> TypeSet:
    found = type_named(name)
    if found is None:
        raise KeyError(name)
    return found[1]


def _ids(slot: Slot) -> frozenset[str]:
    return frozenset(item for name in slot.names for item in actor_ids(name)) if isinstance(slot, Actors) else frozenset()


def _letter(slot: Slot, place: Mapping[str, int]) -> int | None:
    return place[slot.name] if isinstance(slot, Variable) else None
