"""The sample narrative that ships with brinkline: a demand, minor clashes, and one side that gives in to the other."""

from __future__ import annotations

import functools
from importlib.resources import files

import pytest

from brinkline.actors import find_actors
from brinkline.dates import find_dates
from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.reading import read_text
from brinkline.sentences import split_sentences
from brinkline.variables import Variables, code_variables

JAPAN, USSR = 740, 365
#: As the sample tells that the Soviet Union gave in, and other words for the same.
ACCEPTED = "it accepted the Japanese demand"
WAYS = (
    ACCEPTED,
    "it let Tokyo know that it would comply",
    "it yielded to the Japanese demand",
)

EXPECTED = {
    JAPAN: {
        "trigger_date": "1937-06-22",
        "trigent": USSR,
        "response_date": "1937-06-24",
        "majres": 6,
        "termination_date": "1937-07-04",
        "outcom": 1,
        "outfor": 6,
    },
    USSR: {
        "trigger_date": "1937-06-28",
        "trigent": JAPAN,
        "response_date": "1937-07-02",
        "termination_date": "1937-07-04",
        "outcom": 4,
        "outfor": 7,
    },
}
#: Minor clashes with a minor part in the crisis, and a League that stayed out, for both.
SHARED = {"cenvio": 2, "sevvio": 2, "viol": 2, "crismg": 7, "globorg": 2, "globact": 2}


@functools.cache
def _coded(way: str) -> Variables:
    text = files("brinkline.samples").joinpath("amur_river_1937.txt").read_text(encoding="utf-8")
    assert ACCEPTED in text
    narrative = read_text(text.replace(ACCEPTED, way))
    sentences = split_sentences(narrative)
    dates = find_dates(narrative, sentences)
    parsed = Parser().parse(narrative, sentences, dates)
    mentions = find_actors(narrative, parsed, dates)
    events = find_events(narrative, parsed, dates, mentions)
    return code_variables(narrative, sentences, dates, mentions, events)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [JAPAN, USSR])
def test_who_gave_in_and_what_the_clashes_meant(number: int, way: str) -> None:
    actor = next(item for item in _coded(way).crisis_actors if item.cow == number)
    expected = {**EXPECTED[number], **SHARED}
    assert {field: actor.claim(field).value for field in expected} == expected  # type: ignore[union-attr]


def test_the_words_for_giving_in_and_for_the_silent_league_are_quoted() -> None:
    actor = next(item for item in _coded(ACCEPTED).crisis_actors if item.cow == USSR)
    words = {field: [item.text for item in actor.claim(field).evidence] for field in ("outfor", "globorg")}  # type: ignore[union-attr]
    assert actor.claim("outfor").basis == actor.claim("globorg").basis == "quoted"  # type: ignore[union-attr]
    assert any("accepted" in text for text in words["outfor"])
    assert any("League" in text for text in words["globorg"])
