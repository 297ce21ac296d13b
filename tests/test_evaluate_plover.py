"""Scoring events against gold PLOVER rows, on invented rows."""

from __future__ import annotations

import pytest

from brinkline.evaluate.plover import GoldRow, row_from_marks, row_from_record, score_plover, told_mentions
from brinkline.events import find_events
from brinkline.model import Event, Mention, Narrative
from norland import dates, mentions, parse

ROWS = (
    row_from_marks("1", "<s>Norland</s> invaded <t> Sudland</t>.", "FIGHT"),
    row_from_marks("2", "<t>Sudland</t> was praised by <s>Norland</s>.", "SUPPORT"),
    row_from_marks("3", "<s>Norland</s> lies north of <t>Sudland</t>.", "CONSULT"),
    row_from_marks("4", "<s>Sudland</s> invaded <t>Westland</t>.", "AID"),
)


def _with_marks(row: GoldRow) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    told = told_mentions(row)
    return find_events(Narrative(row.text), parse(row.text), dates(row.text), told), told


def _end_to_end(row: GoldRow) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    found = mentions(row.text)
    return find_events(Narrative(row.text), parse(row.text), dates(row.text), found), found


def test_marks_are_taken_out_of_the_text() -> None:
    row = ROWS[0]
    assert row.text == "Norland invaded  Sudland."
    assert [row.text[start:end] for start, end in (*row.sources, *row.targets)] == ["Norland", "Sudland"]
    assert row.root == "ASSAULT"


def test_record_of_the_gold_standard() -> None:
    record = {
        "id": "a",
        "event": "DISAPPROVE",
        "text": "Norland condemned Sudland.",
        "target": "",
        "source": [{"actorText": "Norland"}],
    }
    row = row_from_record(record)
    assert (row.root, row.sources, row.targets) == ("ACCUSE", ((0, 7),), ())


@pytest.mark.parametrize("coder", [_with_marks, _end_to_end])
def test_measures(coder: object) -> None:
    score = score_plover(ROWS, coder)  # type: ignore[arg-type]
    assert score.accuracy == 0.5
    assert score.all_right == 0.5
    assert score.confusion["CONSULT", ""] == 1
    assert score.f1("ASSAULT") == pytest.approx(2 / 3)
    assert score.f1("AID") == 0.0
    assert score.macro_f1 == pytest.approx((2 / 3 + 1 + 0 + 0) / 4)


def test_wrong_way_round_is_not_all_right() -> None:
    row = row_from_marks("1", "<t>Norland</t> invaded <s>Sudland</s>.", "ASSAULT")
    score = score_plover((row,), _with_marks)
    assert score.accuracy == 1.0
    assert score.all_right == 0.0


def test_no_rows_give_zero_and_no_error() -> None:
    score = score_plover((), _with_marks)
    assert (score.accuracy, score.macro_f1, score.all_right) == (0.0, 0.0, 0.0)
