"""The world map's table: the places that events of a coding name, with the days of those events and who acted there.

Only places with coordinates can be drawn; a place that several events name is one spot. Countries of the crisis actors that
lie near are named for orientation. The box is the part of the world to show: around the spots, at least ``LEAST`` degrees wide.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brinkline.charts.axis import short_text
from brinkline.charts.crisis_map import in_time
from brinkline.charts.parties import Cast, Party, cast, online
from brinkline.charts.rows import Rows
from brinkline.model import Day, Event
from brinkline.plain import names, one_line
from brinkline.record import Coding
from brinkline.reference.places import country

#: Width to height of the map, and the least width of the box in degrees at the equator's measure.
SHAPE, LEAST = 1064 / 560, 14.0
_NEAR = 25.0  # degrees from a spot within which a crisis actor's country belongs to the picture


@dataclass(frozen=True, slots=True)
class Visit:
    """An event at a place: its id, its days ("" when it has none), and what a reader is told about it."""

    event: str
    date: str
    first: Day | None
    last: Day | None
    who: str
    label: str
    mode: str
    whom: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name and kind, WGS84 degrees, its events in order of time, and the party that acts there most."""

    name: str
    kind: str
    latitude: float
    longitude: float
    visits: tuple[Visit, ...]
    party: Party | None

    @property
    def days(self) -> str:
        """The days of its events in short, "" when none is dated."""
        dated = [(visit.first, visit.last) for visit in self.visits if visit.first and visit.last]
        return short_text(min(first for first, _ in dated), max(last for _, last in dated)) if dated else ""


@dataclass(frozen=True, slots=True)
class Home:
    """The country of a crisis actor, at a point in its middle."""

    party: Party
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world in degrees; ``east`` may be beyond 180 when it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class World:
    """The chart's table; ``unplaced`` counts places without coordinates."""

    title: str
    spots: tuple[Spot, ...]
    homes: tuple[Home, ...]
    box: Box
    unplaced: int = 0


def world(coding: Coding) -> World:
    """The world map of a coding."""
    people = cast(coding)
    found: dict[str, tuple[str, str, float, float, list[Event]]] = {}
    unplaced: set[str] = set()
    for event in in_time(online(coding)):
        for place in event.where:
            if place.latitude is None or place.longitude is None:
                unplaced.add(place.name)
                continue
            entry = found.setdefault(place.name, (one_line(place.name), place.kind, place.latitude, place.longitude, []))
            if event not in entry[4]:
                entry[4].append(event)
    spots = tuple(_spot(*entry, people) for entry in found.values())
    homes = _homes(people.parties, spots)
    points = [(spot.latitude, spot.longitude) for spot in spots] + [(home.latitude, home.longitude) for home in homes]
    return World(one_line(coding.narrative.title), spots, homes, box_of(points), len(unplaced - set(found)))


def world_rows(table: World) -> Rows:
    """The map as rows: one for each event at each place."""
    return Rows(
        ("place", "kind", "latitude", "longitude", "event", "date", "earliest", "latest", "who", "type", "mode", "whom"),
        tuple(
            (
                *(spot.name, spot.kind, spot.latitude, spot.longitude, visit.event, visit.date),
                *(visit.first.iso() if visit.first else None, visit.last.iso() if visit.last else None),
                *(visit.who, visit.label, visit.mode, visit.whom),
            )
            for spot in table.spots
            for visit in spot.visits
        ),
    )


def box_of(points: Sequence[tuple[float, float]]) -> Box:
    """The box about points (latitude, longitude), in the shape of the map; the whole world when there is no point.

    >>> box_of([(0.0, 179.0), (0.0, -179.0)]).east > 180
    True
    """
    if not points:
        return Box(-180.0, -62.0, 180.0, 84.0)
    west, east = _narrowest([longitude for _, longitude in points])
    south, north = min(latitude for latitude, _ in points), max(latitude for latitude, _ in points)
    middle = (south + north) / 2
    shrink = math.cos(math.radians(middle))
    wide = max((east - west) * shrink * 1.35, (north - south) * SHAPE * 1.45, LEAST)
    wide = min(wide, 360.0 * shrink)
    high = min(wide / SHAPE, 170.0)
    center = (west + east) / 2
    low = min(max(middle - high / 2, -85.0), 85.0 - high)
    return Box(center - wide / shrink / 2, low, center + wide / shrink / 2, low + high)


def _narrowest(longitudes: Iterable[float]) -> tuple[float, float]:
    """The narrowest range that holds all longitudes: all of the circle but its widest gap."""
    values = sorted(set(longitudes))
    gaps = [(values[(at + 1) % len(values)] - value) % 360 or 360.0 for at, value in enumerate(values)]
    widest = gaps.index(max(gaps))
    west = values[(widest + 1) % len(values)]
    return west, west + 360.0 - max(gaps)


def _spot(name: str, kind: str, latitude: float, longitude: float, events: Sequence[Event], people: Cast) -> Spot:
    acting = Counter(end.party for event in events for end in people.ends(event.who))
    party = people.parties[acting.most_common(1)[0][0]] if acting else None
    return Spot(name, kind, latitude, longitude, tuple(_visit(event) for event in events), party)


def _visit(event: Event) -> Visit:
    when = event.when if event.when and event.when.earliest and event.when.latest else None
    first, last = (when.earliest, when.latest) if when else (None, None)
    date = when.edtf if when else ""
    return Visit(event.id, date, first, last, names(event.who), one_line(event.label), event.mode, names(event.whom))


def _homes(parties: Sequence[Party], spots: Sequence[Spot]) -> tuple[Home, ...]:
    """The countries of crisis actors near the spots; of all crisis actors when there is no spot."""
    homes = []
    for party in parties:
        place = country(str(party.cow)) if party.crisis and party.cow is not None else None
        if place is None or any(spot.name in (party.name, place.name) for spot in spots):
            continue
        away = (_away(place.latitude, place.longitude, spot) for spot in spots)
        if min(away, default=0.0) <= _NEAR:
            homes.append(Home(party, place.latitude, place.longitude))
    return tuple(homes)


def _away(latitude: float, longitude: float, spot: Spot) -> float:
    across = abs((longitude - spot.longitude + 180) % 360 - 180) * math.cos(math.radians((latitude + spot.latitude) / 2))
    return math.hypot(across, latitude - spot.latitude)
