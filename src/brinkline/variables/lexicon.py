"""The words of ``acts.toml`` at work: what kinds of act a piece of text describes."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from brinkline import data

Kind = Literal["violence", "military", "internal", "economic", "external", "political", "verbal"]


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: its id, the kind of act it shows, how strongly, its pattern and an example."""

    id: str
    kind: Kind
    weight: int
    pattern: re.Pattern[str]
    example: str


@functools.cache
def words() -> tuple[Word, ...]:
    """All entries in the order of the file."""
    rows = data.toml("brinkline.variables", "acts.toml")["act"]
    return tuple(
        Word(row["id"], row["kind"], row["weight"], re.compile(row["pattern"], re.IGNORECASE), row["example"]) for row in rows
    )


@functools.cache
def groups() -> re.Pattern[str]:
    """Words for those who act without being a state: rebels, exiles, a company."""
    rows = data.toml("brinkline.variables", "acts.toml")["group"]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


@functools.cache
def _single(name: str) -> re.Pattern[str]:
    return re.compile(data.toml("brinkline.variables", "acts.toml")[name]["pattern"], re.IGNORECASE)


@functools.cache
def forces() -> re.Pattern[str]:
    """Words for the armed forces of a state within a mention of it."""
    return re.compile(data.toml("brinkline.variables", "acts.toml")["forces"]["nouns"], re.IGNORECASE)


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """True for violence that the words around it make threatened, feared, planned, denied or a mere case."""
    before = _single("doubt").search(text, max(0, start - 60), start)
    return bool(before or _single("undone").search(text[end : end + 60]))


@functools.lru_cache(maxsize=512)
def kinds(text: str) -> Mapping[Kind, tuple[int, int, int]]:
    """The kinds of act in a text: for each its weight over all uses, and the range of the first use (shared: do not
    change it). Violence that was only threatened, feared or spoken of does not count."""
    found: dict[Kind, tuple[int, int, int]] = {}
    for word in words():
        for match in word.pattern.finditer(text):
            if word.kind == "violence" and _is_spoken_of(text, match.start(), match.end()):
                continue
            weight, start, end = found.get(word.kind, (0, match.start(), match.end()))
            if match.start() < start:
                start, end = match.start(), match.end()
            found[word.kind] = (weight + word.weight, start, end)
    return found
