"""Measures of agreement between two codings: share, Cohen's kappa, Krippendorff's alpha, all from one table of joint counts.

``Cells`` names the pairs of values that occur; counts stand beside it as an array whose last axis runs over the cells, so one
call answers for the data (one row of counts) and for every bootstrap resample (many rows) alike.

Sources: Cohen 1960, "A coefficient of agreement for nominal scales"; Krippendorff 2011, "Computing Krippendorff's
Alpha-Reliability", section C (missing data) and the metric differences there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Metric = Literal["nominal", "ordinal", "interval"]

_NOTHING = 1e-9  # below this an expected disagreement is rounding, not disagreement


@dataclass(frozen=True, slots=True)
class Cells:
    """The pairs of values that occur: ``first[i]`` and ``second[i]`` are indices into ``values``."""

    values: tuple[str, ...]
    first: Indices
    second: Indices

    def margins(self, counts: Numbers, side: Indices) -> Numbers:
        """How often each value stands on one side: the last axis of the result runs over ``values``."""
        marks = np.zeros((len(side), len(self.values)))
        marks[np.arange(len(side)), side] = 1.0
        return counts @ marks


def cells(pairs: Iterable[tuple[str, str]]) -> Cells:
    """The distinct pairs in sorted order; values are sorted too, so equal data give equal arrays."""
    distinct = sorted(set(pairs))
    values = tuple(sorted({value for pair in distinct for value in pair}))
    at = {value: index for index, value in enumerate(values)}
    return Cells(
        values,
        np.array([at[first] for first, _ in distinct], dtype=np.intp),
        np.array([at[second] for _, second in distinct], dtype=np.intp),
    )


def tally(table: Cells, pairs: Iterable[tuple[str, str]]) -> Numbers:
    """How often each cell of the table occurs among the pairs."""
    found = Counter(pairs)
    names = zip(table.first, table.second, strict=True)
    return np.array([found[table.values[first], table.values[second]] for first, second in names], dtype=np.float64)


def share(table: Cells, counts: Numbers) -> Numbers:
    """The share of pairs with equal values; not a number where there is no pair."""
    return divide(counts[..., table.first == table.second].sum(axis=-1), counts.sum(axis=-1))


def kappa(table: Cells, counts: Numbers) -> Numbers:
    """Cohen's kappa for two coders; 1 where both use one and the same value only, not a number where there is no pair."""
    total = counts.sum(axis=-1)
    by_chance = (table.margins(counts, table.first) * table.margins(counts, table.second)).sum(axis=-1)
    chance = divide(by_chance, total * total)
    seen = share(table, counts)
    return np.where(chance < 1, divide(seen - chance, 1 - chance), np.where(total > 0, 1.0, np.nan))


def alpha(table: Cells, counts: Numbers, metric: Metric, positions: Sequence[float] | None = None) -> Numbers:
    """Krippendorff's alpha; not a number where fewer than two values occur (there is nothing to disagree about).

    ``positions`` are the places of ``table.values`` on their scale, needed for the ordinal and interval metrics. The ordinal
    difference between two values is the difference of their mid-ranks, so both metrics share one formula.
    """
    margins = table.margins(counts, table.first) + table.margins(counts, table.second)
    total = margins.sum(axis=-1)
    if metric == "nominal":
        observed = 2 * counts[..., table.first != table.second].sum(axis=-1)
        expected = total * total - (margins * margins).sum(axis=-1)
    else:
        if positions is None:
            raise ValueError(f"the {metric} metric needs the positions of the values on their scale")
        scores = _scores(np.asarray(positions, dtype=np.float64), margins, metric)
        steps = scores[..., table.first] - scores[..., table.second]
        observed = 2 * (counts * steps * steps).sum(axis=-1)
        mean = divide((margins * scores).sum(axis=-1), total)[..., np.newaxis]
        expected = 2 * total * (margins * (scores - mean) ** 2).sum(axis=-1)
    return np.where(expected > _NOTHING, 1 - divide((total - 1) * observed, expected), np.nan)


def coincidences(units: Iterable[Sequence[str | None]]) -> tuple[Cells, Numbers]:
    """The joint counts of any number of coders: one sequence of values per unit, None where a coder gave none.

    A unit with m values counts each of its pairs 1 / (m - 1) times (Krippendorff 2011); units with one value fall out.

    >>> table, counts = coincidences([("a", "a"), ("a", "b"), ("b", "b"), ("b", None)])
    >>> round(float(alpha(table, counts, "nominal")), 3)
    0.444
    """
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        given = [value for value in unit if value is not None]
        for index, first in enumerate(given):
            for second in given[index + 1 :]:
                low, high = sorted((first, second))
                weights[low, high] += 1 / (len(given) - 1)
    table = cells(weights)
    return table, np.array([weights[pair] for pair in sorted(weights)], dtype=np.float64)


def _scores(positions: Numbers, margins: Numbers, metric: Metric) -> Numbers:
    """The values as numbers whose differences count: their positions, or their mid-ranks among the values given."""
    if metric == "interval":
        return positions
    order = np.argsort(positions, kind="stable")
    in_order = margins[..., order]
    ranks = np.empty_like(in_order)
    ranks[..., order] = np.cumsum(in_order, axis=-1) - in_order / 2
    return ranks


def divide(top: Numbers, bottom: Numbers) -> Numbers:
    """The quotient, not a number (without a warning) where the divisor is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(bottom != 0, np.divide(top, bottom), np.nan))
