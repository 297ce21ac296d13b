"""The narrative line: the running date that partial dates are read from, and how a missing year or month is chosen.

A narrative tells its events mostly in order. The line holds the last date that moved it (``now``), the last one that is as
fine as a month (``fine``), the last single day (``day``), and the span that the first sentences give for the whole case.
A missing part is taken where the date falls nearest to the last fine date; going back costs more than going on, leaving a
year that was just named costs, and leaving the stated span costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from brinkline.calendar import days_between, is_day, month_length
from brinkline.model import Day

#: Days of cost, set on histories and narratives with known dates; see docs/dates.md.
BACK_WEIGHT = 1.3
FORWARD_WEIGHT = 3.0
MONTH_BACK_WEIGHT = 4.0
OUTSIDE_SPAN = 250
AFTER_SPAN = 100
NOT_BETWEEN = 100
OTHER_YEAR = 400
OTHER_YEAR_LEADING = 600
CONTINUED = 60
FAR_OFF = 365
AHEAD_YEARS = 10


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
    """The state of the narrative line while its dates are read in order; ``at_day`` when its day stands right beside."""

    now: Point | None = None
    fine: Point | None = None
    day: Day | None = None
    span: tuple[Day, Day] | None = None
    span_words: str = ""
    use_span: bool = False
    year_cost: int = 0
    at_day: bool = False
    ahead: Day | None = None

    def move(self, point: Point, weight: str = "") -> None:
        """Make a date the running date; ``weight`` is "heading" or "leading" for one that opens a part or a sentence."""
        if not point.month and (weight == "heading" or (self.fine and 1 < point.year - self.fine.year <= AHEAD_YEARS)):
            self.fine = None
        self.now = point
        if point.month:
            self.fine, self.year_cost = point, 0
        else:
            named_again = self.fine is not None and self.fine.year == point.year
            self.year_cost = OTHER_YEAR_LEADING if weight else 0 if named_again else OTHER_YEAR
        if point.day:
            self.day = Day(point.year, point.month, point.day)
        elif self.day and (self.day.year, self.day.month) != (point.year, point.month or self.day.month):
            self.day = None

    def outside_span(self, point: Point) -> bool:
        """Whether a date lies a year or more outside the span of the case, while that is what the text tells of."""
        if self.span is None or not self.use_span:
            return False
        day = point.as_day()
        return days_between(day, self.span[0]) > FAR_OFF or days_between(self.span[1], day) > FAR_OFF

    def year_for(self, month: int, day: int, turn: int = 0) -> int | None:
        """The year of a month (and day, or 0) that lacks one; None when the narrative gives nothing to go by."""
        if self.now is None:
            return None
        near = {self.now.year, *(range(self.fine.year - 1, self.fine.year + 2) if self.fine else ())}
        years = [year for year in sorted(near) if not day or is_day(year, month, day)]
        if not years:
            years = [year for year in range(self.now.year - 4, self.now.year + 5) if is_day(year, month, day)]
        days = [Day(year, month, day or 15) for year in years]
        best = min(days, key=lambda near: self._cost(near, turn, bool(day)) + self._not_between(near, turn), default=None)
        return best.year if best is not None else None

    def _not_between(self, day: Day, turn: int) -> float:
        """What it costs that a date falls in a year before the last date, or after the next one that the text states."""
        if self.ahead is None or self.fine is None or turn or self.fine.as_day() > self.ahead:
            return 0.0
        return NOT_BETWEEN if day.year < self.fine.year or day > self.ahead else 0.0

    def day_for(self, number: int, turn: int = 0) -> Day | None:
        """The day for "the 24th": the nearest such day to the running date."""
        origin = self.now if self.now is not None and self.now.month else self.fine
        if origin is None:
            return None
        months = [origin.year * 12 + origin.month - 1 + step for step in (-1, 0, 1)]
        if not origin.day:
            months = months[1:2]
        days = [Day(index // 12, index % 12 + 1, number) for index in months]
        days = [day for day in days if number <= month_length(day.year, day.month)]
        return min(days, key=lambda day: self._cost(day, turn, True) + self._into_month_before(origin, day, turn), default=None)

    def _into_month_before(self, origin: Point, day: Day, turn: int) -> float:
        """What it costs that a day alone falls in the month before: "the 28th" after 5 July is 28 July."""
        if turn < 0 or (day.year, day.month) >= (origin.year, origin.month):
            return 0.0
        return days_between(day, origin.as_day()) * (MONTH_BACK_WEIGHT - BACK_WEIGHT)

    def _cost(self, day: Day, turn: int, fine_day: bool) -> float:
        cost = self._distance(self.fine, day, turn) if self.fine is not None else 0.0
        if self.year_cost and self.fine is not None and self.now is not None and day.year == self.now.year < self.fine.year:
            cost = float(abs(days_between(self.fine.as_day(), day)))
        if self.now is not None and day.year != self.now.year:
            cost += self.year_cost
            if self.year_cost and fine_day and self.fine is not None and self.fine.day and cost - self.year_cost <= 31:
                cost -= CONTINUED
        if self.use_span and self.span and not self.span[0] <= day <= self.span[1]:
            cost += OUTSIDE_SPAN + (AFTER_SPAN if day > self.span[1] else 0)
        return cost

    def _distance(self, origin: Point, day: Day, turn: int) -> float:
        distance = days_between(origin.as_day(), day)
        if turn < 0:
            return float(-distance) if distance <= 0 else distance * FORWARD_WEIGHT
        return float(distance) if distance >= 0 else -distance * (FORWARD_WEIGHT if turn > 0 else BACK_WEIGHT)
