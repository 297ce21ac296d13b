"""Kappa and alpha: published examples, hand-worked ones, naive definitions, and the krippendorff package as an oracle."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brinkline.measures.joint import Metric, alpha, cells, coincidences, kappa, share, tally
from brinkline.measures.resample import bounds, draws

# Four observers, twelve units, missing data: the worked example of Krippendorff (2011), section C.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [
    tuple(None if value == "." else value for value in unit) for unit in zip(*(row.split() for row in OBSERVERS), strict=True)
]

Pairs = list[tuple[str, str]]
codings = st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from("1234")), min_size=1, max_size=40)
metrics = st.sampled_from(["nominal", "ordinal", "interval"])


def alpha_of(units: list[tuple[str | None, ...]], metric: Metric) -> float:
    table, counts = coincidences(units)
    return float(alpha(table, counts, metric, [float(value) for value in table.values]))


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_published_example(metric: Metric, published: float) -> None:
    assert alpha_of(UNITS, metric) == pytest.approx(published, abs=0.0005)


def test_alpha_of_two_coders_with_two_values_worked_by_hand() -> None:
    # Ten units, 6 of them equal; 14 zeros and 6 ones: 1 - 19 * 8 / (400 - 196 - 36) = 0.095 (Krippendorff 2011, section A).
    pairs = list(zip("0100000001", "1110010000", strict=True))
    assert alpha_of(pairs, "nominal") == pytest.approx(1 - 19 * 8 / 168)
    assert round(alpha_of(pairs, "nominal"), 3) == 0.095


def test_kappa_worked_by_hand() -> None:
    # 20 and 15 agreements, 5 and 10 the other way: observed 0.70, by chance 0.50 * 0.60 + 0.50 * 0.40 = 0.50.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    table = cells(pairs)
    assert float(kappa(table, tally(table, pairs))) == pytest.approx(0.4)
    assert float(share(table, tally(table, pairs))) == pytest.approx(0.7)


def test_what_cannot_be_defined_is_no_number() -> None:
    same = cells([("1", "1")])
    assert float(kappa(same, np.array([5.0]))) == 1.0
    assert math.isnan(float(alpha(same, np.array([5.0]), "nominal")))
    assert math.isnan(float(share(same, np.array([0.0]))))
    with pytest.raises(ValueError, match="positions"):
        alpha(same, np.array([5.0]), "ordinal")


def naive_alpha(pairs: Pairs, metric: Metric) -> float:
    """Alpha by its definition: every pair of values against every other, one at a time."""
    values = [value for pair in pairs for value in pair]
    ranks = Counter(values)

    def distance(first: str, second: str) -> float:
        low, high = sorted((first, second))
        if metric == "nominal":
            return float(low != high)
        if metric == "interval":
            return float((int(low) - int(high)) ** 2)
        between = sum(count for value, count in ranks.items() if low <= value <= high)
        return (between - (ranks[low] + ranks[high]) / 2) ** 2

    observed = sum(distance(*pair) for pair in pairs) / len(pairs)
    everything = list(itertools.permutations(values, 2))
    expected = sum(distance(*pair) for pair in everything) / len(everything)
    return 1 - observed / expected if expected else math.nan


@given(codings, metrics)
@settings(deadline=None)
def test_alpha_is_what_its_definition_says(pairs: Pairs, metric: Metric) -> None:
    assert alpha_of(pairs, metric) == pytest.approx(naive_alpha(pairs, metric), nan_ok=True, abs=1e-9)


@given(codings)
def test_kappa_is_what_its_definition_says(pairs: Pairs) -> None:
    n = len(pairs)
    seen = sum(first == second for first, second in pairs) / n
    first, second = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = sum(first[value] * second[value] for value in first) / n**2
    table = cells(pairs)
    expected = 1.0 if chance == 1 else (seen - chance) / (1 - chance)
    assert float(kappa(table, tally(table, pairs))) == pytest.approx(expected)


@given(codings, metrics)
@settings(deadline=None, max_examples=40)
def test_many_rows_of_counts_give_what_each_gives_alone(pairs: Pairs, metric: Metric) -> None:
    table = cells(pairs)
    counts = np.array([tally(table, pairs), tally(table, pairs[::2]), tally(table, pairs[:1])])
    positions = [float(value) for value in table.values]
    together = alpha(table, counts, metric, positions)
    alone = [alpha(table, row, metric, positions) for row in counts]
    np.testing.assert_allclose(together, alone)
    np.testing.assert_allclose(kappa(table, counts), [kappa(table, row) for row in counts])


def test_alpha_equals_that_of_the_krippendorff_package() -> None:
    oracle = pytest.importorskip("krippendorff", reason="the krippendorff package (GPL, test oracle only) is not installed")
    generator = random.Random(7)
    for _ in range(40):
        coders, units = generator.randint(2, 5), generator.randint(3, 25)
        values = [[generator.choice([1, 2, 3, 4, 7, None]) for _ in range(units)] for _ in range(coders)]
        data = [[np.nan if value is None else float(value) for value in row] for row in values]
        texts = [tuple(None if value is None else str(value) for value in unit) for unit in zip(*values, strict=True)]
        for metric in ("nominal", "ordinal", "interval"):
            expected = oracle.alpha(reliability_data=data, level_of_measurement=metric)
            assert alpha_of(texts, metric) == pytest.approx(expected, abs=1e-9)


def test_draws_are_the_same_for_the_same_seed_and_keep_the_number_of_crises() -> None:
    first, again = draws(20, 50, random.Random(3)), draws(20, 50, random.Random(3))
    np.testing.assert_array_equal(first, again)
    assert first.shape == (50, 20)
    assert set(first.sum(axis=1)) == {20.0}
    assert not np.array_equal(first, draws(20, 50, random.Random(4)))


def test_bounds_leave_out_what_is_no_number() -> None:
    values = np.arange(101.0)
    assert bounds(values) == pytest.approx((2.5, 97.5))
    assert bounds(np.concatenate([values, [np.nan] * 50])) == pytest.approx((2.5, 97.5))
    assert bounds(np.array([np.nan, np.nan, 1.0])) is None
