"""The codebook as data: complete, without faults, and strict about what a variable may hold."""

from __future__ import annotations

import pytest

from brinkline import data
from brinkline.errors import InputError, NotFound
from brinkline.reference.codebook import build_codebook, codebook, split_date


def test_both_tables_have_all_their_columns_once() -> None:
    actor, crisis = codebook().columns("actor"), codebook().columns("crisis")
    assert (len(actor), len(crisis)) == (95, 95)
    assert actor[:5] == ("icb2", "crisno", "cracno", "cracid", "actor")
    assert actor[-1] == "sourdt"
    assert crisis[:4] == ("icb1", "crisno", "crisname", "break")
    assert crisis[-1] == "medpace"
    assert len(set(actor)) == len(actor)
    assert len(set(crisis)) == len(crisis)


def test_every_code_list_is_used_and_labels_differ_within_a_list() -> None:
    lists = data.toml("brinkline.reference", "codebook_codes.toml")["lists"]
    used = {
        part for row in data.table("brinkline.reference", "codebook_variables.csv") for part in row["codes"].split("+") if part
    }
    assert set(lists) == used - {"state"}
    for name, entries in lists.items():
        assert len(set(entries.values())) == len(entries), name


def test_joint_dates_are_made_of_columns() -> None:
    for variable in codebook().variables:
        for part in variable.parts:
            assert part in codebook().columns(variable.level)


@pytest.mark.parametrize(
    ("name", "level", "value", "label"),
    [
        ("triggr", "actor", 9, "violent act"),
        ("trigent", "actor", 997, "more than one state"),
        ("globorg", "actor", 6, "Council or Security Council"),
        ("globorg", "crisis", 5, "Council or Security Council"),
        ("regorg", "actor", 9, "more than one"),
        ("regorg", "crisis", 11, "more than one"),
        ("outfor", "actor", 7, "compliance"),
        ("trigent", "actor", 365, ""),
    ],
)
def test_labels(name: str, level: str, value: int, label: str) -> None:
    assert codebook().variable(name, level).label_of(value) == label  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("triggr", 9, True),
        ("triggr", 10, False),
        ("trigent", 365, True),
        ("trigent", 998, False),
        ("southpow", 365, False),
        ("outcom", 9, False),
        ("datrig", 88, True),
        ("datrig", 99, False),
        ("motrig", 13, False),
        ("trigger_date", "1937-06-77", True),
        ("trigger_date", "1937-06-55", False),
        ("trigger_date", "22 June 1937", False),
        ("powdis", -12, True),
        ("noactr", -1, False),
        ("crisname", "anything", True),
    ],
)
def test_allowed_values(name: str, value: int | str, allowed: bool) -> None:
    assert codebook().variable(name).allows(value) is allowed


def test_an_unknown_variable_names_the_nearest_one() -> None:
    with pytest.raises(NotFound) as caught:
        codebook().variable("trigger")
    assert caught.value.code == "BL530"
    assert "triggr" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "parts"),
    [("1937", (1937, None, None)), ("1937-06", (1937, 6, None)), ("1937-06-66", (1937, 6, 66))],
)
def test_split_date(text: str, parts: tuple[int | None, ...]) -> None:
    assert split_date(text) == parts


def test_split_date_refuses_a_month_that_is_none() -> None:
    with pytest.raises(ValueError, match="1937-14"):
        split_date("1937-14")


def test_faults_of_a_codebook_are_named_together() -> None:
    row = {"level": "actor", "name": "x", "label": "X", "scale": "nominal", "codes": "", "missing": "", "parts": "", "note": ""}
    rows = [row, row, {**row, "name": "y", "codes": "gone"}, {**row, "name": "z", "scale": "odd"}]
    with pytest.raises(InputError) as caught:
        build_codebook({}, rows, place="mine.toml")
    message = str(caught.value)
    assert "x: described twice" in message
    assert "code list gone" in message
    assert "scale odd" in message
    assert "mine.toml" in message
