"""Sentences about the invented states Norland, Sudland and Westland, parsed and coded for tests of language and events."""

from __future__ import annotations

import functools
import re

from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.model import Actor, Day, Event, Mention, Narrative, ParsedSentence, Sentence, Timex, When

_STATES = re.compile(r"\b(Norland|Sudland|Westland)(?:'s)?\b")
_DAY = re.compile(r"\b(\d{1,2}) (May|June) (1931)\b")
_SENTENCE = re.compile(r"\S[^.?!]*[.?!]?")


@functools.cache
def parser() -> Parser:
    """One parser for all tests: loading takes half a second."""
    return Parser()


def sentences(text: str) -> tuple[Sentence, ...]:
    """Plain sentence ranges, good enough for sentences without abbreviations."""
    found = [match.span() for match in _SENTENCE.finditer(text)]
    return tuple(Sentence(number, start, end, "summary", 0) for number, (start, end) in enumerate(found))


def dates(text: str) -> tuple[When, ...]:
    """Full dates of May and June 1931 in a text."""
    found = []
    for match in _DAY.finditer(text):
        day = Day(1931, 5 if match[2] == "May" else 6, int(match[1]))
        found.append(
            When(*match.span(), match[0], Timex("DATE", day.iso()), day.iso(), day, day, "day", "date", "as written", "test")
        )
    return tuple(found)


def mentions(text: str) -> tuple[Mention, ...]:
    """The invented states a text names."""
    return tuple(
        Mention(match.start(1), match.end(1), match[1], Actor("state", f"state:{match[1]}", match[1]), "name")
        for match in _STATES.finditer(text)
    )


def parse(text: str) -> tuple[ParsedSentence, ...]:
    """The parsed sentences of a text, with its dates known."""
    return parser().parse(Narrative(text), sentences(text), dates(text))


@functools.cache
def code(text: str) -> tuple[Event, ...]:
    """The events of a text about the invented states."""
    return find_events(Narrative(text), parse(text), dates(text), mentions(text))


def names(found: tuple[Mention, ...]) -> str:
    """The actors of mentions, joined by "+"."""
    return "+".join(mention.actor.name for mention in found if mention.actor is not None)


def show(event: Event) -> str:
    """An event as the case table writes it: "type mode who > whom"."""
    return f"{event.type} {event.mode} {names(event.who) or '-'} > {names(event.whom) or '-'}"
