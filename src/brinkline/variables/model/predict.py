"""The models at work: weights from ``weights.csv``, scores, probabilities and what each feature added. No training here."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from brinkline import data

#: Blocks of features that need no reading of the story beyond what the rules read.
_CODED = ("bias", "rule", "other", "by", "case")
_PACKAGE = "brinkline.variables.model"
#: Stands for "the code that the rule gave" in the column ``code``.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Model:
    """A model of one variable: a weight for each feature and code; ``own`` weights speak for the code that the rule gave.

    ``slope`` and ``intercept`` turn the log odds of the code chosen into the measured share of right values.
    """

    variable: str
    codes: tuple[int, ...]
    weights: Mapping[str, Mapping[int, float]]
    own: Mapping[str, float]
    slope: float
    intercept: float

    @property
    def reads_story(self) -> bool:
        """True when events and phrases have weights."""
        return any(name.partition(":")[0] not in _CODED for name in self.weights)


@dataclass(frozen=True, slots=True)
class Prediction:
    """The likeliest code, its calibrated confidence, and for each feature what it added for this code over the rival."""

    code: int
    confidence: float
    shares: Mapping[int, float]
    reasons: Mapping[str, float]


@functools.cache
def models() -> Mapping[str, Model]:
    """The shipped models by variable, from ``models.csv`` and ``weights.csv``."""
    found = {}
    for row in data.table(_PACKAGE, "models.csv"):
        name = row["variable"]
        weights: dict[str, dict[int, float]] = {}
        own: dict[str, float] = {}
        for line in data.table(_PACKAGE, "weights.csv"):
            if line["variable"] == name and line["code"] == OWN:
                own[line["feature"]] = float(line["weight"])
            elif line["variable"] == name:
                weights.setdefault(line["feature"], {})[int(line["code"])] = float(line["weight"])
        codes = tuple(int(code) for code in row["codes"].split())
        found[name] = Model(name, codes, weights, own, float(row["slope"]), float(row["intercept"]))
    return found


def predict(model: Model, values: Mapping[str, float], given: object) -> Prediction:
    """The model's code for a row with these features, of which the rule gave ``given``.

    ``reasons`` compare with the rule's code, or with the second best when the rule gave the same.
    """
    added = {name: _added(model, name, value, given) for name, value in {"bias": 1.0, **values}.items()}
    scores = {code: sum(part.get(code, 0.0) for part in added.values()) for code in model.codes}
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    shares = {code: math.exp(score - top) / total for code, score in scores.items()}
    first, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    rival = given if isinstance(given, int) and given in shares and given != first else second
    reasons = {name: part.get(first, 0.0) - part.get(rival, 0.0) for name, part in added.items()}
    return Prediction(first, _calibrated(model, shares[first]), shares, {name: gain for name, gain in reasons.items() if gain})


def _added(model: Model, name: str, value: float, given: object) -> Mapping[int, float]:
    """What a feature adds to the score of each code."""
    part = {code: weight * value for code, weight in model.weights.get(name, {}).items()}
    if name in model.own and isinstance(given, int):
        part[given] = part.get(given, 0.0) + model.own[name] * value
    return part


def _calibrated(model: Model, share: float) -> float:
    """The share as a confidence: how often values with such a share were right in cross-validation."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    odds = model.intercept + model.slope * math.log(share / (1 - share))
    return round(min(max(1 / (1 + math.exp(-odds)), 0.02), 0.98), 2)
