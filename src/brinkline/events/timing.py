"""The date of an event: that of its clause, else the nearest in its sentence, else the last of the narrative line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brinkline.events.clauses import Clause
from brinkline.events.tree import Tree
from brinkline.model import When


def dates_by_clause(tree: Tree, clauses: Mapping[int, Clause], dates: Sequence[When]) -> dict[int, list[When]]:
    """The dates of a sentence by the predicate they hang on."""
    found: dict[int, list[When]] = {}
    for when in dates:
        first = next((token.index for token in tree.tokens if token.end > when.start), None)
        if first is None or when.kind in ("duration", "set") or when.earliest is None:
            continue
        found.setdefault(_predicate_over(tree, clauses, first), []).append(when)
    return found


def _predicate_over(tree: Tree, clauses: Mapping[int, Clause], index: int) -> int:
    while index not in clauses and tree.tokens[index].head != index:
        index = tree.tokens[index].head
    return index


def date_of(
    index: int, clauses: Mapping[int, Clause], by_clause: Mapping[int, list[When]], carried: When | None
) -> tuple[When | None, str]:
    """The date of the event at a predicate and where it comes from: "clause", "sentence", "carried" or ""."""
    here: int | None = index
    steps = 0
    while here is not None and steps < 50:
        if by_clause.get(here):
            return by_clause[here][0], "clause" if steps == 0 else "sentence"
        here = clauses[here].governor if here in clauses else None
        steps += 1
    before = [when for whens in by_clause.values() for when in whens]
    if before:
        return before[0], "sentence"
    return carried, "carried" if carried is not None else ""
