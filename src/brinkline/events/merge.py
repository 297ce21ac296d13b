"""Mentions of one event become one event.

Two rules, both deterministic: in one sentence the verb and the noun of one act ("imposed sanctions") are one event; and an
event noun with no date of its own ("the demand", "this attack") that names nothing new speaks again of an earlier event.
The event that stays lists the other places in its attribute "also" as "start-end", joined by "; ".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from brinkline.model import Event, Mention

#: How many events of a type back a second mention is looked for; keeps long histories from taking ever longer.
_REACH = 40
#: Attributes that an event takes over from a second mention when it has none itself.
DETAILS = frozenset(
    {"fatalities", "fatalities low", "fatalities best", "fatalities high", "force", "units"}
    | {"territory", "agreement", "after", "before"}
)
_REAL = frozenset({"done", "ongoing", "reported"})


def merge_events(events: Sequence[Event], nouns: Iterable[str]) -> tuple[Event, ...]:
    """The events without second mentions, in the same order; ``nouns`` are the ids of events named by a noun alone."""
    named_by_noun = frozenset(nouns)
    kept: dict[str, Event] = {}
    by_type: dict[str, list[str]] = {}
    renamed: dict[str, str] = {}
    for event in events:
        earlier = by_type.setdefault(event.type, [])
        first = next(
            (name for name in reversed(earlier[-_REACH:]) if _same(kept[name], event, event.id in named_by_noun)), None
        )
        if first is None:
            kept[event.id] = event
            earlier.append(event.id)
        else:
            renamed[event.id] = first
            kept[first] = _with_mention(kept[first], event)
    return tuple(_with_names(event, renamed) for event in kept.values())


def _with_names(event: Event, renamed: Mapping[str, str]) -> Event:
    """The event with the ids of those that stayed in place of those that were taken in."""
    pairs = tuple(
        (name, renamed.get(value, value) if name in ("after", "before") else value)
        for name, value in event.attributes
        if not (name in ("after", "before") and renamed.get(value) == event.id)
    )
    content = renamed.get(event.content, event.content) if event.content is not None else None
    if pairs == event.attributes and content == event.content:
        return event
    return replace(event, content=content, attributes=pairs)


def _same(first: Event, second: Event, noun: bool) -> bool:
    if not (_fits(first.who, second.who) and _fits(first.whom, second.whom)):
        return False
    if first.sentence == second.sentence:
        return first.mode == second.mode and (noun or first.verb == second.verb)
    dated = ("date basis", "clause") in second.attributes
    return noun and not dated and first.mode in _REAL and second.mode in _REAL


def _fits(first: Sequence[Mention], second: Sequence[Mention]) -> bool:
    """True when the second names nobody whom the first does not name."""
    known = {mention.actor.id for mention in first if mention.actor is not None}
    return all(mention.actor is not None and mention.actor.id in known for mention in second)


def _with_mention(event: Event, other: Event) -> Event:
    places = dict(event.attributes).get("also", "")
    here = f"{other.evidence.start}-{other.evidence.end}"
    rest = tuple(pair for pair in event.attributes if pair[0] != "also")
    known = {name for name, _ in rest}
    more = tuple(pair for pair in other.attributes if pair[0] in DETAILS and pair[0] not in known)
    also = ("also", f"{places}; {here}" if places else here)
    return replace(event, where=event.where or other.where, attributes=(*rest, *more, also))
