"""Who did what to whom and in which mode: the case table, and what ties events of a text together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brinkline.events import find_events
from brinkline.model import Narrative, Sentence
from norland import code, dates, mentions, parse, parser, sentences, show

_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "events.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("group", "text", "expected"), _ROWS, ids=[f"{row[0]}: {row[1]}" for row in _ROWS])
def test_case(group: str, text: str, expected: str) -> None:
    found = " ; ".join(show(event) for event in code(text)) or "none"
    assert found == expected


def test_evidence_and_verb_stand_in_the_text() -> None:
    text = "On 4 May 1931 Norland bombed Sudland, and Sudland mobilized."
    events = code(text)
    assert [event.verb.text for event in events] == ["bombed", "mobilized"]
    for event in events:
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text
        assert event.evidence.start <= event.verb.start < event.verb.end <= event.evidence.end
    assert "mobilized" not in events[0].evidence.text


def test_content_links_a_speech_to_what_is_said() -> None:
    demand, withdrawal = code("Norland demanded that Sudland withdraw its troops.")
    assert demand.content == withdrawal.id
    assert withdrawal.content is None


def test_a_demanded_withdrawal_is_not_a_withdrawal() -> None:
    _, withdrawal = code("Norland demanded that Sudland withdraw its troops.")
    assert (withdrawal.mode, withdrawal.plover) == ("demanded", "REQUEST")


def test_date_of_the_clause_goes_before_the_date_of_the_sentence() -> None:
    text = "On 4 May 1931 Norland mobilized and on 7 May 1931 Sudland protested to Norland."
    days = {event.type: event.when.edtf for event in code(text) if event.when is not None}
    assert days == {"do.mobilize": "1931-05-04", "say.protest": "1931-05-07"}


def test_date_is_carried_along_the_narrative_and_says_so() -> None:
    text = "On 4 May 1931 Norland invaded Sudland. Westland condemned Norland."
    last = code(text)[-1]
    assert last.when is not None
    assert last.when.edtf == "1931-05-04"
    assert dict(last.attributes)["date basis"] == "carried"


def test_no_date_is_invented() -> None:
    assert [event.when for event in code("Norland invaded Sudland.")] == [None]


def test_second_mention_of_an_event_is_merged_and_kept() -> None:
    text = "On 4 May 1931 Norland attacked Sudland. The attack of Norland alarmed Westland."
    events = code(text)
    assert [event.type for event in events] == ["do.attack"]
    start, end = dict(events[0].attributes)["also"].split("-")
    assert "attack of Norland" in text[int(start) : int(end)]


def test_two_dated_attacks_stay_two_events() -> None:
    text = "On 4 May 1931 Norland attacked Sudland. On 7 May 1931 Norland attacked Sudland."
    assert [event.type for event in code(text)] == ["do.attack", "do.attack"]


def test_same_text_gives_the_same_ids() -> None:
    text = "Norland attacked Sudland."
    again = find_events(Narrative(text), parse(text), dates(text), mentions(text))
    assert [event.id for event in again] == [event.id for event in code(text)]


def test_references_give_no_events() -> None:
    text = "Norland attacked Sudland."
    section = (Sentence(0, 0, len(text), "references", 0),)
    parsed = parser().parse(Narrative(text), section)
    assert find_events(Narrative(text), parsed, (), mentions(text)) == ()


def test_a_clause_without_actors_gives_no_event() -> None:
    assert code("The army attacked the village.") == ()


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Planes of Norland bombed a ship of Sudland.", "air; sea"),
        ("Troops of Norland invaded Sudland.", "land"),
        ("Norland blockaded Sudland.", "sea"),
        ("Norland protested to Sudland.", None),
    ],
)
def test_domain_of_an_armed_act(text: str, domain: str | None) -> None:
    assert dict(code(text)[0].attributes).get("domain") == domain


def test_two_more_mentions_are_both_kept() -> None:
    text = "Norland attacked Sudland. The attack of Norland alarmed Westland. The attack of Norland failed."
    assert len(dict(code(text)[0].attributes)["also"].split("; ")) == 2


def test_date_of_a_header_is_not_carried_into_the_background() -> None:
    text = "Norland met Sudland on 4 May 1931. Norland attacked Sudland."
    first, second = sentences(text)
    parsed = parser().parse(
        Narrative(text), (replace(first, section="header"), replace(second, section="background")), dates(text)
    )
    events = find_events(Narrative(text), parsed, dates(text), mentions(text))
    assert [event.when is None for event in events] == [False, True]
