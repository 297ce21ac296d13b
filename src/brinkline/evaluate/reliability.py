"""How far the confidence of a coding can be trusted: in each band of confidence, the share of answers that are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from brinkline.evaluate.match import Pair
from brinkline.evaluate.misses import right
from brinkline.evaluate.records import Bin
from brinkline.exchange.imports.layout import Field

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

#: The confidence of one answer, and whether it is right.
Answer = tuple[float, bool]


def answers(pairs: Iterable[Pair], fields: Sequence[Field]) -> list[Answer]:
    """Every value that the coding gives with a confidence where the human coding has a value too."""
    return [answer for pair in pairs for answer in _of_pair(pair, fields)]


def bins(given: Sequence[Answer]) -> tuple[Bin, ...]:
    """The answers in bands of a tenth; bands without any are left out."""
    found = []
    for low, high in pairwise(EDGES):
        inside = [answer for answer in given if low <= answer[0] < high or (high == 1.0 and answer[0] == 1.0)]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            found.append(Bin(low, high, len(inside), sum(hit for _, hit in inside), mean))
    return tuple(found)


def brier(given: Sequence[Answer]) -> float | None:
    """The Brier score (Brier 1950): the mean squared distance of confidence and truth; 0 is perfect, None without answers."""
    return sum((confidence - hit) ** 2 for confidence, hit in given) / len(given) if given else None


def _of_pair(pair: Pair, fields: Sequence[Field]) -> Iterator[Answer]:
    for field in fields:
        name = field.variable.name
        if pair.coded is None or name not in pair.human.values or name not in pair.coded.values:
            continue
        confidence = pair.coded.claims.get(name, {}).get("confidence")
        if isinstance(confidence, int | float):
            yield float(confidence), right(field, pair.human.values[name], pair.coded.values[name])
