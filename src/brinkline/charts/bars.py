"""Tables of the charts that no coding alone gives: agreement with intervals, and progress of a review.

Whoever measures (``brinkline.review``, ``brinkline.evaluate``) fills them; the drawings stand in ``draw_bars``.
"""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.charts.rows import Rows


@dataclass(frozen=True, slots=True)
class Share:
    """A measure of one thing (a variable, a narrative, a pair of coders): at most 1, None where it is not defined.

    ``low`` and ``high`` bound its interval; ``count`` is the number of units behind it; ``ref`` names its page.
    """

    name: str
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement chart's table: what is measured, and a row for each thing."""

    title: str
    measure: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The progress of one thing: how many of its units stand at each part, in the order of ``Progress.parts``."""

    name: str
    counts: tuple[int, ...]
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress chart's table: names of the parts ("accepted", "changed", "open"), the last one being what waits."""

    title: str
    parts: tuple[str, ...]
    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        if any(len(stage.counts) != len(self.parts) for stage in self.stages):
            raise ValueError("a stage needs one count for each part")
        if any(count < 0 for stage in self.stages for count in stage.counts):
            raise ValueError("a count of progress is not below 0")


def agreement_rows(table: Agreement) -> Rows:
    """The shares as rows, in the order drawn."""
    return Rows(
        ("name", "label", table.measure, "low", "high", "units"),
        tuple((share.name, share.label, share.value, share.low, share.high, share.count) for share in table.shares),
    )


def progress_rows(table: Progress) -> Rows:
    """The stages as rows, in the order drawn."""
    return Rows(("name", *table.parts), tuple((stage.name, *stage.counts) for stage in table.stages))
