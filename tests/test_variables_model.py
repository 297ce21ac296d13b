"""The models that settle values: shipped weights, arithmetic, evidence, and what they must not do."""

from __future__ import annotations

import functools
import importlib.util
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest

from brinkline import code, data
from brinkline.record import Coding
from brinkline.reference.codebook import codebook
from brinkline.variables.model import apply
from brinkline.variables.model.features import setting
from brinkline.variables.model.predict import Model, models, predict

PACKAGE = "brinkline.variables.model"
TEXT = """Background:

A crisis between Norway and Sweden lasted from 4 to 30 June 1953.

Summary:

On 4 June 1953 Swedish troops occupied two border villages, triggering a crisis for Norway. Norway responded on 6 June by
sending a battalion to the frontier. The move of the battalion triggered a crisis for Sweden. Its major response, on 8 June,
was an offer of talks. The crisis ended for both states on 30 June, when they signed an agreement on the border. The UN was
not involved. Neither the United States nor the USSR was involved.
"""


@functools.cache
def _coded(number: str = "901", title: str = "INVENTED") -> Coding:
    return code(f"CRISNO {number}\n\n{title}\n\n{TEXT}")


def test_shipped_weights_name_known_codes_and_kinds_of_feature_only() -> None:
    blocks = {"bias", "rule", "other", "by", "case", "done", "met", "any", "cue.trig", "cue.resp", "cue.own"}
    for row in data.table(PACKAGE, "weights.csv"):
        model = models()[row["variable"]]
        assert row["code"] == "own" or int(row["code"]) in model.codes, row
        assert row["feature"].partition(":")[0] in blocks, row
    for name, model in models().items():
        known = {int(code.value) for code in codebook().variable(name).codes}
        assert set(model.codes) <= known, name


def test_shipped_models_were_measured_to_beat_the_rule_and_stay_small() -> None:
    assert models(), "the models that docs/model-card.md describes are gone"
    for row in data.table(PACKAGE, "models.csv"):
        assert float(row["model"]) - float(row["rule"]) >= 0.02, row
        assert float(row["model_capped"]) - float(row["rule_capped"]) >= 0.01, row
    assert len(resources.files(PACKAGE).joinpath("weights.csv").read_bytes()) < 300_000


def test_every_shipped_model_is_in_the_model_card() -> None:
    card = (Path(__file__).parent.parent / "docs" / "model-card.md").read_text(encoding="utf-8")
    for row in data.table(PACKAGE, "models.csv"):
        assert f"| {row['variable']} | {row['version']} |" in card, "train anew, then bring the card up to date"


def _model(**weights: dict[int, float]) -> Model:
    return Model("majres", (3, 6, 8), {"bias": {3: 0.5}, **weights}, {"bias": 1.0, "by:majres=unsaid": -0.9}, 1.0, 0.0)


@pytest.mark.parametrize(
    ("values", "given", "code"),
    [
        ({}, 6, 6),  # nothing speaks against the rule
        ({"by:majres=unsaid": 1.0}, 6, 3),  # a rule that is seldom right counts less
        ({"by:majres=unsaid": 1.0}, 3, 3),
        ({"done:do.attack": 1.0}, 6, 8),
        ({"done:do.attack": 0.1}, 6, 6),  # a weight counts by the size of the feature
        ({"unknown:feature": 9.0}, 6, 6),
        ({}, 99, 3),  # a code that the model does not know
        ({}, None, 3),
    ],
)
def test_a_model_pools_the_rule_with_its_features(values: dict[str, float], given: int | None, code: int) -> None:
    model = _model(**{"done:do.attack": {8: 2.0}})
    result = predict(model, values, given)
    assert result.code == code
    assert sum(result.shares.values()) == pytest.approx(1)


def test_confidence_rises_with_the_share_and_is_never_certain() -> None:
    weak = predict(_model(), {}, 6)
    strong = predict(_model(**{"rule:cenvio=1": {6: 9.0}}), {"rule:cenvio=1": 1.0}, 6)
    assert weak.confidence < strong.confidence == 0.98
    assert weak.confidence == pytest.approx(weak.shares[6], abs=0.006)


def test_reasons_compare_with_the_value_of_the_rule() -> None:
    model = _model(**{"done:do.attack": {8: 2.0, 3: 1.9}, "rule:cenvio=3": {8: 0.5, 6: -0.5}})
    reasons = predict(model, {"done:do.attack": 1.0, "rule:cenvio=3": 1.0}, 6).reasons
    assert reasons["done:do.attack"] == pytest.approx(2.0)
    assert reasons["rule:cenvio=3"] == pytest.approx(1.0)
    assert reasons["bias"] == pytest.approx(-1.0)


@pytest.mark.parametrize(
    ("number", "year", "actors", "days", "entity", "expected"),
    [
        (365, 1961, (365, 2), 90, 2, {"power": "super", "actors": "2", "entity": "party", "period": "2", "days": "4"}),
        (365, 1921, (365,), None, 996, {"power": "great", "actors": "1", "entity": "nonstate", "period": "0"}),
        (385, None, (385, 380, 390, 375), 0, 997, {"power": "other", "actors": "3", "entity": "joint"}),
        (385, 1939, (385,), 1, None, {"power": "other", "actors": "1", "entity": "state", "period": "1", "days": "0"}),
    ],
)
def test_setting_of_a_row(
    number: int, year: int | None, actors: tuple[int, ...], days: int | None, entity: object, expected: dict[str, str]
) -> None:
    assert setting(number, year, actors, days, entity) == expected


def _settled_by(monkeypatch: pytest.MonkeyPatch, model: Model) -> Coding:
    monkeypatch.setattr(apply, "models", lambda: {model.variable: model})
    return code(f"CRISNO 902\n\nINVENTED\n\n{TEXT}")


def test_a_value_that_differs_shows_its_words_and_names_that_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    coding = _settled_by(monkeypatch, _model(**{"any:do.occupy": {8: 9.0}, "rule:triggr=7": {8: 3.0}}))
    norway = coding.crisis_actors[0]
    claim = norway.claim("majres")
    assert claim is not None
    assert (claim.value, claim.basis, claim.rule) == (8, "inferred", "majres/model")
    assert "majres/military" in claim.note
    assert " 6 " in claim.note
    assert any("occupied two border villages" in quote.text for quote in claim.evidence)
    assert claim.confidence > 0.9
    assert {"events", "triggr"} >= set(claim.sources) > set()
    trigger = norway.claim("triggr")
    assert trigger is not None
    assert trigger.rule == "triggr/military", "a variable without a model is left alone"


def test_a_value_on_which_rule_and_model_agree_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    by_model = _settled_by(monkeypatch, _model(**{"rule:triggr=7": {6: 1.0}})).crisis_actors[0].claim("majres")
    monkeypatch.setattr(apply, "models", dict)
    by_rule = code(f"CRISNO 902\n\nINVENTED\n\n{TEXT}").crisis_actors[0].claim("majres")
    assert by_model is not None
    assert by_rule is not None
    assert (by_model.value, by_model.rule) == (6, "majres/military")
    assert replace(by_model, confidence=by_rule.confidence) == by_rule
    assert by_model.confidence != by_rule.confidence


def test_number_and_title_of_the_narrative_change_nothing() -> None:
    def values(coding: Coding) -> list[tuple[object, ...]]:
        return [(row.cow, claim.field, claim.value, claim.rule) for row in coding.crisis_actors for claim in row.claims]

    assert values(_coded()) == values(_coded("17", "ANOTHER NAME"))


def test_coding_needs_no_training_library() -> None:
    script = "import sys, brinkline.variables.model as m; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def _tool() -> ModuleType:
    pytest.importorskip("sklearn", reason="training needs the extra [model]")
    path = Path(__file__).parent.parent / "tools" / "train_model.py"
    spec = importlib.util.spec_from_file_location("train_model", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_model"] = module
    spec.loader.exec_module(module)
    return module


def test_written_weights_give_the_shares_that_training_fitted() -> None:
    tool = _tool()
    import numpy as np

    coding_of = dict.fromkeys(("cracid", "yrtrig", "trgterra", "trigent", *tool.CODED))
    base = {
        1000 + n: [{**coding_of, "cracid": 385, "yrtrig": 1950, "majres": 3 if n % 3 else 8, "cenvio": 1 if n % 3 else 4}]
        for n in range(30)
    }
    rows = []
    for n in range(24):
        gold, ruled = (8, 3) if n % 4 == 0 else (3, 3)
        values = {"by:majres=told": 1.0, f"rule:cenvio={4 if n % 4 == 0 else 1}": 1.0, "rule:majres=3": 1.0}
        values |= {"done:do.attack": 1.1} if n % 4 == 0 else {}
        rows.append(tool.Row(n, {"majres": gold}, values, {"majres": ruled}))
    design = tool.Design("majres", rows, base)
    fitted = tool.fit(design, np.ones(24, bool), 1.0, 10.0)
    shares = fitted.shares(design, np.ones(24, bool))
    assert (shares.argmax(axis=1) == design.target).all(), "cenvio 4 goes with majres 8 in the base rates"
    weights: dict[str, dict[int, float]] = {}
    own: dict[str, float] = {}
    for _, feature, chosen, weight in tool.weights_of(design, fitted):
        if chosen == "own":
            own[feature] = float(weight)
        else:
            weights.setdefault(feature, {})[int(chosen)] = float(weight)
    model = Model("majres", tuple(design.codes), weights, own, 1.0, 0.0)
    for row, expected in zip(rows, shares, strict=True):
        result = predict(model, row.values, row.ruled["majres"])
        assert [result.shares[item] for item in design.codes] == pytest.approx(list(expected), abs=0.01)
