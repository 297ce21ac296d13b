"""Bootstrap by crisis: whole crises are drawn with replacement, since the rows of one crisis are no independent cases.

The generator is passed in; ``random.Random`` is used because Python keeps its sequence the same from version to version.
"""

from __future__ import annotations

import random

import numpy as np

from brinkline.evaluate.measures import Numbers


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
