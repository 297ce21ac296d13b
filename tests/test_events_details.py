"""Places, dead, forces, territory, agreements and the order of events, in sentences about invented states."""

from __future__ import annotations

import pytest

from brinkline.events import find_events
from brinkline.events.amounts import find_amounts, read_number
from brinkline.events.order import in_time
from brinkline.model import Event, Narrative, Place
from norland import code, dates, mentions, parse


def _event(text: str, kind: str) -> Event:
    return next(event for event in code(text) if event.type == kind)


def _attributes(text: str, kind: str) -> dict[str, str]:
    return dict(_event(text, kind).attributes)


def _with_places(text: str, *names: str) -> tuple[Event, ...]:
    places = tuple(
        Place(text.index(name), text.index(name) + len(name), name, name, "city") for name in sorted(names, key=text.index)
    )
    return find_events(Narrative(text), parse(text), dates(text), mentions(text), places)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("15", 15),
        ("2,400", 2400),
        ("twenty-two", 22),
        ("three hundred", 300),
        ("two thousand five hundred", 2500),
        ("1.5 million", 1_500_000),
        ("many", None),
    ],
)
def test_numbers_are_read(words: str, number: int | None) -> None:
    assert read_number(words) == number


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("at least fifteen men", (15, None, None)),
        ("up to 300 men", (None, None, 300)),
        ("some 2,000 people", (None, 2000, None)),
        ("exactly forty men", (40, 40, 40)),
        ("between 10 and 20 men", (10, None, 20)),
        ("8,000-10,000 men", (8000, None, 10000)),
        ("hundreds of men", (200, None, 999)),
    ],
)
def test_amounts_have_bounds(text: str, bounds: tuple[int | None, int | None, int | None]) -> None:
    assert [(amount.low, amount.best, amount.high) for amount in find_amounts(text)] == [bounds]


@pytest.mark.parametrize("text", ["the 29th division", "a sum of $40 million", "40% of the men", "the U-2 and the MIG-23"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert list(find_amounts(text)) == []


def test_dead_are_counted_with_low_best_and_high() -> None:
    told = _attributes("Norland killed at least fifteen soldiers of Sudland.", "do.kill")
    assert (told["fatalities"], told["fatalities low"]) == ("at least fifteen", "15")
    assert "fatalities best" not in told
    assert "fatalities high" not in told


def test_dead_of_several_kinds_are_added_up() -> None:
    told = _attributes("Norland killed seven soldiers and two villagers.", "do.kill")
    assert (told["fatalities"], told["fatalities best"]) == ("seven soldiers and two", "9")


def test_one_man_is_one() -> None:
    assert _attributes("A soldier was killed by Norland.", "do.kill")["fatalities best"] == "1"


def test_wounded_are_not_dead() -> None:
    assert all("fatalities" not in dict(event.attributes) for event in code("Norland wounded fifteen soldiers of Sudland."))


def test_days_are_neither_dead_nor_forces() -> None:
    told = _attributes("On 4 May 1931 troops of Norland invaded Sudland.", "do.invade")
    assert "force" not in told
    assert "fatalities" not in told


def test_size_and_units_of_a_force() -> None:
    told = _attributes("Norland sent 40,000 fresh troops and two gunboats to the border.", "do.deploy")
    assert told["force"] == "40,000 fresh troops; two gunboats"
    assert told["units"] == "troops; gunboats"


def test_unarmed_acts_have_no_units() -> None:
    assert "units" not in _attributes("Norland met Sudland on board a ship.", "do.meet")


def test_territory_that_is_taken() -> None:
    assert _attributes("Norland occupied the northern island of Sudland.", "do.occupy")["territory"].startswith(
        "northern island"
    )


def test_captured_men_are_no_territory() -> None:
    assert all("territory" not in dict(event.attributes) for event in code("Norland captured a soldier of Sudland."))


def test_agreement_is_named() -> None:
    told = _attributes("Norland and Sudland signed the Treaty of Lake Ulm.", "do.sign")
    assert told["agreement"] == "Treaty of Lake Ulm"
    assert "agreement" not in _attributes("Norland and Sudland signed a treaty.", "do.sign")


def test_place_of_an_act() -> None:
    events = _with_places("Norland attacked ships of Sudland near Port Ulm.", "Port Ulm")
    assert [[place.name for place in event.where] for event in events] == [["Port Ulm"]]


def test_what_is_taken_is_a_place() -> None:
    assert [place.name for place in _with_places("Norland bombed Port Ulm.", "Port Ulm")[0].where] == ["Port Ulm"]


def test_post_of_a_person_is_no_place_of_the_act() -> None:
    events = _with_places("The ambassador of Norland in Port Ulm protested to Sudland.", "Port Ulm")
    assert events
    assert all(not event.where for event in events)


def test_places_belong_to_their_clause() -> None:
    text = "Norland attacked Sudland in Port Ulm and met Westland in Selmar."
    where = {event.type: [place.name for place in event.where] for event in _with_places(text, "Port Ulm", "Selmar")}
    assert where == {"do.attack": ["Port Ulm"], "do.meet": ["Selmar"]}


@pytest.mark.parametrize(
    ("text", "first", "relation", "second"),
    [
        ("After Sudland invaded Westland, Norland mobilized its army.", "do.mobilize", "after", "do.invade"),
        ("Norland mobilized its army before Sudland invaded Westland.", "do.mobilize", "before", "do.invade"),
        ("Following the invasion of Westland by Sudland, Norland mobilized its army.", "do.mobilize", "after", "do.invade"),
    ],
)
def test_stated_order(text: str, first: str, relation: str, second: str) -> None:
    assert _attributes(text, first)[relation] == _event(text, second).id


def test_no_order_where_none_is_stated() -> None:
    attributes = _attributes("Norland mobilized its army when Sudland invaded Westland.", "do.mobilize")
    assert not {"after", "before"} & attributes.keys()


def test_events_in_time() -> None:
    events = code("On 6 May 1931 Norland mobilized. On 4 May 1931 Sudland had invaded Westland. Norland protested to Sudland.")
    assert next(event.type for event in in_time(events)) == "do.invade"
