"""International bodies (League, UN, OAS, NATO ...) and collectives ("the Western Allies"): names, organs, dates, members."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from brinkline import data
from brinkline.errors import NotFound
from brinkline.model import Day
from brinkline.reference.periods import Period, period

PACKAGE = "brinkline.reference"
BodyKind = Literal["global", "regional", "security", "other", "collective"]


_BRITISH = (("Cooperation", "Co-operation"), ("Organization", "Organisation"), ("Defense", "Defence"))


@dataclass(frozen=True, slots=True)
class BodyName:
    """One name of a body. ``sure`` names mean this body wherever they stand; the others ("the Council", "the League") need
    the body mentioned before or a fitting date. ``period`` is when the name was in use."""

    text: str
    sure: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Membership:
    """A state (COW number) and when it belonged."""

    state: int
    period: Period


@dataclass(frozen=True, slots=True)
class Body:
    """A body or a collective. ``globorg`` is ICB's organ code (6 Council, 5 Assembly, 4 Secretary-General, 3 other) for
    the League and the UN; ``regorg`` ICB's code of the regional organisation in the actor file (10 = another one).
    ``parent`` is the body it is part of ("" = none); ``source`` says where the line can be checked."""

    id: str
    name: str
    abbrev: str
    kind: BodyKind
    parent: str
    globorg: int | None
    regorg: int | None
    period: Period
    names: tuple[BodyName, ...]
    members: tuple[Membership, ...]
    source: str

    def members_on(self, day: Day) -> tuple[int, ...]:
        """The COW numbers of the states that belonged on that day, in ascending order; empty when the table has none."""
        return tuple(sorted({member.state for member in self.members if member.period.covers(day)}))


@functools.cache
def bodies() -> tuple[Body, ...]:
    """All bodies and collectives in the order of ``bodies.csv``."""
    rows = data.table(PACKAGE, "bodies.csv")
    lifetimes = {row["id"]: period(row["from"], row["until"]) for row in rows}
    names, members = _names(lifetimes), _members(lifetimes)
    return tuple(
        Body(
            id=row["id"],
            name=row["name"],
            abbrev=row["abbrev"],
            kind=cast(BodyKind, row["kind"]),
            parent=row["parent"],
            globorg=int(row["globorg"]) if row["globorg"] else None,
            regorg=int(row["regorg"]) if row["regorg"] else None,
            period=lifetimes[row["id"]],
            names=_own_names(row, lifetimes[row["id"]]) + names.get(row["id"], ()),
            members=members.get(row["id"], ()),
            source=row["source"],
        )
        for row in rows
    )


def body(body_id: str) -> Body:
    """The body with that id, "body:league-council"; NotFound when there is none.

    >>> body("body:league-council").globorg
    6
    """
    found = _by_id().get(body_id)
    if found is None:
        raise NotFound("BL520", f"no body {body_id!r} in the table of bodies", remedy="ids stand in reference/bodies.csv")
    return found


@functools.cache
def bodies_by_name() -> Mapping[str, tuple[tuple[Body, BodyName], ...]]:
    """Each name as written in the tables, with the bodies it may mean (several for "World Court" or "the Council").

    Names with "Cooperation", "Organization" or "Defense" are found in British spelling too.
    """
    found: dict[str, list[tuple[Body, BodyName]]] = {}
    for item in bodies():
        for name in item.names:
            found.setdefault(name.text, []).append((item, name))
    for text in tuple(found):
        for one, other in _BRITISH:
            if one in text:
                found.setdefault(text.replace(one, other), found[text])
    return MappingProxyType({text: tuple(items) for text, items in found.items()})


@functools.cache
def _by_id() -> dict[str, Body]:
    return {item.id: item for item in bodies()}


def _own_names(row: dict[str, str], lifetime: Period) -> tuple[BodyName, ...]:
    """The main name and the abbreviation: sure names for the whole life of the body."""
    return tuple(BodyName(text, True, lifetime) for name in (row["name"], row["abbrev"]) for text in _spellings(name))


def _spellings(name: str) -> tuple[str, ...]:
    """A name and the other ways of writing its beginning: "UN Mission" is also "U.N. Mission" and "United Nations Mission"."""
    if not name.startswith("UN "):
        return (name,) if name else ()
    return name, "U.N." + name[2:], "United Nations" + name[2:]


def _names(lifetimes: dict[str, Period]) -> dict[str, tuple[BodyName, ...]]:
    names: dict[str, tuple[BodyName, ...]] = {}
    for row in data.table(PACKAGE, "body_names.csv"):
        used = _or_lifetime(period(row["from"], row["until"]), lifetimes[row["body"]])
        new = tuple(BodyName(text, row["use"] == "sure", used) for text in _spellings(row["name"]))
        names[row["body"]] = names.get(row["body"], ()) + new
    return names


def _or_lifetime(own: Period, lifetime: Period) -> Period:
    """A period whose empty sides are those of the body."""
    return Period(own.since or lifetime.since, own.until or lifetime.until)


def _members(lifetimes: dict[str, Period]) -> dict[str, tuple[Membership, ...]]:
    """Members by body; a row that names another body takes over that body's members, which must stand in rows of states."""
    members: dict[str, list[Membership]] = {}
    borrowed: list[tuple[str, str, Period]] = []
    for row in data.table(PACKAGE, "body_members.csv"):
        span = _or_lifetime(period(row["from"], row["until"]), lifetimes[row["body"]])
        for item in row["states"].split():
            if ":" in item:
                borrowed.append((row["body"], item, span))
            else:
                members.setdefault(row["body"], []).append(Membership(int(item), span))
    for borrower, lender, span in borrowed:
        members.setdefault(borrower, []).extend(
            Membership(member.state, _common(member.period, span))
            for member in members[lender]
            if span.overlaps(member.period.since, member.period.until)
        )
    return {key: tuple(items) for key, items in members.items()}


def _common(one: Period, other: Period) -> Period:
    starts = [day for day in (one.since, other.since) if day]
    ends = [day for day in (one.until, other.until) if day]
    return Period(max(starts, default=None), min(ends, default=None))
