"""Coasts and borders of the world, cut to a box: from ``world.json``, which ``tools/build_world.py`` writes."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from brinkline.charts.places import Box

Point = tuple[float, float]
_MARGIN = 0.04  # of the box on each side, so that cut edges lie outside the picture


@dataclass(frozen=True, slots=True)
class Line:
    """A ring of land or a border as (longitude, latitude), with the range of each."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Shapes:
    """Rings of land and lines between states, and where they are from."""

    source: str
    rings: tuple[Line, ...]
    borders: tuple[Line, ...]


@functools.cache
def shapes() -> Shapes:
    """The shapes of the world; borders are those of today."""
    content: dict[str, Any] = json.loads(resources.files("brinkline.charts").joinpath("world.json").read_text(encoding="utf-8"))
    arcs = [tuple(_points(arc, content["units"])) for arc in content["arcs"]]
    rings = tuple(_line(tuple(_joined(ring, arcs))) for ring in content["land"])
    return Shapes(content["source"], rings, tuple(_line(arcs[index]) for index in content["borders"]))


def land_in(box: Box, grain: float = 0.0) -> Iterator[list[Point]]:
    """The rings of land inside the box, cut to it; longitudes are moved by 360 degrees where the box crosses the date line.

    Points nearer to each other than ``grain`` degrees are one, and rings smaller than it are left out.
    """
    west, south, east, north = edges = _widened(box)
    for ring in shapes().rings:
        if max(ring.east - ring.west, ring.north - ring.south) < 2 * grain:
            continue
        for turn in _turns(ring, edges):
            cut = _thinned(ring.points, turn, grain)
            low, high = ring.west + turn, ring.east + turn
            for axis, bound, above, needed in (
                (0, west, True, low < west),
                (0, east, False, high > east),
                (1, south, True, ring.south < south),
                (1, north, False, ring.north > north),
            ):
                cut = _cut(cut, axis, bound, above) if needed else cut
            if len(cut) > 2:
                yield cut


def borders_in(box: Box, grain: float = 0.0) -> Iterator[list[Point]]:
    """The pieces of borders that touch the box; points nearer to each other than ``grain`` degrees are one."""
    west, south, east, north = edges = _widened(box)
    for line in shapes().borders:
        for turn in _turns(line, edges):
            piece: list[Point] = []
            before: Point | None = None
            for point in _thinned(line.points, turn, grain):
                if west <= point[0] <= east and south <= point[1] <= north:
                    piece = piece or ([before] if before else [])
                    piece.append(point)
                elif piece:
                    yield [*piece, point]
                    piece = []
                before = point
            if len(piece) > 1:
                yield piece


def _line(points: tuple[Point, ...]) -> Line:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Line(points, min(xs), min(ys), max(xs), max(ys))


def _turns(line: Line, edges: tuple[float, float, float, float]) -> Iterator[float]:
    """The turns of the endless strip of longitudes (0, one up, one down) at which the line meets the range."""
    west, south, east, north = edges
    if line.south <= north and line.north >= south:
        yield from (turn for turn in (-360.0, 0.0, 360.0) if line.west + turn <= east and line.east + turn >= west)


def _thinned(points: Sequence[Point], turn: float, grain: float) -> list[Point]:
    """The points, moved, each at least a grain from the one before; the ends are kept."""
    kept: list[Point] = []
    for x, y in points[:-1]:
        if not kept or abs(x + turn - kept[-1][0]) + abs(y - kept[-1][1]) >= grain:
            kept.append((x + turn, y))
    return [*kept, (points[-1][0] + turn, points[-1][1])]


def _widened(box: Box) -> tuple[float, float, float, float]:
    across, up = (box.east - box.west) * _MARGIN, (box.north - box.south) * _MARGIN
    return box.west - across, box.south - up, box.east + across, box.north + up


def _points(arc: Sequence[int], units: int) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / units, y / units


def _joined(ring: Iterable[int], arcs: Sequence[tuple[Point, ...]]) -> Iterator[Point]:
    """The points of a ring without a jump: beyond the date line longitudes go on past 180."""
    turn, last = 0.0, None
    for number, index in enumerate(ring):
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        for longitude, latitude in arc[1:] if number else arc:
            if last is not None and abs(longitude - last) > 180:
                turn += 360.0 if longitude < last else -360.0
            last = longitude
            yield longitude + turn, latitude


def _cut(ring: Sequence[Point], axis: int, bound: float, above: bool) -> list[Point]:
    """The ring on one side of a line (Sutherland and Hodgman 1974)."""
    inside: Callable[[Point], bool] = (lambda p: p[axis] >= bound) if above else (lambda p: p[axis] <= bound)
    made: list[Point] = []
    for at, point in enumerate(ring):
        one = ring[at - 1]
        if inside(one) != inside(point):
            part = (bound - one[axis]) / (point[axis] - one[axis])
            made.append((one[0] + part * (point[0] - one[0]), one[1] + part * (point[1] - one[1])))
        if inside(point):
            made.append(point)
    return made
