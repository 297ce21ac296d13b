"""The examples of the data files of ``brinkline.actors``: what each entry lets be read, or keeps from being read.

Examples of word lists are coded as a whole text on a fixed day. Names of the tables are examples of their own lines: each
must be in the index of names with the meaning of its line.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from brinkline.actors import find_actors, find_names
from brinkline.actors.lexicon import groups_by_name, named_agents
from brinkline.actors.places import find_places
from brinkline.language import Parser
from brinkline.model import Day, Mention, Narrative, Section, Span, Timex, When
from brinkline.reference.periods import period
from brinkline.rules import Check, Example, Rule, examples_of, names_of
from brinkline.sentences import split_sentences

#: The day on which the examples are read.
DAY = Day(1961, 6, 1)
#: What is read before an example that points back to two actors.
_TWO_ACTORS = "Japan quarrelled with China. "

Mentions = tuple[Mention, ...]
#: What a reading of an example must show, in words, and whether it does.
Wanted = tuple[str, Callable[[Mentions], bool]]


@functools.cache
def parser() -> Parser:
    """One parser for all examples: loading takes half a second."""
    return Parser()


def read_actors(text: str, day: Day = DAY, *, parse: bool = True) -> Mentions:
    """The mentions of a text of one section that is dated throughout; without a parse, those by name alone."""
    narrative, dates = dated(text, day)
    sentences = split_sentences(narrative)
    if not parse:
        return find_names(narrative, sentences, dates)
    return find_actors(narrative, parser().parse(narrative, sentences), dates)


def dated(text: str, day: Day) -> tuple[Narrative, tuple[When, ...]]:
    """A narrative of one section, and a date before its first word that covers all of it."""
    section, span = Section("other", "", 0, len(text)), Span(0, len(text))
    when = When(0, 1, text[:1], Timex("DATE", day.iso()), day.iso(), day, day, "day", "date", "given", "example")
    return Narrative(text, sections=(section,), paragraphs=(span,)), (when,)


def examples() -> Iterator[Example]:
    """The examples of the word lists, of the prefixes, and the names of groups and armies."""
    for file, check in _CHECKS.items():
        yield from examples_of(file, check)
    yield from names_of("actors/groups.csv", _group_is_named)
    yield from names_of("actors/named_agents.csv", _agent_is_named)


def _agent_words(rule: Rule, text: str) -> str | None:
    kind = rule.entry.get("kind", "")
    wanted: Mapping[str, Wanted] = {
        "agent": (f"an agent of kind {kind}", lambda found: any(item.agent_kind == kind for item in found)),
        "generic": ("a group by its noun", lambda found: any(item.basis == "noun" for item in found)),
        "persons": ("an agent with the name of a person", _names_a_person),
        "offices": ("each office whole", lambda found: all(item.agent.split()[-1] in _office_ends(rule) for item in found)),
        "words": ("the agent of a state", lambda found: any(item.agent and item.actor for item in found)),
        "leaving": ("no forces of the state they leave", _owners_leave),
        "descriptors": ("nobody", _nobody),
    }
    return _told(wanted.get(rule.part), read_actors(text))


def _capitals(rule: Rule, text: str) -> str | None:
    seat: Wanted = ("a government named by its capital", lambda found: any(item.basis == "capital" for item in found))
    place: Wanted = ("no government", lambda found: all(item.basis != "capital" for item in found))
    places = ("place", "motion", "object", "of", "against", "seats", "send")
    return _told(place if rule.part in places else seat, read_actors(text))


def _references(rule: Rule, text: str) -> str | None:
    wanted: Mapping[str, Wanted] = {
        "pronouns": ("a pronoun and whom it means", _points_back("pronoun")),
        "things": ("no actor for a pronoun", lambda found: not _points_back("pronoun")(found)),
        "both": ("the two actors together", _two_actors),
        "sides": ("the two actors together", _two_actors),
        "definite": ("the actor of a definite phrase", _points_back("definite")),
        "sent": ("for whom someone sent acts", _points_back("sent by")),
        "plurals": ("two states at once", _two_actors),
    }
    return _told(wanted.get(rule.part), read_actors(_TWO_ACTORS + text if rule.part in ("both", "sides") else text))


def _false_friends(_: Rule, text: str) -> str | None:
    return _told(("nobody", _nobody), read_actors(text, parse=False))


def _prefix(rule: Rule, text: str) -> str | None:
    state = f"state:{rule.entry['state']}"
    first: Wanted = (f"{state} first", lambda found: bool(found) and found[0].actor is not None and found[0].actor.id == state)
    return _told(first, read_actors(text, parse=False))


def _places(rule: Rule, text: str) -> str | None:
    """Names of things hold no place; all other entries let one be found."""
    narrative, dates = dated(text, DAY)
    found = [place.text for place in find_places(narrative, (), read_actors(text, parse=False), dates)]
    wanted = rule.part not in ("things", "of_things")
    return (
        None if bool(found) == wanted else f"wanted {'a place' if wanted else 'no place'}; found {', '.join(found) or 'none'}"
    )


_CHECKS: Mapping[str, Check] = {
    "actors/agents.toml": _agent_words,
    "actors/capitals.toml": _capitals,
    "actors/refer.toml": _references,
    "actors/false_friends.toml": _false_friends,
    "actors/places.toml": _places,
    "actors/prefixes.csv": _prefix,
}


def _group_is_named(rule: Rule, text: str) -> str | None:
    valid = period(rule.entry["from"], rule.entry["until"])
    known = [group.id for group in groups_by_name().get(text, ()) if group.valid == valid]
    return None if f"group:{rule.entry['group']}" in known else f"the name means {known or 'no group'} in that time"


def _agent_is_named(rule: Rule, text: str) -> str | None:
    valid = period(rule.entry["from"], rule.entry["until"])
    known = [agent.state for agent in named_agents().get(text, ()) if agent.valid == valid]
    return None if rule.entry["state"] in known else f"the name means {known or 'no state'} in that time"


def _told(wanted: Wanted | None, found: Mentions) -> str | None:
    """None when the mentions show what is wanted, else both in words."""
    if wanted is None:
        return "no check is known for this part of the file"
    words, holds = wanted
    if holds(found):
        return None
    listed = ", ".join(f"{item.text!r} ({item.actor.id if item.actor else 'open'}, {item.basis})" for item in found)
    return f"wanted {words}; found {listed or 'nobody'}"


def _nobody(found: Mentions) -> bool:
    return not found


def _names_a_person(found: Mentions) -> bool:
    return any(" " in item.agent and item.agent.split()[-1].istitle() for item in found)


def _office_ends(rule: Rule) -> set[str]:
    return {word for key in ("titles", "fields") for form in rule.entry[key].split() for word in (form, form.title())} - {"the"}


def _owners_leave(found: Mentions) -> bool:
    """France's forces leave Tunisia: the forces are not those of the state named last."""
    return len(found) > 1 and bool(found[-2].agent) and not found[-1].agent and found[-1].actor != found[-2].actor


def _points_back(basis: str) -> Callable[[Mentions], bool]:
    return lambda found: any(item.basis.startswith(basis) and item.actor is not None for item in found)


def _two_actors(found: Mentions) -> bool:
    return any(item.actor is not None and len(item.actor.members) == 2 for item in found)
