"""Events of a narrative: every clause the lexicon knows, with roles, mode, date and words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from brinkline.events.build import Found, build_event
from brinkline.events.classify import Reading, read_clauses
from brinkline.events.clauses import Clause, find_clauses
from brinkline.events.details import owners, places_of
from brinkline.events.lexicon import event_nouns
from brinkline.events.mend import mended
from brinkline.events.merge import merge_events
from brinkline.events.modes import modes
from brinkline.events.order import relations
from brinkline.events.roles import roles
from brinkline.events.timing import WHOLE, date_of, dates_by_clause, lasting, tells_of_another_time
from brinkline.events.tree import Tree
from brinkline.model import Event, Mention, Narrative, ParsedSentence, Place, When
from brinkline.reference.event_scheme import event_types

_SKIPPED_SECTIONS = frozenset({"references", "updated"})


def find_events(
    narrative: Narrative,
    parsed: Sequence[ParsedSentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    places: Sequence[Place] = (),
) -> tuple[Event, ...]:
    """The events of a narrative in the order of the text; clauses without any actor give none.

    A date carried from an earlier sentence is the last one of the narrative line in the same section: no duration, no aside,
    no other case. ``places`` are those of ``find_places``; without them no event has a place.
    """
    found: list[Event] = []
    nouns: list[str] = []
    carried: When | None = None
    section, ended = "", -1
    when_starts = [when.start for when in dates]
    place_starts = [place.start for place in places]
    mention_starts = [mention.start for mention in mentions]
    for sentence in parsed:
        if sentence.sentence.section in _SKIPPED_SECTIONS or not sentence.tokens:
            continue
        if sentence.sentence.section != section:  # the span in a header is no date of the background
            section, carried, ended = sentence.sentence.section, None, -1
        if ended not in (-1, sentence.sentence.paragraph):  # what follows the end of the crisis is told out of its order
            carried, ended = None, -1
        start, end = sentence.sentence.start, sentence.sentence.end
        whens = dates[bisect_left(when_starts, start) : bisect_left(when_starts, end)]
        named = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        sites = places[bisect_left(place_starts, start) : bisect_left(place_starts, end)]
        for event, kind in _sentence_events(narrative, sentence, whens, named, sites, carried):
            found.append(event)
            ended = sentence.sentence.paragraph if event.type == "think.crisis_end" else ended
            if kind == "noun":
                nouns.append(event.id)
        line = [when for when in whens if not when.off_line and when.earliest is not None and when.kind in ("date", "time")]
        carried = line[-1] if line else carried
    return merge_events(found, nouns)


def _sentence_events(
    narrative: Narrative,
    sentence: ParsedSentence,
    whens: Sequence[When],
    named: Sequence[Mention],
    sites: Sequence[Place],
    carried: When | None,
) -> list[tuple[Event, str]]:
    """The events of a sentence with the kind of their predicate, in the order of the text."""
    tree = Tree(mended(sentence), named, narrative.text)
    clauses = find_clauses(tree, event_nouns())
    readings = read_clauses(tree, clauses)
    how = modes(clauses, readings)
    by_clause = dates_by_clause(tree, clauses, whens)
    going_on = lasting(tree, clauses, whens)
    absorbed = {reading.absorbed: index for index, reading in readings.items() if reading.absorbed is not None}
    owner = owners(tree, clauses) if sites else []
    located = [(tree.at(place.start), place) for place in sites]
    made: dict[int, Event] = {}
    for index in sorted(readings, reverse=True):  # what is said stands after the word of saying and is needed first
        reading = readings[index]
        if reading.leaf is None or index in absorbed or reading.of == "weak":
            continue
        who, whom = roles(tree, reading, clauses, readings)
        if _counts(reading, who, whom):
            other = reading.leaf.id in WHOLE or tells_of_another_time(index, clauses, going_on)
            when, basis = date_of(index, clauses, by_clause, None if other else carried)
            where = places_of(tree, reading, reading.leaf, located, owner)
            found = Found(reading, reading.leaf, how[index], who, whom, when, basis, where)
            event = build_event(narrative, sentence, tree, found, whens)
            made[index] = event if reading.leaf.layer == "do" else _with_content(event, reading, readings, made)
    _put_in_order(tree, clauses, made, absorbed)
    return [(made[index], readings[index].clause.kind) for index in sorted(made)]


def _put_in_order(tree: Tree, clauses: Mapping[int, Clause], made: dict[int, Event], absorbed: Mapping[int, int]) -> None:
    """Give events what their sentence says of their order ("after the invasion"), as the id of the other event."""
    for index, relation, other in list(relations(tree, clauses, made, absorbed)):
        if relation not in dict(made[index].attributes):
            made[index] = replace(made[index], attributes=(*made[index].attributes, (relation, other)))


def _counts(reading: Reading, who: Sequence[Mention], whom: Sequence[Mention]) -> bool:
    """True for a reading that becomes an event: someone is named, or it is the start or the end of a crisis."""
    leaf, clause = reading.leaf, reading.clause
    if leaf is None:
        return False
    if leaf.layer == "say" and clause.kind == "verb" and not who and not clause.passive:
        return False  # "sources said": a speech by nobody who is known
    return bool(who or whom) or leaf.id.startswith("think.crisis")


def _with_content(event: Event, reading: Reading, readings: dict[int, Reading], made: dict[int, Event]) -> Event:
    """A speech or thought with the id of what is said; an order has the PLOVER root of the act ordered, having none itself."""
    taken_in = readings.get(reading.absorbed) if reading.absorbed is not None else None
    inside = [*reading.contents, *(taken_in.contents if taken_in is not None else ())]
    content = next((made[index] for index in inside if index in made), None)
    if content is None:
        return event
    domain = dict(content.attributes).get("domain")
    if event.layer == "say" and domain is not None and "domain" not in dict(event.attributes):
        event = replace(event, attributes=(*event.attributes, ("domain", domain)))
    ordered = content.layer == "do" and not event.plover and event.layer == "say"
    return replace(event, content=content.id, plover=event_types()[content.type].plover if ordered else event.plover)
