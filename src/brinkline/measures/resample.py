"""Bootstrap by crisis: whole crises are drawn with replacement, since the rows of one crisis are no independent cases.

The generator is passed in; ``random.Random`` is used because Python keeps its sequence the same from version to version.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brinkline.measures.joint import Numbers


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its bootstrap interval; None where the data do not define it."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How often each crisis counts: once each in the data (``ones``), as drawn in each resample (``drawn``)."""

    crises: tuple[str, ...]
    ones: Numbers
    drawn: Numbers

    def spread(self, of: Sequence[str], rows: Numbers) -> Numbers:
        """The rows (one for each item, whose crisis stands in ``of``) summed up by crisis."""
        at = {crisis: index for index, crisis in enumerate(self.crises)}
        table = np.zeros((len(self.crises), *rows.shape[1:]))
        np.add.at(table, [at[crisis] for crisis in of], rows)
        return table


def weigh(crises: Sequence[str], seed: int, resamples: int) -> Weights:
    """The weights of crises in the order given; the same seed gives the same resamples on every machine."""
    return Weights(tuple(crises), np.ones(len(crises)), draws(len(crises), resamples, random.Random(seed)))


def figure(value: Numbers, resampled: Numbers) -> Figure:
    """A measure of the data and the interval of its resamples."""
    interval = bounds(resampled)
    if np.isnan(value):
        return Figure(None)
    return Figure(float(value), *(interval or (None, None)))


def draws(clusters: int, resamples: int, generator: random.Random) -> Numbers:
    """One row per resample: how often each of the clusters was drawn (each row sums to ``clusters``)."""
    rows = np.zeros((resamples, clusters))
    for row in rows:
        row += np.bincount(generator.choices(range(clusters), k=clusters), minlength=clusters) if clusters else 0.0
    return rows


def bounds(values: Numbers, level: float = 0.95) -> tuple[float, float] | None:
    """The percentile interval of the resampled values; None when fewer than half of them are numbers."""
    numbers = values[~np.isnan(values)]
    if len(numbers) * 2 <= len(values) or not len(numbers):
        return None
    low, high = np.quantile(numbers, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
