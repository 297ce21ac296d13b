"""The narrative line: the running date that partial dates are read from, and how a missing year or month is chosen.

A narrative tells its events mostly in order. The line holds the last date that moved it, the last single day, and the span
that the narrative's first sentences give for the whole case. A missing part is taken where the date falls nearest to the
running date; going back costs more than going on, and leaving the stated span costs more than staying in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.dates.calendar import days_between, is_day, month_length
from brinkline.model import Day

BACK_WEIGHT = 1.3
OUTSIDE_SPAN_DAYS = 150


@dataclass(frozen=True, slots=True)
class Point:
    """A date that others are counted from: month and day are 0 when it is no finer; ``words`` as a reader says it."""

    year: int
    month: int
    day: int
    words: str

    def as_day(self) -> Day:
        """The day in the middle of what is known."""
        return Day(self.year, self.month or 7, self.day or (15 if self.month else 1))


@dataclass(slots=True)
class Line:
    """The state of the narrative line while its dates are read in order."""

    now: Point | None = None
    day: Day | None = None
    span: tuple[Day, Day] | None = None
    span_words: str = ""
    use_span: bool = False

    def move(self, point: Point) -> None:
        """Make a date the running date."""
        self.now = point
        if point.day:
            self.day = Day(point.year, point.month, point.day)
        elif self.day and (self.day.year, self.day.month) != (point.year, point.month or self.day.month):
            self.day = None

    def year_for(self, month: int, day: int, back: bool = False) -> int | None:
        """The year of a month (and day, or 0) that lacks one; None when the narrative gives nothing to go by."""
        if self.now is None:
            return None
        if not self.now.month and not (self.use_span and self.span):
            return self.now.year
        years = [year for year in range(self.now.year - 1, self.now.year + 2) if not day or is_day(year, month, day)]
        return min(years, key=lambda year: self._cost(Day(year, month, day or 15), back), default=None)

    def day_for(self, number: int, back: bool = False) -> Day | None:
        """The day for "the 24th": the nearest such day to the running date."""
        if self.now is None or not self.now.month:
            return None
        months = [self.now.year * 12 + self.now.month - 1 + step for step in (-1, 0, 1)]
        if not self.now.day:
            months = months[1:2]
        days = [Day(index // 12, index % 12 + 1, number) for index in months]
        days = [day for day in days if number <= month_length(day.year, day.month)]
        return min(days, key=lambda day: self._cost(day, back), default=None)

    def _cost(self, day: Day, back: bool) -> float:
        if self.now is None:
            return 0.0
        distance = days_between(self.now.as_day(), day)
        weight = 1 / BACK_WEIGHT if back else BACK_WEIGHT
        cost = float(distance) if distance >= 0 else -distance * weight
        if self.use_span and self.span and not self.span[0] <= day <= self.span[1]:
            cost += OUTSIDE_SPAN_DAYS
        return cost
