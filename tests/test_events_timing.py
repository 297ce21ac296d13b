"""What tells of another time than the line of the narrative stays without its date."""

from __future__ import annotations

import pytest

from brinkline.events import find_events
from brinkline.model import Event, Narrative, Sentence
from norland import code, dates, mentions, parser, sentences


def _day(event: Event) -> str:
    return "" if event.when is None else event.when.edtf


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 4 May 1931 Norland mobilized. It attacked Sudland, and Norland shelled the port.", "1931-05-04"),
        ("On 4 May 1931 Norland mobilized. Sudland had attacked Westland.", ""),
        ("On 4 May 1931 Norland mobilized. Sudland had landed and attacked Westland.", ""),
        ("On 4 May 1931 Norland mobilized. Sudland attacked Westland throughout the crisis.", ""),
        ("On 4 May 1931 Norland mobilized. Sudland was involved in the crisis.", ""),
        ("On 4 May 1931 Norland mobilized. On 6 May 1931 Sudland had attacked Westland.", "1931-05-06"),
        ("On 4 May 1931 Norland mobilized. Sudland, which had landed on 9 May 1931, attacked Westland.", "1931-05-04"),
    ],
)
def test_date_of_the_last_event(text: str, day: str) -> None:
    assert _day(code(text)[-1]) == day


def test_what_stands_behind_the_end_of_the_crisis_in_a_new_paragraph_has_no_date() -> None:
    text = "The crisis ended for Norland on 4 May 1931. Norland freed the crew. Sudland condemned Westland."
    first, second, third = sentences(text)
    placed = (first, second, Sentence(third.index, third.start, third.end, third.section, third.paragraph + 1))
    parsed = parser().parse(Narrative(text), placed, dates(text))
    events = find_events(Narrative(text), parsed, dates(text), mentions(text))
    assert [(event.type, _day(event)) for event in events] == [
        ("think.crisis_end", "1931-05-04"),
        ("do.release", "1931-05-04"),
        ("say.disapprove", ""),
    ]
    assert "date basis" not in dict(events[-1].attributes)
