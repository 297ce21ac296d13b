"""The tables of places and lands: whole, consistent, and right where geography and history are well known."""

from __future__ import annotations

import math
from collections import Counter
from importlib import resources
from itertools import pairwise
from typing import get_args

import pytest

from brinkline import data
from brinkline.model import Day
from brinkline.reference.lands import lands_of, state_of_land
from brinkline.reference.leaders import leaders
from brinkline.reference.places import PlaceKind, PlaceRecord, country, find_places, own_places, place_names, places
from brinkline.reference.states import states

KEYS = {state.key for state in states()}


def test_ids_are_unique_and_kinds_known() -> None:
    assert [item for item, count in Counter(place.id for place in places()).items() if count > 1] == []
    assert {place.kind for place in places()} == set(get_args(PlaceKind))


def test_there_are_enough_places_and_the_files_stay_small() -> None:
    own = own_places()
    assert sum(place.kind not in ("country", "capital") for place in own) >= 1500
    assert len(places()) - len(own) >= 4000
    folder = resources.files("brinkline.reference")
    size = sum(len(folder.joinpath(name).read_bytes()) for name in ("places.csv", "places_cities.csv", "lands.csv"))
    assert size < 700_000


def test_coordinates_lie_on_the_globe_and_lands_are_known() -> None:
    for place in places():
        assert -90 <= place.latitude <= 90, place.id
        assert -180 <= place.longitude <= 180, place.id
        assert place.land == "" or place.land in lands_of() or place.land in KEYS, place.id
        assert place.source in ("own", "GeoNames"), place.id


def test_every_rule_of_a_land_names_a_state_and_a_source_and_rules_do_not_overlap() -> None:
    for row in data.table("brinkline.reference", "lands.csv"):
        assert row["source"], row
        assert row["note"] in ("", "held"), row
    for land, rules in lands_of().items():
        assert {rule.state for rule in rules} <= KEYS, land
        for one, other in pairwise(rules):
            assert one.period.until is not None, land
            assert other.period.since is not None, land
            assert one.period.until < other.period.since, (land, one.period, other.period)


def test_every_land_of_its_own_is_used_and_belongs_to_a_state_today() -> None:
    used = {place.land for place in places()}
    for land in lands_of():
        if land not in KEYS:
            assert land in used, land
            assert state_of_land(land) in KEYS, land


def test_a_place_has_names_that_stand_in_prose() -> None:
    for place in places():
        assert place.names, place.id
        for name in place.names:
            assert name == name.strip(), place.id
            assert "(" not in name, place.id


def test_ordinary_words_and_leaders_are_flagged_in_the_table_of_cities() -> None:
    cities = places()[len(own_places()) :]
    forms = {form for leader in leaders() for form in leader.forms}
    assert [place.name for place in cities if place.name in forms and not place.common_word] == []
    for name in ("Nancy", "Mobile", "Reading", "Bath", "Victoria", "Lincoln", "Independence", "Orange", "Man", "Most"):
        for place in find_places(name):
            assert place.common_word, place.id


@pytest.mark.parametrize("name", ["Nice", "Split", "Pale", "Van", "Canal Zone", "Acre", "Banias", "Don"])
def test_names_with_another_meaning_are_flagged_in_the_own_table(name: str) -> None:
    assert all(place.common_word for place in find_places(name)), name


def near(place: PlaceRecord, latitude: float, longitude: float) -> bool:
    east = (place.longitude - longitude) * math.cos(math.radians(latitude))
    return math.hypot(place.latitude - latitude, east) * 111 < 40


@pytest.mark.parametrize(
    ("name", "kind", "latitude", "longitude", "year", "state"),
    [
        ("Danzig", "city", 54.35, 18.65, 1938, "danzig"),
        ("Gdansk", "city", 54.35, 18.65, 1980, "290"),
        ("Mukden", "city", 41.8, 123.4, 1931, "710"),
        ("Mukden", "city", 41.8, 123.4, 1937, "manchukuo"),
        ("Smyrna", "city", 38.4, 27.1, 1921, "350"),
        ("Smyrna", "city", 38.4, 27.1, 1930, "640"),
        ("Port Arthur", "city", 38.8, 121.25, 1937, "740"),
        ("Quemoy", "island", 24.45, 118.4, 1958, "713"),
        ("Fiume", "city", 45.33, 14.44, 1930, "325"),
        ("Teschen", "city", 49.75, 18.63, 1939, "290"),
        ("Memel", "city", 55.7, 21.1, 1930, "368"),
        ("Vilna", "capital", 54.7, 25.3, 1935, "290"),
        ("Trieste", "city", 45.65, 13.77, 1950, "200"),
        ("Alexandretta", "city", 36.6, 36.2, 1936, "220"),
        ("Lemberg", "city", 49.84, 24.03, 1930, "290"),
        ("Königsberg", "city", 54.7, 20.5, 1930, "255"),
        ("Konigsberg", "city", 54.7, 20.5, 1950, "365"),
        ("Corfu", "island", 39.6, 19.9, 1923, "350"),
        ("Walwal", "city", 7.1, 45.4, 1934, "530"),
        ("Stanleyville", "city", 0.5, 25.2, 1964, "490"),
        ("Leopoldville", "capital", -4.3, 15.3, 1959, "211"),
        ("Salisbury", "capital", -17.8, 31.05, 1976, "552"),
        ("Saigon", "city", 10.8, 106.7, 1965, "817"),
        ("Aden", "city", 12.8, 45.0, 1966, "200"),
        ("Gaza", "city", 31.5, 34.46, 1960, "651"),
        ("Hebron", "city", 31.53, 35.1, 1966, "663"),
        ("Golan Heights", "mountain", 33.0, 35.75, 1973, "666"),
        ("Goa", "city", 15.4, 74.0, 1961, "235"),
        ("Falklands", "island", -51.75, -59.0, 1980, "200"),
        ("Tarnopol", "city", 49.55, 25.6, 1935, "290"),
        ("Leipzig", "city", 51.34, 12.37, 1961, "265"),
        ("Algiers", "capital", 36.75, 3.06, 1958, "220"),
        ("Riga", "capital", 56.95, 24.1, 1939, "367"),
        ("Tehran", "capital", 35.7, 51.4, 1946, "630"),
        ("Agacher", "region", 14.6, -0.8, 1985, "439"),
    ],
)
def test_a_place_lies_where_it_lies_and_belonged_to_the_right_state(
    name: str, kind: str, latitude: float, longitude: float, year: int, state: str
) -> None:
    place = find_places(name)[0]
    assert place.kind == kind
    assert near(place, latitude, longitude), (place.latitude, place.longitude)
    assert place.state_on(Day(year, 7, 1)) == state


@pytest.mark.parametrize(
    ("name", "kind", "latitude", "longitude"),
    [
        ("Amur", "river", 50.0, 127.5),
        ("Strait of Hormuz", "strait", 26.57, 56.25),
        ("Dardanelles", "strait", 40.2, 26.4),
        ("Straits of Tiran", "strait", 28.0, 34.46),
        ("Black Sea", "sea", 43.4, 34.3),
        ("Lake Khasan", "lake", 42.45, 130.6),
        ("Durand Line", "border area", 33.0, 69.5),
    ],
)
def test_waters_and_lines_belong_to_no_single_state(name: str, kind: str, latitude: float, longitude: float) -> None:
    place = find_places(name)[0]
    assert place.kind == kind
    assert near(place, latitude, longitude)


def test_a_shared_name_gives_all_its_places() -> None:
    assert {place.state for place in find_places("Tripoli")} >= {"620", "660"}
    assert {place.state for place in find_places("Hyderabad")} >= {"750", "770"}


def test_an_unknown_name_gives_nothing() -> None:
    assert find_places("Brigadoon") == ()
    assert find_places("") == ()


def test_positions_of_the_name_table_are_those_of_the_places() -> None:
    for name, positions in list(place_names().items())[::50]:
        for position in positions:
            assert name in places()[position].names


def test_the_states_of_the_table_are_countries_with_a_place() -> None:
    found = country("365")
    assert found is not None
    assert (found.kind, found.state) == ("country", "365")
    assert country("atlantis") is None
    members = {state.key for state in states() if state.status == "member"}
    assert sorted(key for key in members if country(key) is None) == []


@pytest.mark.parametrize(
    ("land", "day", "state"),
    [
        ("690", Day(1990, 8, 2), "690"),
        ("369", Day(1986, 4, 26), "365"),
        ("220", Day(1936, 3, 7), "220"),
        ("305", Day(1934, 7, 25), "305"),
        ("305", Day(1941, 7, 25), "255"),
        ("652", Day(1920, 3, 8), "652"),
        ("713", Day(1947, 2, 28), "710"),
        ("gaza", Day(1800, 1, 1), ""),
        ("trieste", Day(1943, 10, 1), ""),
    ],
)
def test_land_of_a_day(land: str, day: Day, state: str) -> None:
    assert state_of_land(land, day) == state
