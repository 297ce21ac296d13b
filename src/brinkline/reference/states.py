"""``states()``: every state since 1816 and the other territories that crisis narratives name, with their names and numbers.

Four tables stand beside this file: ``states.csv`` (one line per state), ``states_membership.csv`` (membership in the state
system after the Correlates of War project, v2016), ``states_codes.csv`` (Gleditsch-Ward and ICB numbers where they differ) and
``states_names.csv`` (names, adjectives, demonyms, capitals and words for the government, with the days they were valid).
A state of the state system has its COW number as key; others (Manchukuo, Vichy France, Hijaz) have a word.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, cast

from brinkline.data import table
from brinkline.errors import NotFound
from brinkline.model import Actor, Day
from brinkline.reference.periods import Period, period

NameKind = Literal["name", "adjective", "demonym", "capital", "government"]
Scheme = Literal["gw", "icb"]
Status = Literal["member", "dependent", "unrecognised", "regime"]
#: "" = the usual words, "alt" = never shown as the name of the day, "second" = the less usual of two meanings,
#: "place" = far more often a place than a government or state
Use = Literal["", "alt", "second", "place"]

_PACKAGE = "brinkline.reference"
_USE_ORDER = {"": 0, "alt": 0, "place": 0, "second": 1}


@dataclass(frozen=True, slots=True)
class StateName:
    """Words for a state: ``kind`` says what they are, ``valid`` when they meant it, ``use`` how far to trust them."""

    id: str
    text: str
    kind: NameKind
    valid: Period
    use: Use
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Code:
    """The number and abbreviation of a state in another scheme during ``valid``; number None = the scheme leaves it out."""

    scheme: Scheme
    number: int | None
    abbrev: str
    valid: Period


@dataclass(frozen=True, slots=True)
class State:
    """One state or territory. ``cow`` and ``membership`` are those of the COW state system (None and empty for others)."""

    key: str
    cow: int | None
    abbrev: str
    name: str
    iso3: str
    status: Status
    membership: tuple[Period, ...]
    names: tuple[StateName, ...]
    codes: tuple[Code, ...]
    source: str
    note: str

    @property
    def id(self) -> str:
        """The id of the actor: "state:365", "state:manchukuo"."""
        return f"state:{self.key}"

    def member_on(self, day: Day) -> bool:
        """Whether it was a member of the state system on that day (COW v2016)."""
        return any(span.covers(day) for span in self.membership)

    def name_on(self, day: Day | None) -> str:
        """The name it bore on that day ("Soviet Union" for 365 in 1937), the general name when none is listed."""
        if day is not None:
            for name in self.names:
                if name.kind == "name" and name.use == "" and name.valid.covers(day):
                    return name.text
        return self.name

    def number(self, scheme: Scheme, day: Day | None = None) -> int | None:
        """Its number in a scheme on that day: "icb" gives 260 for Germany in 1992; None when the scheme leaves it out."""
        code = self.code(scheme, day)
        return self.cow if code is None else code.number

    def code(self, scheme: Scheme, day: Day | None = None) -> Code | None:
        """The entry of a scheme on that day where it differs from COW, else None; without a day the last entry."""
        own = [code for code in self.codes if code.scheme == scheme]
        if day is None:
            return own[-1] if own else None
        return next((code for code in own if code.valid.covers(day)), None)

    def actor(self, day: Day | None = None) -> Actor:
        """The state as an actor, with the name of that day."""
        return Actor("state", self.id, self.name_on(day), self.cow, self.abbrev)


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of some words on a day; ``valid`` is False when the words did not mean this state on that day."""

    state: State
    name: StateName
    valid: bool


@functools.cache
def states() -> tuple[State, ...]:
    """Every state and territory of the tables, in the order of ``states.csv`` (by COW number, others after)."""
    membership: dict[str, list[Period]] = defaultdict(list)
    for row in table(_PACKAGE, "states_membership.csv"):
        membership[row["state"]].append(_valid(row))
    codes: dict[str, list[Code]] = defaultdict(list)
    for row in table(_PACKAGE, "states_codes.csv"):
        number = int(row["number"]) if row["number"] else None
        codes[row["state"]].append(Code(cast(Scheme, row["scheme"]), number, row["abbrev"], _valid(row)))
    names: dict[str, list[StateName]] = defaultdict(list)
    for row in table(_PACKAGE, "states_names.csv"):
        names[row["state"]].append(_name(row))
    return tuple(
        State(
            row["key"],
            int(row["cow"]) if row["cow"] else None,
            row["abbrev"],
            row["name"],
            row["iso3"],
            cast(Status, row["status"]),
            tuple(membership[row["key"]]),
            tuple(names[row["key"]]),
            tuple(codes[row["key"]]),
            row["source"],
            row["note"],
        )
        for row in table(_PACKAGE, "states.csv")
    )


@functools.cache
def _by_key() -> dict[str, State]:
    return {state.key: state for state in states()}


def state_by_key(key: str) -> State:
    """The state with a key ("365", "manchukuo") or an actor id ("state:365"). NotFound BL510 when there is none."""
    state = _by_key().get(key.removeprefix("state:"))
    if state is None:
        raise NotFound("BL510", f"no state has the key {key!r}", remedy="see reference/states.csv for the keys")
    return state


def state_by_cow(cow: int) -> State:
    """The state with a Correlates of War number. NotFound BL510 when there is none.

    >>> state_by_cow(740).name
    'Japan'
    """
    return state_by_key(str(cow))


def state_by_number(scheme: Scheme, number: int, day: Day | None = None) -> State:
    """The state with a number of another scheme: ("icb", 219) gives Vichy France. NotFound BL510 when there is none.

    Where a scheme gave one number to several (678: North Yemen, then Yemen), the day decides; without one, the first.
    """
    own = [state for state in states() if any(code.scheme == scheme and code.number == number for code in state.codes)]
    if day is not None:
        own = [state for state in own if state.number(scheme, day) == number] or own
    plain = _by_key().get(str(number))
    if plain is not None and plain not in own and plain.number(scheme, day) == number:
        own = [plain, *own] if day is None or plain.member_on(day) or not own else [*own, plain]
    if day is not None:
        own.sort(key=lambda state: not state.member_on(day))
    if not own:
        raise NotFound("BL510", f"no state has the {scheme} number {number}")
    return own[0]


@functools.cache
def name_index() -> dict[str, tuple[tuple[State, StateName], ...]]:
    """Every name of the tables with the states it can mean, in the order of the tables."""
    index: dict[str, list[tuple[State, StateName]]] = defaultdict(list)
    for state in states():
        for name in state.names:
            index[name.text].append((state, name))
    return {text: tuple(pairs) for text, pairs in index.items()}


def readings(text: str, day: Day | None) -> tuple[Reading, ...]:
    """What a name can mean on a day, the usual meaning first, one reading per state; empty when the tables lack the name.

    When the name meant no state on that day, the nearest meaning in time comes with ``valid=False``; without a day all
    meanings count as valid.

    >>> [reading.state.cow for reading in readings("Germany", Day(1937, 6, 22))]
    [255]
    """
    entries = name_index().get(text, ())
    chosen = [pair for pair in entries if day is None or pair[1].valid.covers(day)]
    valid = bool(chosen)
    if day is not None and not valid and entries:
        nearest = min(_years_away(name.valid, day) for _, name in entries)
        chosen = [pair for pair in entries if _years_away(pair[1].valid, day) == nearest]
    unique: dict[str, tuple[State, StateName]] = {}
    for state, name in sorted(chosen, key=lambda pair: _USE_ORDER[pair[1].use]):
        unique.setdefault(state.key, (state, name))
    return tuple(Reading(state, name, valid) for state, name in unique.values())


def _name(row: dict[str, str]) -> StateName:
    return StateName(
        row["id"],
        row["name"],
        cast(NameKind, row["kind"]),
        _valid(row),
        cast(Use, row["use"]),
        row["source"],
        row["note"],
    )


def _valid(row: dict[str, str]) -> Period:
    return period(row["from"], row["until"])


def _years_away(span: Period, day: Day) -> float:
    """Roughly how many years the day lies outside a period, 0 inside."""
    if span.since is not None and day < span.since:
        return span.since.year - day.year + 0.5
    if span.until is not None and day > span.until:
        return day.year - span.until.year + 0.5
    return 0.0
