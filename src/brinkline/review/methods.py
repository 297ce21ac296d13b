"""Agreement in words for the methods section of a paper, and as plain rows for tables and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brinkline.measures.resample import Figure
from brinkline.review.agreement import Agreement, Score

#: The columns of the table of scores.
COLUMNS = (
    "kind", "ref", "label", "units", "coders", "metric", "percent", "percent_low", "percent_high", "kappa", "kappa_low",
    "kappa_high", "alpha", "alpha_low", "alpha_high", "overlap", "overlap_low", "overlap_high", "events", "f1", "f1_low",
    "f1_high",
)  # fmt: skip


def row_of(score: Score) -> tuple[str | int | float | None, ...]:
    """A score as cells under ``COLUMNS``; None where a measure is not defined."""
    head = (score.kind, score.ref, score.label, score.units, score.coders, score.metric)
    middle = [cell for item in (score.percent, score.kappa, score.alpha, score.overlap) for cell in _cells(item)]
    return (*head, *middle, score.events, *_cells(score.f1))


def to_dict(found: Agreement) -> dict[str, Any]:
    """Everything measured, for JSON."""
    return {
        "narratives": found.narratives,
        "waiting": found.waiting,
        "coders": list(found.people.values()),
        "interval": {"level": 0.95, "method": "bootstrap of narratives", "resamples": found.resamples, "seed": found.seed},
        "methods": methods_text(found),
        "scores": [dict(zip(COLUMNS, row_of(score), strict=True)) for score in found.scores],
    }


def methods_text(found: Agreement) -> str:
    """A paragraph that tells what was measured and how; "" when nothing was coded twice."""
    whole = found.overall
    if not whole.units and not whole.events:
        return ""
    return " ".join(_sentences(found, whole))


def _sentences(found: Agreement, whole: Score) -> Iterator[str]:
    coders, narratives = len(found.people), found.narratives
    yield (
        f"{_number(narratives, 'narrative')} {'was' if narratives == 1 else 'were'} coded by at least two of {coders} coders, "
        f"who decided on {_number(whole.units, 'common unit')} (a variable of a crisis or of one of its actors, or a date, "
        "an actor or a place of the text)."
    )
    if whole.percent.value is not None:
        yield f"They gave the same answer on {whole.percent.value:.1%} of these{_interval(whole.percent, percent=True)}."
    if whole.alpha.value is not None:
        metrics = _listed([name for name in ("nominal", "ordinal", "interval") if name in {s.metric for s in found.variables}])
        kinds = f"{metrics} by the scale of the variable" if metrics != "nominal" else "nominal"
        yield (
            f"Krippendorff's alpha ({kinds}; Krippendorff 2011) is {whole.alpha.value:.2f} on average over the variables"
            f"{_interval(whole.alpha)}."
        )
    if whole.kappa.value is not None:
        yield f"The mean of Cohen's kappa (Cohen 1960) is {whole.kappa.value:.2f}{_interval(whole.kappa)}."
    if whole.overlap.value is not None:
        days = f"{whole.overlap.value:.0%}"
        yield f"Dates have {days} of their days in common on average{_interval(whole.overlap, percent=True)}."
    if whole.f1.value is not None:
        yield (
            "Events were matched by type, initiator, receiver and overlapping date; "
            f"F1 is {whole.f1.value:.2f}{_interval(whole.f1)}."
        )
    if whole.percent.low is not None:
        yield (
            "Brackets hold 95 percent intervals of a bootstrap in which whole narratives are drawn with replacement "
            f"({found.resamples:,} resamples, seed {found.seed})."
        )


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "nominal"


def _interval(item: Figure, *, percent: bool = False) -> str:
    if item.low is None or item.high is None:
        return ""
    form = "{:.1%}" if percent else "{:.2f}"
    return f" [{form.format(item.low)}, {form.format(item.high)}]"


def _cells(item: Figure) -> tuple[float | None, ...]:
    return tuple(None if value is None else round(value, 6) for value in (item.value, item.low, item.high))


def labels(found: Agreement) -> Mapping[str, str]:
    """The label of each variable that was measured, by its name ("actor.triggr")."""
    return {score.ref: score.label for score in found.variables}
