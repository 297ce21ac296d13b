"""The nouns for agents and the small word lists around them, from ``agents.toml``."""

from __future__ import annotations

import calendar
import functools

from brinkline.actors.lexicon import PACKAGE
from brinkline.data import toml

MONTHS = frozenset(calendar.month_name[1:])


@functools.cache
def _kinds() -> dict[str, str]:
    """Agent nouns, singular and plural, with their kind; the first table that lists a noun wins."""
    kinds: dict[str, str] = {}
    for row in toml(PACKAGE, "agents.toml")["agent"]:
        for word in row["words"].split():
            for form in (word, word + "s"):
                kinds.setdefault(form, row["kind"])
    return kinds


def agent_kind(word: str) -> str:
    """The kind of agent a noun names ("troops": military), "" when it names none."""
    return _kinds().get(word.lower(), "")


@functools.cache
def offices() -> tuple[frozenset[str], frozenset[str]]:
    """Titles that go on with "of", and the fields that follow ("Secretary of State")."""
    row = toml(PACKAGE, "agents.toml")["offices"]
    return frozenset(row["titles"].split()), frozenset(row["fields"].split())


@functools.cache
def persons() -> frozenset[str]:
    """Titles that a personal name may follow."""
    return frozenset(toml(PACKAGE, "agents.toml")["persons"]["words"].split())


@functools.cache
def leaving() -> frozenset[str]:
    """Verbs and nouns after which "forces from X" leave X."""
    return frozenset(toml(PACKAGE, "agents.toml")["leaving"]["words"].split())


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """One of the small word lists: "stop", "force", "owned", "titles", "openers"."""
    return frozenset(toml(PACKAGE, "agents.toml")["words"][name].split())
