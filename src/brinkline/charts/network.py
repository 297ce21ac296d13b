"""The dyad network's table: who acted towards whom, how often, and how friendly on average.

Only what was done counts (done, ongoing, reported): a demanded withdrawal is no withdrawal. An event of several initiators or
receivers counts for each pair. Nobody acts towards oneself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from brinkline.charts.data import DONE
from brinkline.charts.parties import Party, cast, online
from brinkline.charts.rows import Rows
from brinkline.plain import one_line
from brinkline.record import Coding


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of parties (indices, the first smaller): events each way, their ids, and their mean intensity."""

    one: int
    other: int
    there: int
    back: int
    intensity: float
    events: tuple[str, ...]

    @property
    def count(self) -> int:
        """Events both ways."""
        return self.there + self.back


@dataclass(frozen=True, slots=True)
class Network:
    """The chart's table: parties in the order of the circle, with the number of their events in pairs, and the ties."""

    title: str
    parties: tuple[Party, ...]
    counts: tuple[int, ...]
    ties: tuple[Tie, ...]


def network(coding: Coding) -> Network:
    """The dyad network of a coding; parties without a pair are left out, unless they are crisis actors."""
    people = cast(coding)
    found: defaultdict[tuple[int, int], list[tuple[bool, float, str]]] = defaultdict(list)
    for event in online(coding):
        if event.mode not in DONE:
            continue
        starts = [end.party for end in people.ends(event.who)]
        goals = [end.party for end in people.ends(event.whom) if end.certain or len(event.whom) == 1]
        for start, goal in {(start, goal) for start in starts for goal in goals if start != goal}:
            found[min(start, goal), max(start, goal)].append((start < goal, event.intensity, event.id))
    counts: Counter[int] = Counter()
    for (one, other), entries in found.items():
        counts[one] += len(entries)
        counts[other] += len(entries)
    kept = [place for place, party in enumerate(people.parties) if counts[place] or party.crisis]
    ties = tuple(_tie(kept.index(one), kept.index(other), entries) for (one, other), entries in sorted(found.items()))
    parties = tuple(people.parties[place] for place in kept)
    return Network(one_line(coding.narrative.title), parties, tuple(counts[place] for place in kept), ties)


def network_rows(table: Network) -> Rows:
    """The ties as rows, the most frequent first."""
    ties = sorted(table.ties, key=lambda tie: -tie.count)
    return Rows(
        ("one", "other", "one_to_other", "other_to_one", "events", "mean_intensity"),
        tuple(
            (table.parties[tie.one].name, table.parties[tie.other].name, tie.there, tie.back, tie.count, tie.intensity)
            for tie in ties
        ),
    )


def _tie(one: int, other: int, entries: list[tuple[bool, float, str]]) -> Tie:
    there = sum(forward for forward, _, _ in entries)
    mean = round(sum(value for _, value, _ in entries) / len(entries), 2)
    ids = tuple(dict.fromkeys(event for _, _, event in entries))
    return Tie(one, other, there, len(entries) - there, mean, ids)
