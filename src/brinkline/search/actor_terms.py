"""What the name of an actor means in a query: states by number, abbreviation and every historic name, bodies, and other names.

A name that meant several states ("Germany") stands for all of them: a query is not tied to one day.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from brinkline.reference.bodies import bodies, bodies_by_name
from brinkline.reference.states import states
from brinkline.store.words import words_of

_KINDS = ("name", "adjective", "demonym")


def actors_named(name: str) -> tuple[str, ...]:
    """The canonical names of the actors meant, () when the tables know none.

    Canonical is a state's abbreviation ("RUS"), or the id of an actor ("body:league", "state:manchukuo").

    >>> actors_named("Soviet Union"), actors_named("365"), actors_named("League of Nations")
    (('RUS',), ('RUS',), ('body:league',))
    """
    exact = _ids().get(name)
    if exact is not None:
        return (exact,)
    return _names().get(name_key(name), ())


def actor_ids(canonical: str) -> tuple[str, ...]:
    """The ids of the actors behind a canonical name: of a body with all its organs, of another name the name itself."""
    found = _ids_of().get(canonical)
    return found if found is not None else (canonical,)


def actor_names() -> tuple[str, ...]:
    """Names and abbreviations of all states and bodies, for the nearest name in an error."""
    return (*(state.abbrev for state in states() if state.abbrev), *_spelled())


def name_key(name: str) -> str:
    """A name for comparison: its folded words, joined by blanks, without "the" in front."""
    words = [word.folded for word in words_of(name)]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@functools.cache
def _canonical() -> Mapping[str, str]:
    """The canonical name of each state by its id: the abbreviation where no other state has it."""
    short = [state.abbrev for state in states()]
    return {state.id: state.abbrev if state.abbrev and short.count(state.abbrev) == 1 else state.id for state in states()}


@functools.cache
def _ids() -> Mapping[str, str]:
    """The canonical name by abbreviation, COW number and id."""
    found: dict[str, str] = {}
    for state in states():
        for name in (_canonical()[state.id], state.id, str(state.cow) if state.cow is not None else ""):
            found.setdefault(name, _canonical()[state.id])
    found.update({body.id: body.id for body in bodies()})
    found.pop("", None)
    return found


@functools.cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """The canonical names by folded name; an abbreviation in small letters counts where no name is written so."""
    found: dict[str, dict[str, None]] = {}
    for state in states():
        for name in (state.name, *(item.text for item in state.names if item.kind in _KINDS)):
            found.setdefault(name_key(name), {})[_canonical()[state.id]] = None
    for text, meanings in bodies_by_name().items():
        for body, body_name in meanings:
            if body_name.sure:
                found.setdefault(name_key(text), {})[body.id] = None
    for state in states():
        if state.abbrev:
            found.setdefault(name_key(state.abbrev), {_canonical()[state.id]: None})
    return {key: tuple(items) for key, items in found.items() if key}


@functools.cache
def _ids_of() -> Mapping[str, tuple[str, ...]]:
    found = {name: (state,) for state, name in _canonical().items()}
    organs: dict[str, list[str]] = {body.id: [body.id] for body in bodies()}
    for body in bodies():
        if body.parent in organs:
            organs[body.parent].append(body.id)
    return found | {body: tuple(items) for body, items in organs.items()}


@functools.cache
def _spelled() -> tuple[str, ...]:
    names = [state.name for state in states()]
    names += [item.text for state in states() for item in state.names if item.kind == "name"]
    return tuple(dict.fromkeys([*names, *(body.name for body in bodies())]))
