"""The order in which the variables of a codebook are coded: each after those that its rules look at."""

from __future__ import annotations

from collections.abc import Sequence

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
    done: dict[Key, None] = {}
    waiting = list(needs)
    while waiting:
        ready = [key for key in waiting if needs[key] <= set(done)]
        if not ready:
            circle = _circle(waiting, needs)
            shown = " <- ".join(name for _, name in [*circle, circle[0]])
            message = f"these variables are worked out from one another: {shown}"
            faults.append(Fault(below(where[circle[0]], "rule"), message, "take one of these rules away"))
            return ()
        done.update(dict.fromkeys(ready))
        waiting = [key for key in waiting if key not in done]
    return tuple(done)


def _needs(level: Level, rules: Sequence[Rule], names: Names) -> set[Key]:
    refs = [
        ref
        for rule in rules
        if isinstance(rule.test, ValueTest)
        for ref in (*rule.test.of, *(ref for ref, _ in rule.test.tests))
    ]
    return {(level_of(level, ref), ref.name) for ref in refs if names.is_own(level, ref)}


def _circle(waiting: Sequence[Key], needs: dict[Key, set[Key]]) -> list[Key]:
    """One circle among variables each of which waits for another."""
    path = [waiting[0]]
    while True:
        following = min(key for key in needs[path[-1]] if key in waiting)
        if following in path:
            return path[path.index(following) :]
        path.append(following)
