"""The values that a person can choose for a variable, with what the codebook says about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brinkline.decision import StoredClaim
from brinkline.errors import NotFound, UsageError
from brinkline.reference.codebook import Level, Variable, codebook
from brinkline.reference.codebook_describe import definition
from brinkline.reference.states import state_by_cow


@dataclass(frozen=True, slots=True)
class Offer:
    """One value that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What a variable takes. Without ``offers`` a value is written: ``hint`` says in what form. ``free`` lets a value be
    written beside the offers (the number of a state)."""

    field: str
    label: str
    definition: str
    offers: tuple[Offer, ...]
    free: bool
    hint: str
    number: bool


_HINTS = {
    "date": "a day, month or year: 1931-03-03, 1931-03, 1931; 66, 77, 88 as day: early, middle, late",
    "days": "a number of days",
    "count": "a number",
    "score": "a number",
    "year": "a year",
    "month": "a number from 1 to 12",
    "day": "a number from 1 to 31; 66, 77, 88: early, middle, late",
}


def level_of(subject: str) -> Level:
    """The level of the codebook that a subject stands on."""
    return "crisis" if subject == "crisis" else "actor"


def variable_of(subject: str, field: str) -> Variable | None:
    """The variable of the built-in codebook; None for one that a user's codebook added."""
    try:
        return codebook().variable(field, level_of(subject))
    except NotFound:
        return None


def offered(subject: str, field: str, states: Iterable[int] = ()) -> Offered:
    """The values for a variable of a subject. ``states`` are the numbers of states to offer first where a state is a value."""
    variable = variable_of(subject, field)
    if variable is None:
        return Offered(field, field, "", (), True, "a value of your codebook", False)
    offers = [Offer(code.value, code.label) for code in variable.codes if code.value not in variable.missing]
    if variable.takes_states:
        offers = [Offer(str(number), state_name(number)) for number in dict.fromkeys(states)] + offers
    hint = "the COW number of a state" if variable.takes_states else _HINTS.get(variable.scale, "a text")
    free = variable.takes_states or not variable.codes
    meaning = definition(variable.level, field)
    return Offered(field, variable.label, meaning, tuple(offers), free, hint, variable.scale not in ("text", "date"))


def fields_of(subject: str) -> tuple[Variable, ...]:
    """The variables that a subject can have, in the order of the codebook: joint dates instead of their parts."""
    parts = {part for item in codebook().variables for part in item.parts if item.level == level_of(subject)}
    return tuple(item for item in codebook().variables if item.level == level_of(subject) and item.name not in parts)


def checked_value(subject: str, field: str, text: str) -> tuple[int | str | None, str]:
    """The value that a text stands for and its label; None for an empty text: the narrative does not say.

    UsageError BL167 for a value that the codebook does not allow.
    """
    text = text.strip()
    if not text:
        return None, ""
    variable = variable_of(subject, field)
    whole = text.removeprefix("-").isdecimal() and len(text) < 12
    if variable is None:
        return (int(text) if whole else text), ""
    if not variable.allows(text):
        codes = ", ".join(code.value for code in variable.codes[:20])
        remedy = f"one of: {codes}" if codes and not variable.takes_states else _HINTS.get(variable.scale, "see the codebook")
        raise UsageError("BL167", f"{text[:60]!r} is not a value of {field}", remedy=remedy)
    label = variable.label_of(text) or (state_name(int(text)) if variable.takes_states and whole else "")
    return (int(text) if whole and variable.scale not in ("text", "date") else text), label


def states_of(claims: Iterable[StoredClaim]) -> tuple[int, ...]:
    """The numbers of the states that the claims of a narrative name, crisis actors first, then the most mentioned."""
    subjects: dict[int, int] = {}
    counts: dict[int, int] = {}
    for claim in claims:
        parts = claim.subject.split(":")
        if claim.kind == "variable" and parts[0] == "actor" and parts[1].isdecimal():
            subjects[int(parts[1])] = 1
        elif claim.kind == "actor" and (claim.value.get("actor") or {}).get("cow") is not None:
            number = int(claim.value["actor"]["cow"])
            counts[number] = counts.get(number, 0) + 1
    return tuple(dict.fromkeys((*subjects, *sorted(counts, key=lambda number: -counts[number]))))


def state_name(number: int) -> str:
    """The name of a state by its COW number; "state 999" for one that the tables do not know."""
    try:
        return state_by_cow(number).name
    except NotFound:
        return f"state {number}"
