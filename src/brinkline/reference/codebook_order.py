"""The order in which the variables of a codebook are coded: each after those that its rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from brinkline.reference.codebook import Level
from brinkline.reference.codebook_refs import Names, level_of
from brinkline.reference.codebook_rules import Rule, ValueTest
from brinkline.reference.fields import Fault, below

Key = tuple[Level, str]
Rules = Sequence[tuple[Level, str, tuple[Rule, ...]]]


def in_order(rules: Rules, names: Names, places: Sequence[str], faults: list[Fault]) -> tuple[Key, ...]:
    """The variables in an order that can be coded; a variable that is worked out from itself is a fault."""
    needs = {(level, name): _needs(level, own, names) for level, name, own in rules}
    where = {(level, name): place for (level, name, _), place in zip(rules, places, strict=True)}
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle: list[Key] = error.args[1]
        first = circle[0]
        shown = " <- ".join(name for _, name in circle[:20])
        message = f"these variables are worked out from one another: {shown}"
        faults.append(Fault(below(where[first], "rule"), message, "take one of these rules away"))
        return ()


def _needs(level: Level, rules: Sequence[Rule], names: Names) -> list[Key]:
    """The variables of the codebook that the rules look at, each once, in the order in which they are named."""
    refs = [
        ref
        for rule in rules
        if isinstance(rule.test, ValueTest)
        for ref in (*rule.test.of, *(ref for ref, _ in rule.test.tests))
    ]
    return list(dict.fromkeys((level_of(level, ref), ref.name) for ref in refs if names.is_own(level, ref)))
