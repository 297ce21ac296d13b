"""``choose_actors``: who is meant by each name, given its day and what else the narrative names.

A name with one meaning on its day is that. Among several meanings the usual one wins unless only the other is named elsewhere
in the narrative ("Congo" where only Brazzaville is spoken of); what the narrative cannot settle stays open with its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.context import Context, body_actor, context_of, group_actor
from brinkline.actors.found import Found
from brinkline.actors.lexicon import Group, NamedAgent
from brinkline.actors.people import choose_leader
from brinkline.model import Day
from brinkline.reference.bodies import Body, BodyName
from brinkline.reference.periods import Period
from brinkline.reference.states import Reading, readings, state_by_key

#: Years after which the name of a state that has ended names a region only.
_OUTLIVED = 5


def choose_actors(founds: Sequence[Found]) -> None:
    """Sets actor, basis and candidates of every name; a name that means nothing on its day is dropped."""
    context = context_of(founds)
    recent: list[str] = []
    for found in founds:
        _choose(found, context, recent)
        if found.actor is not None and found.actor.kind == "state":
            recent.append(found.actor.id.removeprefix("state:"))


def _choose(found: Found, context: Context, recent: Sequence[str]) -> None:
    meanings, day = found.meanings, found.day
    if meanings.prefix:
        found.actor, found.basis = state_by_key(meanings.prefix).actor(day), "name"
        return
    if meanings.leaders and not (meanings.state and not found.titled):
        choose_leader(found, context)
        return
    own = _on_day((*meanings.agents, *meanings.groups), day, context, meanings.state)
    if isinstance(own, NamedAgent):
        found.actor, found.basis = state_by_key(own.state).actor(day), "agent"
        found.agent, found.agent_kind = own.text, own.kind
        return
    if isinstance(own, Group):
        found.actor, found.basis = group_actor(own), "name"
        found.role = own.use
        return
    if meanings.state:
        _choose_state(found, context, recent)
        return
    _choose_body(found, context)


def _on_day(
    items: tuple[NamedAgent | Group, ...], day: Day | None, context: Context, strict: bool
) -> NamedAgent | Group | None:
    """The agent or group that bears the name on the day, the one whose state is named in the narrative before others; when
    none bears it on that day, the last in the tables unless ``strict``."""
    valid = [item for item in items if day is None or item.valid.covers(day)]
    if not valid:
        return items[-1] if items and not strict else None
    return next((item for item in valid if _at_home(item, context)), valid[0])


def _at_home(item: NamedAgent | Group, context: Context) -> bool:
    keys = (item.state,) if isinstance(item, NamedAgent) else tuple(state.removeprefix("state:") for state in item.states)
    return any(context.states[key] for key in keys)


def _choose_state(found: Found, context: Context, recent: Sequence[str]) -> None:
    found_readings = readings(found.name, found.day)
    kind = found_readings[0].name.kind
    if not found_readings[0].valid and (kind in ("capital", "government") or _long_gone(found_readings[0], found.day)):
        found.dropped = True
        return
    if not found_readings[0].valid and len(found_readings) > 1:
        found.dropped = True  # "Korea" in 1937: no state, and no single one that came of it
        return
    reading, note = _settled(found_readings, context, recent)
    if reading is None:
        found.candidates = tuple(item.state.id for item in found_readings)
        found.basis = f"{kind}: several states bear it"
        return
    found.actor = reading.state.actor(found.day)
    found.basis = reading.name.kind + note
    found.role = reading.name.use


def _long_gone(reading: Reading, day: Day | None) -> bool:
    """Whether a name outlived its state, so that it now names a region ("Saxony" in 1938)."""
    ended = reading.name.valid.until
    return day is not None and ended is not None and day.year > ended.year + _OUTLIVED and not reading.state.member_on(day)


def _settled(found: Sequence[Reading], context: Context, recent: Sequence[str]) -> tuple[Reading | None, str]:
    """The reading to take and what to add to the basis; None when it stays open."""
    if len(found) == 1:
        return found[0], ""
    usual = [reading for reading in found if reading.name.use != "second"]
    named = [reading for reading in found if context.states[reading.state.key]]
    if len(usual) == 1:
        if usual[0] in named or len(named) != 1:
            return usual[0], ""
        return named[0], f": only {named[0].state.name} is named besides"
    if len(named) == 1:
        return named[0], f": only {named[0].state.name} is named besides"
    keys = {reading.state.key: reading for reading in found}
    near = [key for key in recent[-3:] if key in keys]
    if len(set(near)) == 1:
        return keys[near[0]], f": {keys[near[0]].state.name} is named just before"
    return None, ""


def _choose_body(found: Found, context: Context) -> None:
    """Sure names mean their body; the others need the body or its parent named in the narrative, or a name fit for the day."""
    day = found.day
    options = [pair for pair in found.meanings.bodies if _fits(pair, day)]
    if not options:
        options = [pair for pair in found.meanings.bodies if pair[1].sure and " " in found.name]  # no stray abbreviations
    sure = [pair for pair in options if pair[1].sure]
    hinted = [pair for pair in options if pair[0].id in context.bodies or pair[0].parent in context.bodies]
    dated = [pair for pair in options if pair[0].kind == "collective" and day is not None and _covers(pair[1].period, day)]
    alone = options if len(options) == 1 and options[0][0].kind == "global" and not options[0][0].parent else []
    pick = sure[:1] or sorted(hinted, key=lambda pair: _first_named(pair[0], context))[:1] or dated[:1] or alone
    if not pick:
        found.dropped = True
        return
    body = pick[0][0]
    context.bodies.setdefault(body.id, found.start)
    found.actor, found.basis = body_actor(body, day), "name"


def _fits(pair: tuple[Body, BodyName], day: Day | None) -> bool:
    body, name = pair
    return day is None or (_covers(body.period, day) and _covers(name.period, day))


def _covers(span: Period, day: Day) -> bool:
    return span.covers(day)


def _first_named(body: Body, context: Context) -> int:
    return min(context.bodies.get(body.id, 1 << 60), context.bodies.get(body.parent, 1 << 60))
