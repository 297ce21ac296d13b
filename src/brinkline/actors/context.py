"""``Context``: what a narrative names for certain, and how table entries become actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from brinkline.actors.found import Found
from brinkline.actors.lexicon import Group
from brinkline.model import Actor, Day
from brinkline.reference.bodies import Body
from brinkline.reference.states import readings, state_by_cow


@dataclass(frozen=True, slots=True)
class Context:
    """What the narrative names for certain: how often each state (by key), and each body with where it is first named."""

    states: Counter[str]
    bodies: dict[str, int]


def context_of(founds: Iterable[Found]) -> Context:
    """The context of a narrative from the names that have one meaning only."""
    states: Counter[str] = Counter()
    bodies: dict[str, int] = {}
    for found in founds:
        meanings = found.meanings
        if meanings.state and not (meanings.agents or meanings.groups or meanings.leaders):
            own = readings(found.name, found.day)
            if len(own) == 1:
                states[own[0].state.key] += 1
        for body, name in meanings.bodies:
            if name.sure:
                for own_id in (body.id, body.parent):
                    bodies.setdefault(own_id, found.start)
    bodies.pop("", None)
    return Context(states, bodies)


def body_actor(body: Body, day: Day | None) -> Actor:
    """A body or collective as an actor, a collective with its members on that day."""
    kind = "collective" if body.kind == "collective" else "body"
    members: tuple[str, ...] = ()
    if kind == "collective" and day is not None:
        members = tuple(state_by_cow(cow).id for cow in body.members_on(day))
    return Actor("collective" if kind == "collective" else "body", body.id, body.name, None, body.abbrev, members)


def group_actor(group: Group) -> Actor:
    """A known group as an actor; ``members`` are the states it comes from or acts in."""
    return Actor("group", group.id, group.name, members=group.states)
