"""``name_pattern()``: one pattern per first word over all names of the reference tables, longest name first."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from brinkline.data import table, toml
from brinkline.reference.states import name_index

PACKAGE = "brinkline.actors"
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"(?<![\w])[A-ZÀ-Þ][^\W\d_]*")


@functools.cache
def false_friends() -> frozenset[str]:
    """Phrases that hold a name but name no actor ("Jordan River")."""
    return frozenset(row["text"] for row in toml(PACKAGE, "false_friends.toml")["phrase"])


@functools.cache
def prefixes() -> dict[str, str]:
    """First parts of compounds ("Sino-Soviet") with the key of the state they mean."""
    return {row["prefix"]: row["state"] for row in table(PACKAGE, "prefixes.csv")}


def _literal(text: str) -> str:
    """A pattern for a name as narratives print it: any white space, any apostrophe, hyphens of any kind."""
    escaped = re.escape(text)
    return escaped.replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]").replace("'", "['’‘]")


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for text in {*name_index(), *false_friends()}:
        first = _WORD.match(text)
        if first:
            words[first[0]].add(text)
    return {first: _alternation(texts) for first, texts in words.items()}


def _alternation(texts: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile("|".join(_literal(text) + (r"(?!\w)" if text[-1] != "." else "") for text in ordered))


def scan(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Every name in ``text[start:end]`` as (start, end, name of the tables), left to right, longest first, no overlaps."""
    patterns = _patterns()
    position = start
    while (first := _FIRST.search(text, position, end)) is not None:
        position = first.end()
        pattern = patterns.get(first[0])
        found = pattern.match(text, first.start(), end) if pattern is not None else None
        if found is not None:
            position = found.end()
            yield found.start(), found.end(), canonical(found[0])


def canonical(words: str) -> str:
    """Words as the tables print them: single spaces, straight apostrophes, plain hyphens."""
    return re.sub(r"[‐‑–]", "-", re.sub(r"['’‘]", "'", " ".join(words.split())))
