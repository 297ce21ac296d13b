"""``Finding``: a value that a family worked out, before it becomes a claim; and the claims made of findings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from brinkline import data
from brinkline.errors import NotFound
from brinkline.model import Basis, Claim, Narrative, Value, make_claim
from brinkline.reference.codebook import Level, codebook
from brinkline.reference.states import state_by_number

_UNMEASURED = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """A value of one variable with what supports it; ``sources`` name other variables that an inferred value rests on.

    ``confidence`` is given when the value's own was worked out; else the measured share of its rule holds.
    """

    value: Value
    basis: Basis
    rule: str
    evidence: tuple[tuple[int, int], ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    confidence: float | None = None


@functools.cache
def shares() -> Mapping[str, float]:
    """For each rule the share of its values that agreed with the human coding (``confidence.csv``)."""
    return {row["rule"]: float(row["share"]) for row in data.table("brinkline.variables", "confidence.csv")}


def to_claim(narrative: Narrative, subject: str, level: Level, field: str, finding: Finding) -> Claim:
    """The claim for a finding, with the label of the codebook and the measured confidence of its rule."""
    known = shares()
    key = field if level == "actor" else f"crisis.{field}"
    measured = known.get(f"{key}:{finding.rule}", known.get(key, _UNMEASURED))
    confidence = measured if finding.confidence is None else finding.confidence
    return make_claim(
        narrative,
        subject=subject,
        field=field,
        value=finding.value,
        label=_label(level, field, finding.value),
        basis="inferred" if finding.basis == "quoted" and not finding.evidence else finding.basis,
        evidence=dict.fromkeys(finding.evidence),
        sources=finding.sources,
        confidence=confidence if finding.value is not None else 0.0,
        rule=f"{field}/{finding.rule}",
        note=finding.note,
    )


@functools.lru_cache(maxsize=4096)
def _label(level: Level, field: str, value: Value) -> str:
    """The label of a code, for a state number the name of the state, "" for dates and counts."""
    variable = codebook().variable(field, level)
    label = variable.label_of(value)
    if not label and variable.takes_states and isinstance(value, int):
        try:
            return state_by_number("icb", value).name
        except NotFound:
            return ""
    return label
