"""Rules from events: who did what to whom, in which mode, and what can be taken from such events."""

from __future__ import annotations

from brinkline.model import Event
from brinkline.reference.codebook import Variable
from brinkline.reference.codebook_rules import EventTest, Rule
from brinkline.reference.patterns import compiled
from brinkline.variables.custom.answer import MOST_QUOTES, Answer, dated, named
from brinkline.variables.custom.scene import Scene, Subject, any_relates, relates


def answer_from_events(rule: Rule, test: EventTest, variable: Variable, subject: Subject, scene: Scene) -> Answer:
    """What the rule gives for the subject; without an answer when fewer events than ``least`` pass its tests."""
    found = [event for event in scene.events if _fits(event, test, subject, scene)]
    if len(found) < test.least:
        few = f"only {len(found)} of {test.least} events" if found else "no event"
        return Answer(why=f"{few} of this kind")
    if rule.take == "count":
        return _support(len(found), found[:MOST_QUOTES])
    if rule.take == "date":
        return dated([(event.when, _support(None, [event])) for event in found if event.when is not None], rule.which)
    if rule.which == "last":
        found.reverse()
    if rule.take in ("who", "whom"):
        return _actor(found, rule.take, test, variable, subject, scene)
    return _support(rule.value, sorted(found[: test.least], key=lambda event: event.evidence.start))


def _support(value: int | str | None, events: list[Event]) -> Answer:
    ranges = dict.fromkeys((event.evidence.start, event.evidence.end) for event in events)
    return Answer(value, "quoted", tuple(ranges), tuple(event.id for event in events))


def _fits(event: Event, test: EventTest, subject: Subject, scene: Scene) -> bool:
    return (
        (not test.types or any(_is_type(event.type, wanted) for wanted in test.types))
        and (not test.plover or event.plover in test.plover)
        and (not test.layers or event.layer in test.layers)
        and (not test.stances or event.stance in test.stances)
        and (not test.modes or event.mode in test.modes)
        and (test.armed is None or event.armed == test.armed)
        and scene.section(event) in test.sections
        and any_relates(event.who, test.who, subject, scene)
        and any_relates(event.whom, test.whom, subject, scene)
        and (not test.pattern or compiled(test.pattern).search(event.evidence.text[:2_000]) is not None)
    )


def _is_type(kind: str, wanted: str) -> bool:
    return kind.startswith(wanted[:-1]) if wanted.endswith("*") else kind == wanted


def _actor(events: list[Event], side: str, test: EventTest, variable: Variable, subject: Subject, scene: Scene) -> Answer:
    """The first actor on that side of an event, other than the row's own state, that can be a value."""
    wanted = test.who if side == "who" else test.whom
    for event in events:
        for mention in event.who if side == "who" else event.whom:
            value = named(mention, variable, scene)
            own = relates(mention, "row", subject, scene)
            if value is not None and not own and any_relates([mention], wanted, subject, scene):
                return _support(value, [event])
    return Answer(why="the events name no such actor")
