"""What a value of a variable means in a query: a code, a label, a state's name, or a range of numbers or days."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brinkline.errors import NotFound
from brinkline.reference.codebook import Codebook, Variable
from brinkline.reference.states import state_by_key
from brinkline.search.actor_terms import actor_ids, actors_named
from brinkline.search.day_terms import days_named, days_text
from brinkline.store.words import words_of

#: A claim that the narrative could not settle, and a claim of any value.
OPEN = "open"
ANY = "any"
_RANGE = re.compile(r"(-?\d+)?\.\.(-?\d+)?")
_NUMBERS = ("ordinal", "year", "month", "day", "days", "count", "score")


def variables_named(book: Codebook, name: str) -> tuple[Variable, ...]:
    """The variables of a name on either level, or of "crisis.NAME" or "actor.NAME" on one; () when there is none."""
    level, dot, rest = name.rpartition(".")
    found = [item for item in book.variables if item.name == rest and (not dot or item.level == level)]
    return tuple(found)


def values_named(variable: Variable, text: str) -> tuple[str, ...]:
    """The canonical values that a text means for a variable, () when it means none.

    Canonical is a code, a number, a day, a range "a..b", "open" or "any".
    """
    key = _key(text)
    if key in (OPEN, ANY):
        return (key,)
    if variable.scale == "date":
        days = days_named(text)
        return (days_text(days),) if days else ()
    if variable.scale in _NUMBERS and (found := _RANGE.fullmatch(text)):
        return (text,) if found[1] or found[2] else ()
    if any(code.value == text for code in variable.codes) or text in variable.missing:
        return (text,)
    labelled = _labelled(variable, key)
    if labelled:
        return labelled
    if variable.takes_states:
        return _states(text)
    if variable.scale in ("text", "identifier") and not variable.codes:
        return (text,)
    return (text,) if not variable.codes and variable.allows(text) else ()


def value_names(variables: Sequence[Variable]) -> tuple[str, ...]:
    """The labels and codes of variables, for the remedy of an error."""
    return tuple(dict.fromkeys(code.label for variable in variables for code in variable.codes))


def _labelled(variable: Variable, key: str) -> tuple[str, ...]:
    """The codes whose label is the text, else those whose label begins with it, else those that have its words."""
    labels = [(code.value, _key(code.label)) for code in variable.codes]
    if not key:
        return ()
    for fits in (
        lambda label: label == key,
        lambda label: label.startswith(f"{key} "),
        lambda label: f" {key} " in f" {label} ",
    ):
        found = tuple(value for value, label in labels if fits(label))
        if found:
            return found
    return ()


def _states(text: str) -> tuple[str, ...]:
    """The numbers of the states of a name, as the variable keeps them (COW)."""
    found: list[str] = []
    for name in actors_named(text):
        for actor_id in actor_ids(name):
            try:
                number = state_by_key(actor_id).cow
            except NotFound:
                continue
            if number is not None:
                found.append(str(number))
    return tuple(found)


def _key(text: str) -> str:
    return " ".join(word.folded for word in words_of(text))
