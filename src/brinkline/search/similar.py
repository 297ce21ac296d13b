"""How alike two crises are: weighted agreement of coded values, and likeness of the course of events. Pure functions.

Values: codes of a nominal variable agree or not; those of an ordinal one agree the more the nearer they stand. A variable
counts by its weight, and the less the more common the value is (times 1 - share of all cases that have it): that two crises
lacked a mediator says little. Each actor of a case is compared with the actor of the other case that is most like it.

Events: what happened, in the order of time, as single types and as pairs of PLOVER roots that follow one another ("REQUEST,
REJECT"), weighted by how rare they are (Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval":
tf-idf and the cosine).
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """Coded values: a row for a crisis or for an actor of one, a column for each variable; nan where nothing is coded.

    ``spans`` is the distance of the farthest codes of an ordinal variable, 0 for a nominal one. ``case_of`` is the case of
    each row.
    """

    weights: Values
    spans: Values
    cells: Values
    case_of: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Likeness:
    """One row compared with all rows: ``score`` from 0 to 1 by row (nan when nothing can be compared), and for each row and
    variable its ``agreement`` (nan when one of the two is not coded) and the weight it counts with."""

    score: Values
    agreement: Values
    weights: Values


def compare_row(table: Table, row: int) -> Likeness:
    """A row of the table compared with every row."""
    own = table.cells[row]
    apart = np.abs(table.cells - own)
    with np.errstate(invalid="ignore", divide="ignore"):
        near = np.where(table.spans > 0, 1 - apart / np.where(table.spans > 0, table.spans, 1), (apart == 0).astype(float))
    agreement = np.where(np.isnan(apart), np.nan, np.clip(near, 0, 1))
    coded = (~np.isnan(table.cells)).sum(axis=0)
    same = (table.cells == own).sum(axis=0)
    weights = table.weights * np.where(coded > 0, 1 - same / np.maximum(coded, 1), 0)
    counted = np.where(np.isnan(agreement), 0, weights)
    total = counted.sum(axis=1)
    gained = np.nansum(np.where(np.isnan(agreement), 0, agreement) * counted, axis=1)
    score = np.where(total > 0, gained / np.where(total > 0, total, 1), np.nan)
    return Likeness(score, agreement, weights)


def best_rows(table: Table, likeness: Likeness, cases: int) -> NDArray[np.int64]:
    """For each case its row that is most like the compared one, -1 when none can be compared; the first of equal ones."""
    best = np.full(cases, -1, dtype=np.int64)
    for row in np.argsort(-np.nan_to_num(likeness.score, nan=-1.0), kind="stable")[::-1]:
        if not np.isnan(likeness.score[row]):
            best[table.case_of[row]] = row
    return best


#: A single type, or a pair of roots.
Gram = tuple[str, ...]
#: A type and its PLOVER root ("" when it has none).
Act = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Courses:
    """The courses of events of all cases: by single type or pair the cases that have it with its weight, and the length of
    each case's vector; ``rarity`` is the weight of a single type, 0 for one that all cases have."""

    posts: Mapping[Gram, tuple[NDArray[np.int64], Values]]
    lengths: Values
    rarity: Mapping[str, float]


def courses(cases: Sequence[Sequence[Act]]) -> Courses:
    """The acts of each case, in the order of time, as weighted vectors."""
    counted = [Counter(_grams(acts)) for acts in cases]
    spread: Counter[Gram] = Counter(gram for grams in counted for gram in grams)
    weight = {gram: math.log(len(cases) / number) for gram, number in spread.items()}
    posts: dict[Gram, tuple[list[int], list[float]]] = {gram: ([], []) for gram in spread}
    lengths = np.zeros(len(cases))
    for at, grams in enumerate(counted):
        for gram, number in grams.items():
            value = (1 + math.log(number)) * weight[gram]
            posts[gram][0].append(at)
            posts[gram][1].append(value)
            lengths[at] += value * value
    return Courses(
        {gram: (np.array(places, dtype=np.int64), np.array(values)) for gram, (places, values) in posts.items()},
        np.sqrt(lengths),
        {gram[0]: weight[gram] for gram in spread if len(gram) == 1},
    )


def compare_course(given: Courses, case: int, acts: Sequence[Act]) -> Values:
    """How alike the course of a case is to that of every case, from 0 to 1; nan where one of the two has no events."""
    score = np.zeros(len(given.lengths))
    for gram in dict.fromkeys(_grams(acts)):
        places, values = given.posts[gram]
        score[places] += values[places == case].sum() * values
    length = given.lengths * given.lengths[case]
    return np.where(length > 0, score / np.where(length > 0, length, 1), np.nan)


def common_course(one: Sequence[str], other: Sequence[str], rarity: Mapping[str, float]) -> list[tuple[int, int]]:
    """The longest course that both have, as places in the one and in the other; rare types count for more.

    >>> common_course(["demand", "attack", "withdraw"], ["demand", "meet", "withdraw"], {})
    [(0, 0), (2, 2)]
    """
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in range(len(one) - 1, -1, -1):
        row, below, kind = best[at], best[at + 1], one[at]
        gain = 0.1 + rarity.get(kind, 1.0)
        for to in range(len(other) - 1, -1, -1):
            row[to] = gain + below[to + 1] if kind == other[to] else max(below[to], row[to + 1])
    found, at, to = [], 0, 0
    while at < len(one) and to < len(other):
        if one[at] == other[to]:
            found.append((at, to))
            at, to = at + 1, to + 1
        elif best[at + 1][to] >= best[at][to + 1]:
            at += 1
        else:
            to += 1
    return found


def _grams(acts: Sequence[Act]) -> list[Gram]:
    roots = [root for _, root in acts if root]
    return [*((kind,) for kind, _ in acts), *itertools.pairwise(roots)]
