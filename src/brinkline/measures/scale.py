"""Which metric of alpha goes with a scale of the codebook, and where values stand on it."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.measures.joint import Metric

#: The metric of alpha for each scale of the codebook that has one beside the nominal.
METRICS: dict[str, Metric] = {
    "nominal": "nominal",
    "ordinal": "ordinal",
    "days": "interval",
    "count": "interval",
    "score": "interval",
}


def scale_of(
    scale: str, codes: Sequence[str], missing: Sequence[str], values: Sequence[str]
) -> tuple[Metric, list[float | None]]:
    """The metric of alpha and the place of each value on the scale; None for "" and for codes that mean "not known".

    Ordinal codes stand in the order of their numbers, or of the list of codes when they are no numbers.
    """
    metric = METRICS[scale]
    if metric == "nominal":
        return metric, [None if value == "" else 0.0 for value in values]
    listed = {code: float(index) for index, code in enumerate(codes)}
    return metric, [None if value in ("", *missing) else _number(value, listed) for value in values]


def _number(value: str, listed: dict[str, float]) -> float | None:
    return float(value) if value.removeprefix("-").isdecimal() else listed.get(value)
