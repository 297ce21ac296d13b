"""The time axis of a chart: days as numbers, and ticks that suit a span of days, months or years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brinkline import plain
from brinkline.calendar import month_length, to_number
from brinkline.model import Day
from brinkline.plain import span_text, year_text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_ROOM = 80  # pixels that a label and its group need
#: Steps between ticks, from finest to coarsest.
_STEPS: tuple[tuple[str, int], ...] = (
    *(("day", step) for step in (1, 2, 5, 10)),
    *(("month", step) for step in (1, 2, 3, 6)),
    *(("year", step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis: day number, its label, and the coarser label ("July 1937", "1937") where one begins, else ""."""

    number: int
    label: str
    group: str


def short_text(first: Day, last: Day) -> str:
    """The days from first to last with short names of months: "18 Sept 1931 – 18 Feb 1932"."""
    text = span_text(first, last)
    for name, short in zip(plain.MONTHS, MONTHS, strict=True):
        text = text.replace(name, short)
    return text


def ticks(first: Day, last: Day, most: int) -> tuple[Tick, ...]:
    """The ticks from ``first`` to ``last``: the finest step that gives no more than ``most``."""
    unit, step = _step(first, last, most)
    days = [day for day in _days(first, last, unit, step) if first <= day <= last]
    return tuple(_labelled(days, unit))


def _step(first: Day, last: Day, most: int) -> tuple[str, int]:
    span = to_number(last) - to_number(first) + 1
    lengths = {"day": 1, "month": 30.4, "year": 365.25}
    return next(((unit, step) for unit, step in _STEPS if span / (step * lengths[unit]) <= most), _STEPS[-1])


def _days(first: Day, last: Day, unit: str, step: int) -> Iterator[Day]:
    if unit == "year":
        yield from (Day(year, 1, 1) for year in range(first.year - first.year % step, last.year + 1, step))
        return
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = index // 12, index % 12 + 1
        if unit == "month":
            if (month - 1) % step == 0:
                yield Day(year, month, 1)
            continue
        yield Day(year, month, 1)
        length = month_length(year, month)
        start = step + 1 if step <= 2 else step
        # The last tick of a month stays clear of the first of the next.
        yield from (Day(year, month, day) for day in range(start, length + 1, step) if step == 1 or day + step / 2 <= length)


def _labelled(days: list[Day], unit: str) -> Iterator[Tick]:
    before: Day | None = None
    for day in days:
        match unit:
            case "day":
                new = before is None or (before.year, before.month) != (day.year, day.month)
                label, group = str(day.day), f"{MONTHS[day.month - 1]} {year_text(day.year)}"
            case "month":
                new = before is None or before.year != day.year
                label, group = MONTHS[day.month - 1], year_text(day.year)
            case _:
                new, label, group = False, year_text(day.year), ""
        yield Tick(to_number(day), label, group if new else "")
        before = day


@dataclass(frozen=True, slots=True)
class Scale:
    """From day numbers to x; a day is as wide as ``step`` and drawn at its middle."""

    first: int
    step: float
    left: float

    @classmethod
    def over(cls, first: Day, last: Day, left: float, right: float) -> Scale:
        """The scale on which the days from first to last, and a margin about them, fill the room from left to right."""
        low, high = to_number(first), to_number(last)
        margin = max(1, round((high - low) * 0.03))
        return cls(low - margin, (right - left) / (high - low + 1 + 2 * margin), left)

    def x(self, day_number: float) -> float:
        """The x of the middle of a day."""
        return round(self.left + (day_number - self.first + 0.5) * self.step, 1)


def time_axis(scale: Scale, first: Day, last: Day, top: float, bottom: float, most: int = 14) -> Iterator[str]:
    """Lines and labels of the time axis under a chart that reaches from ``top`` to ``bottom``."""
    shown = list(ticks(first, last, most))
    start = scale.x(to_number(first))
    if not shown or scale.x(shown[0].number) - start > _ROOM:
        # The axis begins between two ticks: the first day tells where.
        shown[:0] = _labelled([first], _step(first, last, most)[0])
    lowest = -1.0
    for tick in shown:
        x = scale.x(tick.number)
        yield f'<path class="grid" d="M{x:g} {top - 6:g}V{bottom:g}"/>'
        yield f'<text class="soft" x="{x:g}" y="{bottom + 16:g}" text-anchor="middle">{tick.label}</text>'
        if tick.group and x > lowest:
            yield f'<text class="group" x="{x:g}" y="{bottom + 33:g}" text-anchor="middle">{tick.group}</text>'
            lowest = x + 70
