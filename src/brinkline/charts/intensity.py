"""Intensity over time: every dated event at its day and its place on the scale from -10 (war) to +10 (union).

The running line is the mean of the last five events that were done, in order of time: what was only demanded, threatened or
planned, and what is denied, is drawn but does not move it. The window is that of the timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brinkline.calendar import to_number
from brinkline.charts.data import DONE, Mark, timeline
from brinkline.charts.parties import Party, cast
from brinkline.charts.rows import Rows
from brinkline.model import Day
from brinkline.record import Coding

LAST = 5


@dataclass(frozen=True, slots=True)
class Point:
    """An event of the chart: its days, its intensity, and the party of its first initiator (None: nobody is named)."""

    mark: Mark
    party: int | None
    intensity: float

    @property
    def middle(self) -> float:
        """The day number in the middle of its days."""
        return (to_number(self.mark.first) + to_number(self.mark.last)) / 2


@dataclass(frozen=True, slots=True)
class Intensity:
    """The chart's table: points in order of time, and the running mean after each day that has done events."""

    title: str
    first: Day | None
    last: Day | None
    parties: tuple[Party, ...] = ()
    points: tuple[Point, ...] = ()
    running: tuple[tuple[float, float], ...] = ()
    before: int = 0
    after: int = 0
    undated: int = 0


def intensity(coding: Coding) -> Intensity:
    """The intensity chart of a coding."""
    window = timeline(coding)
    if window.first is None or window.last is None:
        return Intensity(window.title, None, None, undated=window.undated)
    events = {event.id: event for event in coding.events}
    people = cast(coding)
    points = []
    for mark in window.marks:
        ends = people.ends(events[mark.event].who)
        points.append(Point(mark, ends[0].party if ends else None, events[mark.event].intensity))
    points.sort(key=lambda point: (point.middle, point.mark.first))
    acting = {point.party for point in points}
    return Intensity(
        window.title,
        window.first,
        window.last,
        tuple(party for place, party in enumerate(people.parties) if place in acting),
        tuple(_renumbered(points, people.parties, acting)),
        _running(points),
        window.before,
        window.after,
        window.undated,
    )


def intensity_rows(table: Intensity) -> Rows:
    """The points as rows, in order of time; ``running_mean`` is the line's value after the event's day."""
    means = dict(table.running)
    return Rows(
        ("event", "date", "earliest", "latest", "who", "type", "mode", "whom", "intensity", "running_mean"),
        tuple(
            (
                *(point.mark.event, point.mark.date, point.mark.first.iso(), point.mark.last.iso(), point.mark.who),
                *(point.mark.label, point.mark.mode, point.mark.whom, point.intensity, means.get(point.middle)),
            )
            for point in table.points
        ),
    )


def _renumbered(points: Sequence[Point], parties: Sequence[Party], acting: set[int | None]) -> list[Point]:
    """The points with the indices that the parties have once those who never act are left out."""
    kept = [place for place, party in enumerate(parties) if place in acting]
    return [Point(point.mark, None if point.party is None else kept.index(point.party), point.intensity) for point in points]


def _running(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    line: dict[float, float] = {}
    values: list[float] = []
    for point in points:
        if point.mark.mode in DONE:
            values.append(point.intensity)
            line[point.middle] = round(sum(values[-LAST:]) / len(values[-LAST:]), 3)
    return tuple(line.items())
