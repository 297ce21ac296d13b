"""``scan``: every name of the reference tables in a stretch of text, longest first, and ``meanings``: who each can be.

All names are keyed by their first word, with one compiled pattern per first word, so a text is read once, word by word.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from brinkline.data import table, toml
from brinkline.reference.bodies import Body, BodyName, bodies_by_name
from brinkline.reference.leaders import Leader, leaders_by_form
from brinkline.reference.periods import Period, period
from brinkline.reference.states import name_index

PACKAGE = "brinkline.actors"
_WORD = re.compile(r"\w+")
#: A prefix such as "Sino" or "Anglo" counts only as the first part of a compound.
_COMPOUND = r"(?=\s?[-/‐‑–]\s?[A-ZÀ-Þ])"


@dataclass(frozen=True, slots=True)
class Group:
    """A group without a state of its own: its id, its usual name, the states it comes from or acts in, and when."""

    id: str
    name: str
    states: tuple[str, ...]
    valid: Period
    use: str


@dataclass(frozen=True, slots=True)
class NamedAgent:
    """An army, organ or service with a name of its own that belongs to one state ("Red Army")."""

    text: str
    state: str
    kind: str
    valid: Period


@dataclass(frozen=True, slots=True)
class Meanings:
    """Everything a name can be; ``state`` says whether the table of states has it, ``prefix`` the state of "Sino"."""

    state: bool
    prefix: str
    bodies: tuple[tuple[Body, BodyName], ...]
    groups: tuple[Group, ...]
    agents: tuple[NamedAgent, ...]
    leaders: tuple[Leader, ...] = ()


class Hit(NamedTuple):
    """A name in the text: its range, its words as the tables print them, and whether it is a phrase that names no actor."""

    start: int
    end: int
    name: str
    kind: Literal["name", "friend", "generic"]


@functools.cache
def false_phrases() -> frozenset[str]:
    """Phrases that hold a name but name no actor ("Jordan River")."""
    texts = toml(PACKAGE, "false_friends.toml")["phrases"]["texts"]
    return frozenset(" ".join(text.split()) for text in texts.split(";") if text.strip())


@functools.cache
def prefixes() -> dict[str, str]:
    """First parts of compounds ("Sino-Soviet") with the key of the state they mean."""
    return {row["prefix"]: row["state"] for row in table(PACKAGE, "prefixes.csv")}


@functools.cache
def groups_by_name() -> dict[str, tuple[Group, ...]]:
    """Known groups by each of their names; the first line of a group gives its usual name."""
    usual: dict[str, str] = {}
    found: dict[str, list[Group]] = defaultdict(list)
    for row in table(PACKAGE, "groups.csv"):
        name = usual.setdefault(row["group"], row["name"])
        valid = period(row["from"], row["until"])
        states = tuple(f"state:{key}" for key in row["state"].split())
        found[row["name"]].append(Group(f"group:{row['group']}", name, states, valid, row["use"]))
    return {name: tuple(items) for name, items in found.items()}


@functools.cache
def groups_by_id() -> dict[str, Group]:
    """Known groups by id."""
    return {group.id: group for items in reversed(tuple(groups_by_name().values())) for group in items}


@functools.cache
def named_agents() -> dict[str, tuple[NamedAgent, ...]]:
    """Armies, organs and services with names of their own ("Red Army"), by name."""
    found: dict[str, list[NamedAgent]] = defaultdict(list)
    for row in table(PACKAGE, "named_agents.csv"):
        found[row["name"]].append(NamedAgent(row["name"], row["state"], row["kind"], period(row["from"], row["until"])))
    return {name: tuple(items) for name, items in found.items()}


@functools.cache
def generic_groups() -> frozenset[str]:
    """Plain nouns for groups ("rebels")."""
    return frozenset(word for row in toml(PACKAGE, "agents.toml")["generic"] for word in row["words"].split())


@functools.cache
def meanings(name: str) -> Meanings:
    """Everything the tables say a name can be; a name that opens a sentence may be a lower-case name in capitals."""
    if name not in _all_names() and name[:1].isupper():
        name = name[0].lower() + name[1:]
    return Meanings(
        name in name_index(),
        prefixes().get(name, ""),
        bodies_by_name().get(name, ()),
        groups_by_name().get(name, ()),
        named_agents().get(name, ()),
        leaders_by_form().get(name, ()),
    )


def scan(text: str, start: int, end: int) -> Iterator[Hit]:
    """Every name in ``text[start:end]``, left to right, longest first, no overlaps; false friends come marked."""
    names = _names_by_first_word()
    position = start
    for word in _WORD.finditer(text, start, end):
        if word[0] not in names or word.start() < position:
            continue
        found = _pattern(word[0]).match(text, word.start(), end)
        if found is not None:
            position = found.end()
            name = canonical(found[0])
            kind: Literal["name", "friend", "generic"] = "name"
            if name in false_phrases() and name not in _all_names():
                kind = "friend"
            elif name.lower() in generic_groups():
                kind = "generic"
            yield Hit(found.start(), position, name, kind)


def canonical(words: str) -> str:
    """Words as the tables print them: single spaces, straight apostrophes, plain hyphens."""
    if words.isalpha():
        return words
    return re.sub(r"[‐‑–]", "-", re.sub(r"['’‘]", "'", " ".join(words.split())))


@functools.cache
def _all_names() -> frozenset[str]:
    return frozenset(
        {
            *name_index(),
            *bodies_by_name(),
            *groups_by_name(),
            *named_agents(),
            *prefixes(),
            *generic_groups(),
            *leaders_by_form(),
        }
    )


@functools.cache
def _names_by_first_word() -> Mapping[str, set[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for text in {*_all_names(), *false_phrases()}:
        for variant in {text, text[0].upper() + text[1:]}:
            first = _WORD.match(variant)
            if first:
                words[first[0]].add(variant)
    return dict(words)


@functools.cache
def _pattern(first: str) -> re.Pattern[str]:
    """All names that begin with a word, the longest first; made when the word is first met, since most never are."""
    ordered = sorted(_names_by_first_word()[first], key=lambda text: (-len(text), text))
    return re.compile("|".join(_literal(text) for text in ordered))


def _literal(text: str) -> str:
    """A pattern for a name as narratives print it: any white space, any apostrophe, hyphens of any kind."""
    if text in prefixes():
        return re.escape(text) + _COMPOUND
    escaped = re.escape(text).replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]").replace("'", "['’‘]")
    return escaped + (r"(?!\w)" if text[-1].isalnum() else "")
