"""The examples of the event lexicon and of the event scheme, coded as texts about the states Norland, Sudland and Westland.

The three states exist in examples only: no table of names can change what their examples show.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from brinkline.actors.examples import parser
from brinkline.events import find_events
from brinkline.events.amounts import find_amounts
from brinkline.model import Actor, Day, Event, Mention, Narrative, ParsedSentence, Sentence, Timex, When
from brinkline.reference.event_scheme import event_types
from brinkline.rules import Example, Rule, examples_of

#: Rules with a leaf that leave the event to the clause below: no event bears their id.
SILENT = frozenset({"v001", "v006", "s072"})
_STATES = re.compile(r"\b(Norland|Sudland|Westland)(?:'s)?\b")
_DAY = re.compile(r"\b(\d{1,2}) (May|June) (1931)\b")
#: A type or mode, or "name=value" with a hyphen for a space in the name.
_TRAIT = re.compile(r"(?:(?P<name>[a-z-]+)=)?(?P<value>\S+)")
_SENTENCE = re.compile(r"\S[^.?!]*[.?!]?")


def examples() -> Iterator[Example]:
    """The examples of the data files of this stage, then the examples and counter-examples of the event scheme."""
    yield from examples_of("events/lexicon.csv", _fires)
    yield from examples_of("events/classes.toml", _shows)
    yield from examples_of("events/amounts.toml", _counts)
    yield from examples_of("reference/scheme/events.csv", _is_leaf, _is_not_leaf)


def _fires(rule: Rule, text: str) -> str | None:
    """The rule must be among those that made an event, of its leaf; a silent one must leave its mode on the event below."""
    events = code(text)
    leaf, mode = rule.entry["leaf"], rule.entry["content"]
    if not leaf and not mode:
        return f"wanted no event; {_told(events)}" if events else None
    if not leaf or rule.id in SILENT:
        shown = bool(events) if mode == "same" or (mode == "" and leaf) else mode in {event.mode for event in events}
        shown = shown or (mode == "denied" and not events)  # what was avoided may also be no event at all
        return None if shown else f"wanted an event{f' that is {mode}' if mode else ''}; {_told(events)}"
    if rule.id not in {part for event in events for part in event.rule.split("+")}:
        return f"wanted an event by {rule.id}; {_told(events)}"
    if leaf in event_types() and rule.entry["of"] != "weak" and leaf not in {event.type for event in events}:
        return f"wanted an event {leaf}; {_told(events)}"
    return None


def _shows(rule: Rule, text: str) -> str | None:
    """The text must hold a word of the class, and one of its events all that the class says it shows."""
    lemmas = {token.lemma.lower() for sentence in parse(text) for token in sentence.tokens}
    if lemmas.isdisjoint(rule.entry["words"].split()):
        return "wanted a word of the class in the example"
    wanted = rule.entry["shows"]
    told = [_traits(event) for event in code(text)]
    if any(all(_has(traits, name, value) for name, value in _pairs(wanted)) for traits in told):
        return None
    return f"wanted an event with {wanted}; {_told(code(text))}"


def _pairs(shows: str) -> Iterator[tuple[str, str]]:
    """What an example shows, as names and values: the type, the mode if one is told, and "name=value"."""
    for number, match in enumerate(_TRAIT.finditer(shows)):
        name = (match["name"] or "").replace("-", " ")
        yield name or ("mode" if number else "type"), match["value"]


def _traits(event: Event) -> dict[str, str]:
    def names(found: tuple[Mention, ...]) -> str:
        return "+".join(mention.actor.name for mention in found if mention.actor is not None)

    return {
        "type": event.type,
        "mode": event.mode,
        "who": names(event.who),
        "whom": names(event.whom),
        **dict(event.attributes),
    }


def _has(traits: dict[str, str], name: str, value: str) -> bool:
    return traits.get(name, "") == ("" if value == "-" else value)


def _counts(rule: Rule, text: str) -> str | None:
    """The amounts of the text must be those that the entry says it shows, as "low best high" with "-" for what is open."""
    found = [
        " ".join("-" if value is None else str(value) for value in (item.low, item.best, item.high))
        for item in find_amounts(text)
    ]
    wanted = rule.entry["shows"]
    return None if wanted == "; ".join(found) else f"wanted {wanted}; found {'; '.join(found) or 'no amount'}"


def _is_leaf(rule: Rule, text: str) -> str | None:
    events = code(text)
    return None if rule.id in {event.type for event in events} else f"wanted an event {rule.id}; {_told(events)}"


def _is_not_leaf(rule: Rule, text: str) -> str | None:
    events = code(text)
    done = (rule.id, "done") in {(event.type, event.mode) for event in events}
    return f"wanted no event {rule.id} that is done; {_told(events)}" if done else None


def sentences(text: str) -> tuple[Sentence, ...]:
    """Plain sentence ranges, good enough for sentences without abbreviations."""
    found = [match.span() for match in _SENTENCE.finditer(text)]
    return tuple(Sentence(number, start, end, "summary", 0) for number, (start, end) in enumerate(found))


def dates(text: str) -> tuple[When, ...]:
    """Full dates of May and June 1931 in a text."""
    found = []
    for match in _DAY.finditer(text):
        day = Day(1931, 5 if match[2] == "May" else 6, int(match[1]))
        timex = Timex("DATE", day.iso())
        found.append(When(*match.span(), match[0], timex, day.iso(), day, day, "day", "date", "as written", "example"))
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


def _told(events: tuple[Event, ...]) -> str:
    return "found " + (", ".join(f"{event.type} {event.mode} by {event.rule}" for event in events) or "no event")
