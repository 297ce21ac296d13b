"""Date expressions case by case: the table ``cases/dates.tsv``, one expression a row, ``-`` for a text without any."""

import csv
from pathlib import Path

import pytest
from edtf import parse_edtf

from brinkline.dates import find_dates
from brinkline.model import When
from brinkline.reading import read_text
from brinkline.sentences import split_sentences

_TABLE = Path(__file__).parent / "cases" / "dates.tsv"


def _rows() -> list[dict[str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _dates(text: str) -> tuple[When, ...]:
    narrative = read_text(text)
    return find_dates(narrative, split_sentences(narrative))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['comment']}: {row['text']}"[:80])
def test_case(row: dict[str, str]) -> None:
    before = f"{row['context']} " if row["context"] else ""
    dates = _dates(before + row["text"])
    if row["expression"] == "-":
        assert [when.text for when in dates] == []
        return
    starts = [len(before) + index for index in range(len(row["text"])) if row["text"].startswith(row["expression"], index)]
    found = [when for when in dates if when.text == row["expression"] and when.start in starts]
    assert found, f"not found; found {[(when.text, when.rule) for when in dates]}"
    timex = found[0].timex.value + (f"/{found[0].timex.mod}" if found[0].timex.mod else "")
    assert (found[0].edtf, timex) == (row["edtf"], row["timex"]), found[0].anchor


def test_the_table_is_large_and_has_negative_cases() -> None:
    rows = _rows()
    assert len(rows) >= 250
    assert sum(row["expression"] == "-" for row in rows) >= 20


def test_every_edtf_of_the_table_is_valid() -> None:
    for edtf in {row["edtf"] for row in _rows()} - {""}:
        parse_edtf(edtf)
