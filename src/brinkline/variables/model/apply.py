"""Values settled by a model: where one is shipped for a variable, it decides, and shows the words that weighed most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from brinkline.reference.codebook import codebook
from brinkline.variables.case import Case
from brinkline.variables.finding import Finding
from brinkline.variables.frame import Frame
from brinkline.variables.model.features import Features, Findings, Told, row_features
from brinkline.variables.model.predict import Model, Prediction, models, predict

#: What settles the findings of all rows of a narrative.
Settle = Callable[[Case, Frame, Sequence[Told], Sequence[Findings]], Sequence[Findings]]

#: How many of the weightiest reasons are shown.
_SHOWN = 3


def settle(case: Case, frame: Frame, told: Sequence[Told], found: Sequence[Findings]) -> list[Findings]:
    """The findings of each actor row with those variables settled for which a model is shipped.

    Where model and rule agree the finding stays, words and basis too, with the confidence of the model. Where they differ
    the value is the model's, inferred from the words and claims that weighed most, and the note names the rule's value.
    """
    shipped = models()
    rows = list(zip(told, found, strict=True))
    story = any(model.reads_story for model in shipped.values())
    settled: list[Findings] = []
    for index, findings in enumerate(found):
        features = row_features(case, frame, rows, index, story=story)
        settled.append({**findings, **{name: _settled(model, findings[name], features) for name, model in shipped.items()}})
    return settled


def _settled(model: Model, finding: Finding, features: Features) -> Finding:
    """The finding of one variable; a value that the rules left open stays open."""
    name, given = model.variable, finding.value
    if given is None:
        return finding
    result = predict(model, features.values, given)
    if result.code == given:
        return replace(finding, confidence=result.confidence)
    label = codebook().variable(name).label_of(given)
    note = f"by the rule {name}/{finding.rule} it would be {given} ({label})"
    evidence, sources = _reasons(result, features)
    return Finding(result.code, "inferred", "model", evidence or finding.evidence, sources, note, result.confidence)


def _reasons(result: Prediction, features: Features) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """The words and the claims behind the features that spoke most for the value."""
    reasons = sorted(result.reasons.items(), key=lambda item: (-item[1], item[0]))
    weighty = [feature for feature, gain in reasons if gain > 0 and feature != "bias" and not feature.startswith("by:")]
    places: dict[tuple[int, int], None] = {}
    sources: dict[str, None] = {}
    for feature in weighty[:_SHOWN]:
        places.update(dict.fromkeys(features.places.get(feature, ())[:1]))
        sources[_source(feature)] = None
    return tuple(places), tuple(sources)


def _source(feature: str) -> str:
    """The name of the claim behind a feature, as it stands in ``from``; else what kind of thing was counted."""
    block, _, item = feature.partition(":")
    field = item.partition("=")[0]
    if block == "rule":
        return field
    if block == "other":
        return f"other actor:{field}"
    names: Mapping[str, str] = {"power": "cracid", "period": "trigger_date", "days": "trgterra", "entity": "trigent"}
    return names.get(field, "actor rows") if block == "case" else "events"
