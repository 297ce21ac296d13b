"""Events of two coders side by side: which are the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from brinkline.review.answers import EVENT_PARTS, Answer, CodedUnit, Days


def event_counts(units: Iterable[CodedUnit], first: str, second: str) -> list[tuple[str, tuple[float, float]]]:
    """For each narrative whose events (``units``) both worked on: matched pairs, and the events of one and other added up.

    An event counts for a coder when it stands for them and the other had it before them, or when it is their own.
    """
    sets: dict[str, tuple[list[Answer], list[Answer]]] = defaultdict(lambda: ([], []))
    people: dict[str, set[str]] = defaultdict(set)
    for item in units:
        for side, (name, other) in enumerate(((first, second), (second, first))):
            answer = item.answers.get(name)
            if answer is None:
                continue
            people[item.unit.narrative].add(name)
            if answer.value and (answer.own or other in item.answers):
                sets[item.unit.narrative][side].append(answer)
    shared = [name for name in sets if len(people[name]) == 2]
    return [(name, (float(matched(*sets[name])), float(len(sets[name][0]) + len(sets[name][1])))) for name in shared]


def matched(first: Sequence[Answer], second: Sequence[Answer]) -> int:
    """How many events of one list have a partner of their own in the other: same type, initiators and receivers, and a date
    that overlaps (or none on either side). Partners are found so that as many as possible have one (Kuhn's method)."""
    partner: dict[int, int] = {}

    def found(event: int, tried: set[int]) -> bool:
        for place, other in enumerate(second):
            if place in tried or not same_event(first[event], other):
                continue
            tried.add(place)
            if place not in partner or found(partner[place], tried):
                partner[place] = event
                return True
        return False

    return sum(found(event, set()) for event in range(len(first)))


def same_event(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same event."""
    return one.value.rpartition(EVENT_PARTS)[0] == other.value.rpartition(EVENT_PARTS)[0] and _meet(one.days, other.days)


def _meet(one: Days | None, other: Days | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] <= other[1] and other[0] <= one[1]
