"""Who stands in a chart: the crisis actors first, then whoever acts most; beyond ten, all others together.

The order fixes the tone of each party, so an actor has one colour in every chart of a coding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from brinkline.charts.style import TONES
from brinkline.errors import NotFound
from brinkline.model import Actor, Event, Mention
from brinkline.plain import one_line
from brinkline.record import Coding
from brinkline.reference.states import state_by_key

MOST = 10
OTHERS = "Others"
#: A collective of so few ("India and Pakistan") is drawn as its members, a larger one ("Arab states") as itself.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a chart. ``key`` is its id; ``tone`` numbers its colour, None for "Others"; ``crisis``: has a crisis row."""

    key: str
    name: str
    abbrev: str
    tone: int | None
    crisis: bool = False
    cow: int | None = None


@dataclass(frozen=True, slots=True)
class End:
    """One end of an event: the index of a party, and whether it is certain (False: one of several candidates)."""

    party: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of a chart in the order of their columns; the last is "Others" when somebody has no column."""

    parties: tuple[Party, ...]
    places: tuple[tuple[str, int], ...]

    def ends(self, mentions: Iterable[Mention]) -> tuple[End, ...]:
        """The parties meant by the mentions, each once, in the order of the words; candidates count as uncertain."""
        index = dict(self.places)
        found: dict[int, bool] = {}
        for mention in mentions:
            certain = mention.actor is not None
            for key in keys_of(mention):
                place = index.get(key, len(self.parties) - 1)
                if place < 0:  # a chart without any column: nobody in it is known by a name
                    continue
                found[place] = found.get(place, False) or certain
        return tuple(End(place, certain) for place, certain in found.items())


def cast(coding: Coding, events: Sequence[Event] | None = None, most: int = MOST) -> Cast:
    """The parties of these events (None: of all but background and asides): crisis actors in the order of their rows, then
    others by the number of their events, first named first. Crisis actors without an event give way when room is short."""
    if events is None:
        events = online(coding)
    counts: Counter[str] = Counter()
    for event in events:
        counts.update(list(dict.fromkeys(key for mention in (*event.who, *event.whom) for key in keys_of(mention))))
    crisis = _crisis_parties(coding)
    names = _names(events)
    others = [key for key, _ in counts.most_common() if key in names and key not in crisis]
    room = max(0, most - len(others))
    active = [key for key in crisis if key in counts][:most]
    idle = [key for key in crisis if key not in counts][: max(0, room - len(active))]
    parties = _with_own_tones([party for key, party in crisis.items() if key in active or key in idle])
    for key in others[: most - len(parties)]:
        name, abbrev, cow = names[key]
        parties.append(Party(key, name, abbrev, _free_tone(parties), False, cow))
    places = {party.key: place for place, party in enumerate(parties)}
    if any(key not in places for key in counts):
        parties.append(Party("", OTHERS, "", None))
    return Cast(tuple(parties), tuple(places.items()))


def online(coding: Coding) -> list[Event]:
    """The events of the story itself: those whose date is not of the background or an aside."""
    return [event for event in coding.events if not (event.when and event.when.off_line)]


def _crisis_parties(coding: Coding) -> dict[str, Party]:
    """The crisis actors by key, each once, in the order of their rows, which is the order of tones in every chart."""
    states = dict.fromkeys((row.cow, row.abbrev, row.name) for row in coding.crisis_actors)
    return {
        f"cow:{cow}": Party(f"cow:{cow}", one_line(name), one_line(abbrev), tone, True, cow)
        for tone, (cow, abbrev, name) in enumerate(states)
    }


def _with_own_tones(parties: list[Party]) -> list[Party]:
    """The parties; one whose row stands so late that its tone would be another's gets a free one."""
    for place, party in enumerate(parties):
        if party.tone is not None and party.tone >= TONES:
            parties[place] = replace(party, tone=_free_tone([other for other in parties if other is not party]))
    return parties


def _free_tone(parties: Sequence[Party]) -> int:
    used = {party.tone for party in parties}
    return next((tone for tone in range(TONES) if tone not in used), len(parties))


def _names(events: Sequence[Event]) -> dict[str, tuple[str, str, int | None]]:
    """Name, abbreviation and number of everybody with a name, by key: as first named, members by the table of states."""
    names: dict[str, tuple[str, str, int | None]] = {}
    for key, name, abbrev, cow in (*_named(events), *_implied(events)):
        names.setdefault(key, (name, abbrev, cow))
    return names


def keys_of(mention: Mention) -> tuple[str, ...]:
    """The keys of the actors meant: its members for a small collective, its candidates for words that stayed open."""
    if mention.actor is None:
        return tuple(_state_key(item) for item in mention.candidates) or (f"words:{mention.text}",)
    if mention.actor.kind == "collective" and 0 < len(mention.actor.members) <= _FEW:
        return tuple(_state_key(item) for item in mention.actor.members)
    return (_key(mention.actor),)


def _key(actor: Actor) -> str:
    return actor.id if actor.cow is None else f"cow:{actor.cow}"


def _state_key(actor_id: str) -> str:
    """The key of an actor id: states by their number, as crisis rows have it."""
    state = _state(actor_id)
    if state is not None and state[2] is not None:
        return f"cow:{state[2]}"
    number = actor_id.removeprefix("state:")
    return f"cow:{number}" if actor_id.startswith("state:") and number.isdecimal() else actor_id


def _state(actor_id: str) -> tuple[str, str, int | None] | None:
    if not actor_id.startswith("state:"):
        return None
    try:
        state = state_by_key(actor_id.removeprefix("state:"))
    except NotFound:
        return None
    return state.name, state.abbrev, state.cow


def _named(events: Sequence[Event]) -> Iterator[tuple[str, str, str, int | None]]:
    """Key, name, abbreviation and number of everybody whom words of the events name."""
    for event in events:
        for mention in (*event.who, *event.whom):
            if (actor := mention.actor) is not None:
                yield _key(actor), one_line(actor.name), one_line(actor.abbrev), actor.cow


def _implied(events: Sequence[Event]) -> Iterator[tuple[str, str, str, int | None]]:
    """The same of members and candidates, by the table of states."""
    for event in events:
        for mention in (*event.who, *event.whom):
            for item in (*mention.candidates, *(mention.actor.members if mention.actor else ())):
                if (state := _state(item)) is not None:
                    yield _state_key(item), *state
