"""The rules of the variables are data: every entry has an example that it finds, and ids are unique."""

from __future__ import annotations

import pytest

from brinkline import data
from brinkline.model import Claim, CrisisActor
from brinkline.reference.codebook import codebook
from brinkline.rules import Example, rules_of
from brinkline.variables.checks import check_rows
from brinkline.variables.cues import expand
from brinkline.variables.days import within_span
from brinkline.variables.examples import FILES, examples
from brinkline.variables.finding import shares
from brinkline.variables.lexicon import kinds

PACKAGE = "brinkline.variables"


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda example: f"{example.file}: {example.rule}")
def test_a_rule_finds_its_example(example: Example) -> None:
    assert example.check() is None


def test_every_rule_with_a_pattern_has_an_example() -> None:
    shown = {(example.file, example.rule) for example in examples()}
    for name in (*FILES, "custom/negation.toml"):
        rules = rules_of(f"variables/{name}")
        assert [
            rule.id
            for rule in rules
            if {"pattern", "words"} & set(rule.entry) and "id" in rule.entry and (rule.file, rule.id) not in shown
        ] == []


def test_ids_are_unique_within_a_part() -> None:
    for name in ("cues.toml", "frame.toml", "acts.toml", "outcome.toml", "roles.toml", "values.toml", "violence.toml"):
        for part, rows in data.toml(PACKAGE, name).items():
            if isinstance(rows, list):
                ids = [row["id"] for row in rows]
                assert len(set(ids)) == len(ids), f"{name} {part}"


def test_an_unknown_macro_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand("{NONE} attacked", {"A": "x"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the province was invaded", "violence"),
        ("the fleet was ordered to sea", "military"),
        ("a coup by officers", "internal"),
        ("an embargo on grain", "economic"),
        ("the treaty was signed", "political"),
        ("a sharp warning", "verbal"),
    ],
)
def test_kinds_of_act(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_text_without_an_act_has_no_kind() -> None:
    assert kinds("the weather was fine in spring") == {}


def test_confidence_is_measured_for_known_variables_only() -> None:
    for rule, share in shares().items():
        field = rule.partition(":")[0]
        level = "crisis" if field.startswith("crisis.") else "actor"
        codebook().variable(field.removeprefix("crisis."), level)  # type: ignore[arg-type]
        assert 0 < share < 1


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("1878-05-01", "1 May", "1919-05-01"),
        ("1878-05-01", "1 May 1878", "1878-05-01"),
        ("1919-05-01", "1 May", "1919-05-01"),
        ("1878-11-01", "1 November", "1878-11-01"),
        ("1878", "1878", "1878"),
    ],
)
def test_a_date_without_a_year_is_drawn_into_the_span(value: str, text: str, expected: str) -> None:
    assert within_span(value, text, "1919-04-30", "1919-08-02") == expected


def _row(**values: object) -> CrisisActor:
    claims = tuple(
        Claim(f"c:{field}", "actor:740", field, value, "", "inferred", (), (), 0.5, "test")  # type: ignore[arg-type]
        for field, value in values.items()
    )
    return CrisisActor(740, "JPN", "Japan", claims)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"cenvio": 1, "sevvio": 3}, "BL351"),
        ({"cenvio": 3, "crismg": 1}, "BL352"),
        ({"usinv": 9}, "BL353"),
        ({"globorg": 6, "globact": 2}, "BL354"),
        ({"regorg": 0, "regact": 1}, "BL354"),
        ({"trigger_date": "1937-07-01", "response_date": "1937-06-01"}, "BL355"),
        ({"viol": 2, "sevvio": 3}, "BL356"),
        ({"trigent": 740}, "BL357"),
    ],
)
def test_a_broken_rule_is_a_warning(values: dict[str, object], code: str) -> None:
    assert [notice.code for notice in check_rows([_row(**values)], [])] == [code]


def test_a_row_that_keeps_the_rules_raises_nothing() -> None:
    row = _row(cenvio=3, sevvio=3, crismg=7, viol=4, usinv=3, suinv=1, globorg=2, globact=2, regorg=0, regact=0, trigent=365)
    assert check_rows([row], []) == ()


def test_the_crisis_ends_with_its_last_actor() -> None:
    claim = Claim("c", "crisis", "termination_date", "1937-07-03", "", "inferred", (), (), 0.5, "test")
    notices = check_rows([_row(termination_date="1937-07-04")], [claim])
    assert [notice.code for notice in notices] == ["BL358"]
