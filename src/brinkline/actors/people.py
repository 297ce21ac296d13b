"""``choose_leader``: for whom a named person acts on a day ("Chicherin": Soviet Russia), from the tables of office holders."""

from __future__ import annotations

import functools
from difflib import SequenceMatcher

from brinkline.actors.context import Context, body_actor, group_actor
from brinkline.actors.found import Found
from brinkline.actors.lexicon import groups_by_id
from brinkline.model import Actor, Day
from brinkline.reference.bodies import body
from brinkline.reference.leaders import Leader
from brinkline.reference.periods import Period
from brinkline.reference.spelling import plain
from brinkline.reference.states import state_by_key

#: Years before and after a term in which a narrative may still call a person by the name alone.
_SLACK = 3
#: How alike two spellings of one given name must be (ratio of difflib).
_ALIKE = 0.7
_KINDS = {
    "foreign-minister": "government",
    "defence-minister": "government",
    "commander": "military",
    "envoy": "diplomat",
    "adviser": "government",
    "secretary-general": "leader",
}


def choose_leader(found: Found, context: Context) -> None:
    """Sets the actor a person acts for on the day of the mention, or drops a name that nobody in office bears."""
    if found.start and found.words.lower(found.words.at(found.start) - 1) == "-" and not found.given:
        found.dropped = True  # "anti-Habré": not he
        return
    term, candidates = _term(found, context)
    if candidates:
        found.candidates, found.basis = candidates, "leader: several in office bear the name"
        found.agent, found.agent_kind = found.name, "leader"
        return
    if term is None:
        found.dropped = True
        return
    found.actor = served(term, found.day)
    found.basis = "leader" if _in_office(term, found.day) else "leader (out of office on that day)"
    found.agent, found.agent_kind = found.name, _KINDS.get(term.office, "leader")


def served(term: Leader, day: Day | None) -> Actor:
    """The actor for whom a term of office was served."""
    if term.of.startswith("state:"):
        return state_by_key(term.of).actor(day)
    if term.of.startswith("group:"):
        group = groups_by_id().get(term.of)
        return group_actor(group) if group else Actor("group", term.of, term.of.removeprefix("group:"))
    return body_actor(body(term.of), day)


def _term(found: Found, context: Context) -> tuple[Leader | None, tuple[str, ...]]:
    """The term meant, or the actors that stay possible; weak forms need a title before them."""
    terms = [term for term in found.meanings.leaders if found.titled or found.given or found.name not in term.weak]
    if found.given:
        terms = [term for term in terms if _same_person(found.given, term.name)]
    holding = [term for term in terms if _in_office(term, found.day)]
    if not holding and found.day is not None:
        holding = [term for term in terms if _near(term.period, found.day)]
    home = [term for term in holding if context.states[term.of.removeprefix("state:")] or term.of in context.bodies]
    chosen = home or holding
    actors = tuple(dict.fromkeys(term.of for term in chosen))
    if len(actors) > 1:
        return None, actors
    return (chosen[0] if chosen else None), ()


@functools.cache
def _same_person(given: tuple[str, ...], name: str) -> bool:
    """Whether given names in the text fit a full name, spelling aside ("Jamal" and "Gamal")."""
    own = [part.casefold() for part in plain(name).split()]
    return any(
        word == part or SequenceMatcher(None, word, part).ratio() >= _ALIKE
        for word in (plain(word).casefold().rstrip(".") for word in given)
        for part in own
    )


def _in_office(term: Leader, day: Day | None) -> bool:
    return day is None or term.holds(day)


@functools.cache
def _near(span: Period, day: Day) -> bool:
    earlier, later = Day(day.year - _SLACK, day.month, 1), Day(day.year + _SLACK, day.month, 28)
    return span.overlaps(earlier, later)
