"""Events of a bundled sample from end to end: actors, dates, modes and agents as a reader would list them."""

from __future__ import annotations

from importlib import resources

import pytest

from brinkline.coding import code
from brinkline.model import Event


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    path = resources.files("brinkline.samples").joinpath("amur_river_1937.txt")
    return code(str(path)).events


def _rows(events: tuple[Event, ...]) -> set[tuple[str, str, str, str, str]]:
    def names(mentions: tuple[object, ...]) -> str:
        return "+".join(mention.actor.abbrev for mention in mentions if mention.actor is not None)  # type: ignore[attr-defined]

    return {
        (event.type, event.mode, names(event.who), names(event.whom), event.when.edtf if event.when is not None else "")
        for event in events
    }


@pytest.mark.parametrize(
    "row",
    [
        ("do.deploy", "done", "RUS", "", "1937-06-19"),
        ("say.order", "done", "JPN", "", "1937-06-24"),
        ("say.protest", "done", "JPN", "RUS", "1937-06-24"),
        ("say.demand", "done", "JPN", "RUS", "1937-06-28"),
        ("do.withdraw", "demanded", "RUS", "", "1937-06-28"),
        ("do.destroy", "done", "JPN", "RUS", "1937-06-30"),
        ("do.attack", "denied", "RUS", "", "1937-07-02"),
        ("say.accept", "done", "RUS", "JPN", "1937-07-02"),
        ("do.withdraw", "done", "RUS", "", "1937-07-04"),
    ],
)
def test_event_is_found(events: tuple[Event, ...], row: tuple[str, str, str, str, str]) -> None:
    assert row in _rows(events)


def test_agent_is_kept(events: tuple[Event, ...]) -> None:
    sinking = next(event for event in events if event.type == "do.destroy")
    assert [mention.agent for mention in sinking.who] == ["Kwantung Army"]


def test_who_was_not_involved(events: tuple[Event, ...]) -> None:
    denied = next(event for event in events if event.type == "do.take_part")
    assert denied.mode == "denied"
    assert next(mention.actor.name for mention in denied.who if mention.actor is not None) == "League of Nations"
