"""The mode of an event: done, ongoing, planned, promised, threatened, demanded, reported, denied, hypothetical."""

from __future__ import annotations

from typing import cast

from brinkline.events.classify import CONTENT_LINKS, Reading
from brinkline.events.clauses import Clause
from brinkline.events.words import word_classes
from brinkline.model import Mode

_MODALS: dict[str, str] = {
    "will": "planned",
    "would": "planned",
    "shall": "planned",
    "must": "demanded",
    "should": "demanded",
    "may": "hypothetical",
    "might": "hypothetical",
    "could": "hypothetical",
    "can": "hypothetical",
}
#: Modes that the clause above imposes whatever the clause itself says.
_IMPOSED = frozenset({"demanded", "threatened", "denied", "planned", "promised", "hypothetical"})


def modes(clauses: dict[int, Clause], readings: dict[int, Reading]) -> dict[int, Mode]:
    """The mode of every reading: imposed by the clause above when it is its content, else its own."""
    found: dict[int, str] = {}
    for index in readings:
        _mode(index, clauses, readings, found)
    return {index: cast(Mode, mode) for index, mode in found.items() if index in readings}


def _mode(index: int, clauses: dict[int, Clause], readings: dict[int, Reading], found: dict[int, str]) -> str:
    if index not in found:
        found[index] = "done"  # a cycle of governors would end here
        clause = clauses[index]
        own = _own(clause)
        above = _from_above(clause, clauses, readings, found) if own != "denied" else "done"
        if above in _IMPOSED or (above in ("reported", "ongoing") and own == "done"):
            found[index] = above if not (above == "reported" and _speech(index, readings)) else own
        else:
            found[index] = own
    return found[index]


def _speech(index: int, readings: dict[int, Reading]) -> bool:
    reading = readings.get(index)
    return reading is not None and reading.leaf is not None and reading.leaf.layer == "say" and reading.clause.kind == "noun"


def _own(clause: Clause) -> str:
    if clause.negated or clause.key in word_classes()["absent"]:
        return "denied"
    if clause.hypothetical:
        return "hypothetical"
    if clause.modal in _MODALS:
        return _MODALS[clause.modal]
    tried = clause.kind == "verb" and clause.key in word_classes()["attempting"]
    return "ongoing" if tried or clause.aspect == "progressive" else "done"


def _from_above(clause: Clause, clauses: dict[int, Clause], readings: dict[int, Reading], found: dict[int, str]) -> str:
    if clause.governor is None:
        return "done"
    governor = clauses[clause.governor]
    if clause.link == "conj" and clause.kind == governor.kind == "verb":
        inherited = _from_above(governor, clauses, readings, found)
        own = _own(governor)
        return inherited if inherited != "done" else own if own in ("planned", "hypothetical") else "done"
    reading = readings.get(clause.governor)
    if governor.key == "be" and governor.answers:
        return "done"  # "its response was to send troops"
    if clause.link not in CONTENT_LINKS or reading is None:
        return "done"
    if _speech(clause.head, readings):
        return "done"  # a demand that was rejected was still made
    above = _mode(clause.governor, clauses, readings, found)
    content = reading.content_mode
    if content in ("same", "", "done"):
        if content == "" and clause.kind == "verb" and clause.link == "xcomp":
            return "planned"
        return above
    return content
