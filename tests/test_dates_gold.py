"""Dates against texts in which every date was marked by hand: histories with TIMEX3, narratives in the layout of ICB."""

import re
from functools import cache
from pathlib import Path

import pytest

from brinkline.dates import find_dates
from brinkline.evaluate.timex import Score, compare, read_annotations
from brinkline.exchange.timeml import write_timeml
from brinkline.reading import read_text
from brinkline.reading.timeml import parse_timeml
from brinkline.sentences import split_sentences

_FIXTURES = Path(__file__).parent / "fixtures"
_HISTORIES = sorted((_FIXTURES / "timeml").glob("*.tml"))
_NARRATIVES = sorted((_FIXTURES / "dates").glob("*.txt"))
_MARK = re.compile(r"\[([^|\]]*)\|([^\]]+)\]")
#: A little below what is reached over all histories (0.991, 0.995, 0.960); one history alone may be harder.
_FLOORS = {"strict": 0.975, "relaxed": 0.985, "value": 0.94}
_FLOORS_OF_ONE = {"strict": 0.93, "relaxed": 0.96, "value": 0.88}


@cache
def _scores(path: Path) -> dict[str, Score]:
    document = path.read_text(encoding="utf-8")
    narrative = parse_timeml(document, path.name)
    found = write_timeml(narrative, find_dates(narrative, split_sentences(narrative)))
    return compare(read_annotations(document)[0], read_annotations(found)[0])


@pytest.mark.parametrize("path", _HISTORIES, ids=lambda path: path.stem)
def test_a_history_is_read_as_marked(path: Path) -> None:
    reached = {name: score.f1 for name, score in _scores(path).items()}
    assert all(reached[name] >= floor for name, floor in _FLOORS_OF_ONE.items()), reached


@pytest.mark.parametrize(("measure", "floor"), _FLOORS.items())
def test_all_histories_together(measure: str, floor: float) -> None:
    total = sum((_scores(path)[measure] for path in _HISTORIES), Score())
    assert total.gold > 700
    assert total.f1 >= floor


def _marked(path: Path) -> tuple[str, list[tuple[int, str, str]]]:
    """The text of a narrative without its marks, and each marked expression: start, words, EDTF."""
    text, wanted, place = "", [], 0
    markup = path.read_text(encoding="utf-8")
    for mark in _MARK.finditer(markup):
        text += markup[place : mark.start()]
        wanted.append((len(text), mark[2], mark[1]))
        text += mark[2]
        place = mark.end()
    return text + markup[place:], wanted


@pytest.mark.parametrize("path", _NARRATIVES, ids=lambda path: path.stem)
def test_a_narrative_is_read_as_marked(path: Path) -> None:
    text, wanted = _marked(path)
    narrative = read_text(text)
    dates = find_dates(narrative, split_sentences(narrative))
    assert [(when.start, when.text, when.edtf) for when in dates if when.rule != "interval"] == wanted
