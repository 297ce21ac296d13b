"""The date scorer on small documents whose scores can be worked out by hand."""

import pytest

from brinkline.evaluate.timex import Annotation, Score, compare, read_annotations


def document(body: str) -> str:
    return f"<TimeML><DCT>x</DCT><TEXT>{body}</TEXT></TimeML>"


def test_extents_leave_white_space_out() -> None:
    items, text = read_annotations(document('On <TIMEX3 tid="t1" value="1923-08-27">27  August\n1923</TIMEX3> &amp; later'))
    assert items == [Annotation(2, 14, "1923-08-27")]
    assert text == "On27August1923&later"


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no <TEXT> part"):
        read_annotations("<TimeML/>")


def test_strict_relaxed_and_value_differ() -> None:
    gold = [Annotation(0, 10, "1923"), Annotation(20, 30, "1924"), Annotation(40, 50, "1925")]
    found = [Annotation(0, 10, "1923"), Annotation(22, 30, "1924"), Annotation(40, 50, "1926"), Annotation(60, 65, "1927")]
    scores = compare(gold, found)
    assert {name: score.right for name, score in scores.items()} == {"strict": 2, "relaxed": 3, "value": 2}
    assert scores["value"].precision == 0.5
    assert scores["value"].recall == pytest.approx(2 / 3)
    assert scores["value"].f1 == pytest.approx(4 / 7)


def test_one_annotation_serves_once() -> None:
    scores = compare([Annotation(0, 4, "1"), Annotation(5, 9, "2")], [Annotation(0, 9, "1")])
    assert scores["relaxed"].right == 1


def test_scores_add_up_and_empty_is_nought() -> None:
    assert Score(1, 2, 3) + Score(1, 1, 1) == Score(2, 3, 4)
    assert Score().f1 == Score().precision == Score().recall == 0.0
