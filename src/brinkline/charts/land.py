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
class Shapes:
    """Rings of land and lines between states, as (longitude, latitude), and where they are from."""

    source: str
    rings: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]


@functools.cache
def shapes() -> Shapes:
    """The shapes of the world; borders are those of today."""
    content: dict[str, Any] = json.loads(resources.files("brinkline.charts").joinpath("world.json").read_text(encoding="utf-8"))
    arcs = [tuple(_points(arc, content["units"])) for arc in content["arcs"]]
    rings = tuple(tuple(_joined(ring, arcs)) for ring in content["land"])
    return Shapes(content["source"], rings, tuple(arcs[index] for index in content["borders"]))


def land_in(box: Box) -> Iterator[list[Point]]:
    """The rings of land inside the box, cut to it; longitudes are moved by 360 degrees where the box crosses the date line."""
    west, south, east, north = _widened(box)
    for ring in shapes().rings:
        for moved in _copies(ring, west, east):
            cut: list[Point] = moved
            for axis, bound, above in ((0, west, True), (0, east, False), (1, south, True), (1, north, False)):
                cut = _cut(cut, axis, bound, above)
            if len(cut) > 2:
                yield cut


def borders_in(box: Box) -> Iterator[list[Point]]:
    """The pieces of borders that touch the box."""
    west, south, east, north = _widened(box)
    for line in shapes().borders:
        for moved in _copies(line, west, east):
            piece: list[Point] = []
            for before, point in zip(moved[:1] + moved, moved, strict=False):
                if west <= point[0] <= east and south <= point[1] <= north:
                    piece = piece or ([before] if before != point else [])
                    piece.append(point)
                elif piece:
                    yield [*piece, point]
                    piece = []
            if len(piece) > 1:
                yield piece


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


def _copies(line: Sequence[Point], west: float, east: float) -> Iterator[list[Point]]:
    """The line at each place of the endless strip of longitudes where it meets the range."""
    low, high = min(x for x, _ in line), max(x for x, _ in line)
    for turn in (-360.0, 0.0, 360.0):
        if low + turn <= east and high + turn >= west:
            yield [(x + turn, y) for x, y in line]


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
