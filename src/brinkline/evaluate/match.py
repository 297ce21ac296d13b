"""Which coded row stands for which human row: same crisis and actor, an actor's rows in the order of their trigger date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brinkline.evaluate.records import Row
from brinkline.exchange.imports.layout import Layout
from brinkline.reference.codebook import split_date

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A human row and the coded row that stands for it; None when the coding has no such row."""

    human: Row
    coded: Row | None


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs in the order of the human rows, and the first coded row of every actor whom the human coding lacks."""

    pairs: tuple[Pair, ...]
    extra: tuple[Row, ...]


def match(human: Iterable[Row], coded: Iterable[Row], layout: Layout) -> Matched:
    """The rows of both sides brought together. A second coded row of an actor with one human row stands for nothing."""
    wanted, found = _by_key(human, layout), _by_key(coded, layout)
    pairs = []
    for key, rows in wanted.items():
        answers: Sequence[Row | None] = found.get(key, [])
        answers = [*answers, *[None] * (len(rows) - len(answers))]
        pairs += [Pair(row, answer) for row, answer in zip(rows, answers, strict=False)]
    return Matched(tuple(pairs), tuple(rows[0] for key, rows in found.items() if key not in wanted))


def order(row: Row, layout: Layout) -> tuple[int, int, int]:
    """Where a row stands among those of its actor: by trigger date, unknown parts last; 66, 77 and 88 count as written."""
    try:
        year, month, day = split_date(row.values.get(layout.order, ""))
    except ValueError:
        return 9999, 99, 99
    return year or 9999, month or 99, day or 99


def _by_key(rows: Iterable[Row], layout: Layout) -> dict[Key, list[Row]]:
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.crisis, row.actor].append(row)
    for group in groups.values():
        group.sort(key=lambda row: order(row, layout))
    return dict(groups)
