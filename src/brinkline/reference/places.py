"""Places that crisis narratives name, with coordinates and the state they lay in: two tables, ``places.csv`` (historic cities,
countries, rivers, islands, straits, regions, battlefields, bases, lines; own work) and ``places_cities.csv`` (GeoNames).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from brinkline import data
from brinkline.model import Day
from brinkline.reference.lands import state_of_land
from brinkline.reference.spelling import spellings

_PACKAGE = "brinkline.reference"
PlaceKind = Literal[
    "country",
    "capital",
    "city",
    "river",
    "lake",
    "sea",
    "strait",
    "island",
    "mountain",
    "region",
    "battlefield",
    "base",
    "border area",
]
_DISTINCTION = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place. ``names`` are the words that name it in prose, historic and modern; ``name`` may carry a distinction in
    brackets ("Tripoli (Lebanon)"). Latitude and longitude are WGS84 degrees, of areas and rivers a point in the middle.
    ``land`` is the land it lies in ("" = several states or none). ``common_word``: some of its names are ordinary words,
    persons or other things too ("Nice", "Split"), so the name alone is not enough to see the place in it."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: PlaceKind
    latitude: float
    longitude: float
    land: str
    common_word: bool
    source: str

    @property
    def state(self) -> str:
        """The key of the state it lies in now ("290"), "" when there is none or several."""
        return state_of_land(self.land) if self.land else ""

    def state_on(self, day: Day) -> str:
        """The key of the state it lay in on that day ("danzig" in 1937), "" when there is none, several, or not known."""
        return state_of_land(self.land, day) if self.land else ""


@functools.cache
def places() -> tuple[PlaceRecord, ...]:
    """All places: those of the own table first, then the cities by size."""
    return tuple(_record(index) for index in range(len(_rows())))


def own_places() -> tuple[PlaceRecord, ...]:
    """The places of ``places.csv`` alone, in its order."""
    return tuple(_record(index) for index in range(len(data.table(_PACKAGE, "places.csv"))))


@functools.cache
def place_names() -> Mapping[str, tuple[int, ...]]:
    """Each name of the tables, with the positions in ``places()`` of the places it can mean; for matchers that need all names.

    Building this is quick: no record is made until it is asked for.
    """
    found: dict[str, list[int]] = {}
    for index, row in enumerate(_rows()):
        for name in _names(row):
            found.setdefault(name, []).append(index)
    return MappingProxyType({name: tuple(indexes) for name, indexes in found.items()})


def find_places(name: str) -> tuple[PlaceRecord, ...]:
    """The places a name can mean, those of the own table first, then cities by size; empty when the tables lack the name.

    >>> [(place.name, place.state_on(Day(1937, 7, 7))) for place in find_places("Mukden")]
    [('Mukden', 'manchukuo')]
    """
    return tuple(_record(index) for index in place_names().get(name, ()))


def country(key: str) -> PlaceRecord | None:
    """The country of a state key ("365", "manchukuo") as a place, None when the table has no such country."""
    found = (place for place in find_places(_country_names().get(key, "")) if place.id == f"place:country:{key}")
    return next(found, None)


@functools.cache
def _country_names() -> dict[str, str]:
    return {row["land"]: row["name"] for row in data.table(_PACKAGE, "places.csv") if row["kind"] == "country"}


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return data.table(_PACKAGE, "places.csv") + data.table(_PACKAGE, "places_cities.csv")


def _names(row: dict[str, str]) -> tuple[str, ...]:
    """The words for the place: its name without the distinction in brackets, and the further names of the own table."""
    name = row["name"]
    further = row.get("names")
    if not further and name.isascii() and "(" not in name:
        return (name,)
    return spellings((_DISTINCTION.sub("", name), *(further or "").split(";")))


@functools.cache
def _record(index: int) -> PlaceRecord:
    row = _rows()[index]
    city = row["id"].startswith("gn")
    return PlaceRecord(
        id=f"place:{row['id']}" if city else row["id"],
        name=row["name"],
        names=_names(row),
        kind=cast(PlaceKind, row["kind"]),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        land=row["land"],
        common_word=row["common"] == "yes",
        source="GeoNames" if city else row["source"],
    )
