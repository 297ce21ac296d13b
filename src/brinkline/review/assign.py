"""Which narratives go to whom: evenly, a share of them to two people who code blind. The same seed gives the same plan."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from brinkline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Planned:
    """A narrative and those who are to code it: one person, or two who do not see each other's work (``blind``)."""

    narrative: str
    people: tuple[str, ...]

    @property
    def blind(self) -> bool:
        """Whether two people code it."""
        return len(self.people) > 1


def plan(
    narratives: Iterable[str], people: Sequence[str], share: float, seed: int, load: Mapping[str, int] | None = None
) -> tuple[Planned, ...]:
    """Spread narratives over people, ``share`` (0 to 1) of them to two each, in the order of the narratives given.

    Who has least gets the next one; two people who share a narrative are a pair that shared least so far, so that agreement
    is measured between all of them. ``load`` is what each person has already. Nothing hangs on the order in which people are
    named. UsageError BL164 without people, for one person where some narratives need two, and for a share outside 0 to 1.

    >>> [item.people for item in plan(["a", "b", "c"], ["Ana", "Ben"], 0.3, 1)]
    [('Ana', 'Ben'), ('Ana',), ('Ben',)]
    """
    names = sorted(set(people))
    given = list(dict.fromkeys(narratives))
    if not 0 <= share <= 1:
        raise UsageError("BL164", f"a share of {share:g} makes no sense", remedy="give a number from 0 to 100 percent")
    if not names or (share > 0 and len(names) < 2):
        few = "choose at least one person" if not names else "choose two people at least, or a share of 0"
        raise UsageError("BL164", "there are too few people to assign to", remedy=few)
    drawn = sorted(given, key=lambda name: _drawn(seed, name))
    double = drawn[: math.ceil(share * len(given) - 1e-9)]
    loads = Counter({name: (load or {}).get(name, 0) for name in names})
    made = _pairs(double, names, loads, seed)
    for narrative in drawn[len(double) :]:
        who = min(names, key=lambda name: (loads[name], _drawn(seed, narrative, name)))
        loads[who] += 1
        made[narrative] = (who,)
    return tuple(Planned(narrative, made[narrative]) for narrative in given)


def _pairs(narratives: Sequence[str], names: Sequence[str], loads: Counter[str], seed: int) -> dict[str, tuple[str, ...]]:
    pairs = list(combinations(names, 2))
    shared: Counter[tuple[str, str]] = Counter()
    made: dict[str, tuple[str, ...]] = {}
    for narrative in narratives:
        pair = min(pairs, key=lambda pair: (shared[pair], loads[pair[0]] + loads[pair[1]], _drawn(seed, narrative, *pair)))
        shared[pair] += 1
        loads.update(pair)
        made[narrative] = pair
    return made


def _drawn(seed: int, *names: str) -> bytes:
    """A lot for these names: looks like chance and is the same each time, on every machine."""
    return hashlib.sha256("\x00".join((str(seed), *names)).encode()).digest()
