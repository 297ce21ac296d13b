"""The names of the reference tables as examples of their own lines: each must be read as its line says.

A line of a table of names has no example beside it: the name is the example, and the first day on which it is valid the
time. What fails here is a name that another line, a spelling or a period hides.
"""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.reference.bodies import bodies_by_name
from brinkline.reference.leaders import FILES, leaders_by_form
from brinkline.reference.periods import period
from brinkline.reference.places import find_places
from brinkline.reference.states import readings
from brinkline.rules import Example, Rule, names_of


def examples() -> Iterator[Example]:
    """The names of states, of bodies, of leaders and of places."""
    yield from names_of("reference/states_names.csv", _means_the_state)
    yield from names_of("reference/body_names.csv", _means_the_body)
    for name in FILES:
        yield from names_of(f"reference/{name}", _means_the_leader)
    yield from names_of("reference/places.csv", _means_the_place)
    yield from names_of("reference/places_cities.csv", _means_the_place)


def _means_the_state(rule: Rule, text: str) -> str | None:
    valid = period(rule.entry["from"], rule.entry["until"])
    found = readings(text, valid.since or valid.until)
    if any(reading.valid and reading.state.key == rule.entry["state"] for reading in found):
        return None
    return f"wanted state:{rule.entry['state']}; found {_listed(f'state:{reading.state.key}' for reading in found)}"


def _means_the_body(rule: Rule, text: str) -> str | None:
    known = [body.id for body, _ in bodies_by_name().get(text, ())]
    return None if rule.entry["body"] in known else f"wanted {rule.entry['body']}; found {_listed(known)}"


def _means_the_leader(rule: Rule, text: str) -> str | None:
    """The name and every form of it must lead to this term of office."""
    forms = (text, *rule.entry["forms"].split(";"), *rule.entry["weak"].split(";"))
    missed = [form for form in forms if form and rule.id not in {leader.id for leader in leaders_by_form().get(form, ())}]
    return f"not found by {_listed(missed)}" if missed else None


def _means_the_place(rule: Rule, text: str) -> str | None:
    known = {place.id.removeprefix("place:") for name in _names(rule, text) for place in find_places(name)}
    return None if rule.id.removeprefix("place:") in known else f"found {_listed(sorted(known))}"


def _names(rule: Rule, text: str) -> tuple[str, ...]:
    """The name without a distinction in brackets ("Santiago (Cuba)"), and the further names of the line."""
    return (text.partition(" (")[0], *filter(None, rule.entry.get("names", "").split(";")))


def _listed(items: Iterator[str] | list[str]) -> str:
    return ", ".join(items) or "nothing"
