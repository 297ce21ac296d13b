"""Every line of ``cases/places.tsv``: which words are places, and where they lay on the day; ranges and cross-references."""

from __future__ import annotations

import csv
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brinkline.actors import find_names
from brinkline.actors.places import find_places
from brinkline.model import Day, Narrative, Place, Section, Span, Timex, When
from brinkline.sentences import split_sentences

CASES = Path(__file__).parent / "cases" / "places.tsv"
PIECES = (
    "in",
    "Nice",
    "Riga",
    ",",
    ".",
    "the",
    "Treaty",
    "of",
    "Port",
    "Arthur",
    "Mukden",
    "President",
    "River",
    "-",
    "'",
    "\n",
)
_BRACKET = re.compile(r"\[([^\]]+)\]")


def cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def places_of(text: str, day: str) -> tuple[Place, ...]:
    narrative = Narrative(text, sections=(Section("other", "", 0, len(text)),), paragraphs=(Span(0, len(text)),))
    at = Day(*(int(part) for part in day.split("-")))
    dates = (When(0, 1, text[:1], Timex("DATE", day), day, at, at, "day", "date", "given", "test"),)
    mentions = find_names(narrative, split_sentences(narrative), dates)
    return find_places(narrative, (), mentions, dates)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_places(case: dict[str, str]) -> None:
    found = places_of(_BRACKET.sub(r"\1", case["sentence"]), case["day"])
    assert [place.text for place in found] == _BRACKET.findall(case["sentence"])
    wanted = [answer for answer in case["places"].split(";") if answer]
    assert [f"{place.name}/{place.kind}/{place.state}" for place in found] == wanted


def test_places_carry_coordinates() -> None:
    (place,) = places_of("They met in Danzig.", "1925-05-01")
    assert place.latitude == pytest.approx(54.35, abs=0.1)
    assert place.longitude == pytest.approx(18.65, abs=0.1)


def test_titles_of_other_cases_name_no_place() -> None:
    assert places_of("It ended (see Case #60--Anschluss, in Europe: Non-PCs).", "1938-05-01") == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES)))
def test_ranges_quote_the_text_in_order(words: list[str]) -> None:
    text = " ".join(["They", *words, "left."])
    found = places_of(text, "1930-01-01")
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
