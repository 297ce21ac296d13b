"""The table of states: whole, without contradictions, and in line with the countrycode package where that is installed."""

from __future__ import annotations

import importlib.util
import itertools
from collections import Counter

import pytest

from brinkline.data import table
from brinkline.errors import NotFound
from brinkline.model import Day
from brinkline.reference.periods import Period
from brinkline.reference.states import (
    State,
    StateName,
    name_index,
    readings,
    state_by_cow,
    state_by_key,
    state_by_number,
    states,
)

FILES = ("states.csv", "states_names.csv", "states_membership.csv", "states_codes.csv")
FAR_PAST, FAR_FUTURE = Day(1, 1, 1), Day(9999, 12, 31)


def rows(name: str) -> tuple[dict[str, str], ...]:
    return table("brinkline.reference", name)


def overlap(one: Period, other: Period) -> bool:
    starts = max(one.since or FAR_PAST, other.since or FAR_PAST)
    ends = min(one.until or FAR_FUTURE, other.until or FAR_FUTURE)
    return starts <= ends


def keys_of(name: str, year: int) -> list[str]:
    return [reading.state.key for reading in readings(name, Day(year, 6, 1)) if reading.valid]


@pytest.mark.parametrize("name", FILES)
def test_lines_are_unique_and_name_their_source(name: str) -> None:
    key = "key" if name == "states.csv" else "id"
    counts = Counter(row[key] for row in rows(name))
    assert [item for item, count in counts.items() if count > 1] == []
    sources = {row["id"] for row in rows("states_sources.csv")}
    assert {row["source"] for row in rows(name)} <= sources


@pytest.mark.parametrize("name", FILES[1:])
def test_every_line_belongs_to_a_state(name: str) -> None:
    assert {row["state"] for row in rows(name)} <= {state.key for state in states()}


def test_the_state_system_is_whole() -> None:
    members = [state for state in states() if state.cow is not None]
    assert len(members) == 217  # COW state system v2016
    assert len({state.abbrev for state in members}) == 217
    assert all(state.membership for state in members)
    assert all(state.key == str(state.cow) for state in members)
    assert not any(state.membership for state in states() if state.cow is None)


@pytest.mark.parametrize(("year", "count"), [(1816, 23), (2016, 195)])
def test_size_of_the_state_system(year: int, count: int) -> None:
    """The published numbers of members at both ends of the list, so that a lost or doubled interval shows."""
    assert sum(state.member_on(Day(year, 7, 1)) for state in states()) == count


def test_intervals_follow_each_other() -> None:
    for state in states():
        for one, after in itertools.pairwise(state.membership):
            assert one.until is not None
            assert after.since is not None
            assert one.until < after.since, state.key


def test_a_name_means_one_state_at_a_time_unless_it_is_marked() -> None:
    """Two usual meanings on one day are an error of the table; a less usual one is marked "second"."""
    shared = []
    for text, entries in name_index().items():
        usual = [(state, name) for state, name in entries if name.use != "second"]
        for (one, first), (other, second) in itertools.combinations(usual, 2):
            if one.key != other.key and overlap(first.valid, second.valid):
                shared.append((text, one.key, other.key))
    assert shared == []


def test_every_state_has_a_name_and_members_an_adjective() -> None:
    for state in states():
        kinds = {name.kind for name in state.names}
        assert "name" in kinds, state.key
    bare = [state.key for state in states() if state.cow and not any(name.kind == "adjective" for name in state.names)]
    assert set(bare) <= {
        "267",
        "271",
        "273",
        "275",
        "280",
        "332",
        "335",
    }  # German and Italian states without a current adjective


def test_names_are_clean() -> None:
    def faults(state: State, name: StateName) -> bool:
        return name.text != " ".join(name.text.split()) or "’" in name.text or not name.text

    assert [(state.key, name.text) for state in states() for name in state.names if faults(state, name)] == []


@pytest.mark.parametrize(
    ("name", "year", "keys"),
    [
        ("Russia", 1914, ["365"]),
        ("Germany", 1937, ["255"]),
        ("Germany", 1965, ["260", "265"]),
        ("Germany", 1995, ["255"]),
        ("Congo", 1965, ["490", "484"]),
        ("Congo", 1985, ["490", "484"]),
        ("Republic of China", 1930, ["710"]),
        ("Republic of China", 1960, ["713"]),
        ("Yemen", 1962, ["678"]),
        ("Yemen", 1994, ["679"]),
        ("Korea", 1900, ["730"]),
        ("Korea", 1950, ["731", "732"]),
        ("Nanking", 1930, ["710"]),
        ("Nanking", 1960, []),
        ("Berlin", 1938, ["255"]),
        ("Austria", 1900, ["300"]),
        ("Austria", 1930, ["305"]),
        ("Atlantis", 1930, []),
    ],
)
def test_names_on_a_day(name: str, year: int, keys: list[str]) -> None:
    assert keys_of(name, year) == keys


@pytest.mark.parametrize(
    ("cow", "year", "name"),
    [
        (365, 1900, "Russia"),
        (365, 1920, "Soviet Russia"),
        (365, 1937, "Soviet Union"),
        (365, 2014, "Russia"),
        (345, 1914, "Serbia"),
        (345, 1938, "Yugoslavia"),
        (345, 2010, "Serbia"),
        (434, 1970, "Dahomey"),
        (434, 1980, "Benin"),
        (630, 1930, "Persia"),
        (630, 1950, "Iran"),
        (800, 1930, "Siam"),
        (552, 1970, "Rhodesia"),
    ],
)
def test_name_of_a_state_on_a_day(cow: int, year: int, name: str) -> None:
    assert state_by_cow(cow).name_on(Day(year, 6, 1)) == name


@pytest.mark.parametrize(
    ("scheme", "number", "year", "key"),
    [
        ("icb", 255, 1938, "255"),
        ("icb", 260, 1961, "260"),
        ("icb", 260, 1995, "255"),
        ("icb", 219, 1941, "vichy"),
        ("icb", 671, 1924, "hijaz"),
        ("icb", 678, 1962, "678"),
        ("icb", 678, 1994, "679"),
        ("icb", 345, 2010, "345"),
        ("gw", 340, 2010, "345"),
        ("gw", 563, 1895, "transvaal"),
        ("icb", 740, 1937, "740"),
    ],
)
def test_numbers_of_other_schemes_both_ways(scheme: str, number: int, year: int, key: str) -> None:
    day = Day(year, 6, 1)
    assert state_by_number(scheme, number, day).key == key  # type: ignore[arg-type]
    assert state_by_key(key).number(scheme, day) == number  # type: ignore[arg-type]


def test_unknown_states_are_errors() -> None:
    with pytest.raises(NotFound):
        state_by_cow(999)
    with pytest.raises(NotFound):
        state_by_number("icb", 999)


def test_members_of_the_time_of_crises() -> None:
    assert not state_by_cow(305).member_on(Day(1940, 1, 1))
    assert state_by_cow(305).member_on(Day(1956, 1, 1))
    assert not state_by_key("manchukuo").member_on(Day(1937, 6, 22))


@pytest.mark.skipif(importlib.util.find_spec("countrycode") is None, reason="the oracle countrycode is not installed")
def test_against_countrycode() -> None:
    """COW numbers, COW abbreviations and ISO codes agree with the countrycode package (GPL, used in this test only)."""
    from countrycode import countrycode

    known_names = {"GFR", "KOR"}  # countrycode has no row of its own for them
    members = [state for state in states() if state.cow is not None]
    abbrevs = countrycode([state.cow for state in members], "cown", "cowc")
    wrong = [(s.key, s.abbrev, other) for s, other in zip(members, abbrevs, strict=True) if other not in (None, s.abbrev)]
    assert wrong == []
    unknown = {s.abbrev for s, other in zip(members, abbrevs, strict=True) if other is None}
    assert unknown <= known_names
    isos = countrycode([state.abbrev for state in members], "cowc", "iso3c")
    by_cow = [(s.key, s.iso3, other) for s, other in zip(members, isos, strict=True) if other and s.iso3 and other != s.iso3]
    assert by_cow == []
    gw = countrycode([state.abbrev for state in members], "cowc", "gwn")
    today = Day(2016, 12, 31)
    differing = [
        (s.key, s.number("gw", today), int(other))
        for s, other in zip(members, gw, strict=True)
        if other is not None and s.member_on(today) and s.number("gw", today) != int(other)
    ]
    # countrycode has one row a country for all years: Yugoslavia beside Serbia (340 since 2006), 817 for all of Vietnam
    assert differing == [("345", 340, 345), ("816", 816, 817)]
