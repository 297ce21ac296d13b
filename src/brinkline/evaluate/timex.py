"""Date expressions against a gold TimeML document: strict, relaxed and value precision, recall and F1.

The measures are those of TempEval-3 (UzZaman et al. 2013): strict = the same extent; relaxed = extents that overlap, each
annotation used once; value = a relaxed match with the same TIMEX3 value. White space does not count in extents, because
annotators and tools differ in how they treat it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_PIECE = re.compile(r"<TIMEX3\b([^>]*)>|</TIMEX3>|<[^>]+>|[^<]+")
_VALUE = re.compile(r'\bvalue="([^"]*)"')
_SPACE = re.compile(r"\s+")


class Annotation(NamedTuple):
    """A date expression as the scorer sees it: extent in characters other than white space, and TIMEX3 value."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure over any number of documents; scores of documents are added with ``+``."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """Share of the expressions found that are right, 0 when none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold expressions that were found right, 0 when there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 when both are 0."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 0.0


def read_annotations(document: str) -> tuple[list[Annotation], str]:
    """The TIMEX3 annotations inside ``<TEXT>`` in order, and the text without white space.

    ValueError when the document has no ``<TEXT>`` part.
    """
    body = _TEXT.search(document)
    if body is None:
        raise ValueError("not a TimeML document: there is no <TEXT> part")
    items: list[Annotation] = []
    opened: list[tuple[int, str]] = []
    pieces: list[str] = []
    position = 0
    for piece in _PIECE.finditer(body.group(1)):
        token = piece.group()
        if token.startswith("<TIMEX3"):
            value = _VALUE.search(piece.group(1) or "")
            opened.append((position, html.unescape(value.group(1)) if value else ""))
        elif token == "</TIMEX3>" and opened:
            start, text = opened.pop()
            items.append(Annotation(start, position, text))
        elif not token.startswith("<"):
            bare = _SPACE.sub("", html.unescape(token))
            pieces.append(bare)
            position += len(bare)
    return sorted(items), "".join(pieces)


def compare(gold: Iterable[Annotation], found: Iterable[Annotation]) -> dict[str, Score]:
    """The scores "strict", "relaxed" and "value" of one document."""
    wanted, free = list(gold), list(found)
    number = len(free)
    strict = len({item[:2] for item in wanted} & {item[:2] for item in free})
    relaxed = value = 0
    for item in wanted:
        hits = [other for other in free if other.start < item.end and item.start < other.end]
        if not hits:
            continue
        best = max(hits, key=lambda other: (other.value == item.value, _overlap(item, other)))
        free.remove(best)
        relaxed += 1
        value += best.value == item.value
    rights = {"strict": strict, "relaxed": relaxed, "value": value}
    return {name: Score(right, len(wanted), number) for name, right in rights.items()}


def _overlap(one: Annotation, other: Annotation) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
