"""``DayLine``: which day counts for the words at a position of a narrative."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from brinkline.model import Day, Sentence, When


class DayLine:
    """The days of a narrative by position, made once per narrative.

    The day of some words is that of the nearest date before them in their sentence, else of the first date in the sentence,
    else of the nearest date before that moves the narrative on (``off_line`` dates do not), else of the first such date.
    """

    def __init__(self, dates: Sequence[When]) -> None:
        known = sorted((when for when in dates if when.earliest is not None), key=lambda when: when.start)
        self._starts = [when.start for when in known]
        self._whens = known
        self._line = [when for when in known if not when.off_line]
        self._line_starts = [when.start for when in self._line]

    def day(self, sentence: Sentence, position: int) -> Day | None:
        """The day that counts at ``position`` of ``sentence``; None in a narrative without any date."""
        before = bisect_right(self._starts, position)
        if before and self._starts[before - 1] >= sentence.start:
            return self._whens[before - 1].earliest
        if before < len(self._starts) and self._starts[before] < sentence.end:
            return self._whens[before].earliest
        running = bisect_right(self._line_starts, position)
        if running:
            return self._line[running - 1].earliest
        return self._line[0].earliest if self._line else None
