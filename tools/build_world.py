"""Write src/brinkline/charts/world.json: coasts and borders for the world map of a coding, small enough to ship.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_world.py package/countries-50m.json

Shapes: Natural Earth (public domain, https://www.naturalearthdata.com), 1:50m, as TopoJSON in the npm package world-atlas
(ISC licence). Arcs are thinned out by effective area (Visvalingam and Whyatt 1993), the least important points first, and
rounded to 1/40 degree; arcs that two countries share are thinned once, so borders stay closed. Islands below a size, and
Antarctica, are left out. Same input, same bytes.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src" / "brinkline" / "charts" / "world.json"
UNITS = 40  # per degree
LEAST_POINT = 0.006  # square degrees (at the equator's measure) that a point must be worth
LEAST_ISLAND = 0.012  # square degrees
SOUTH = -60.0
SOURCE = (
    "Natural Earth 1:50m (public domain, https://www.naturalearthdata.com), "
    "by way of world-atlas 2.0.2 (ISC, Michael Bostock); thinned by tools/build_world.py"
)
LICENCE = (
    "world-atlas: Copyright 2013-2019 Michael Bostock. Permission to use, copy, modify, and/or distribute this "
    "software for any purpose with or without fee is hereby granted, provided that the above copyright notice and "
    'this permission notice appear in all copies. The software is provided "as is" and the author disclaims all '
    "warranties with regard to this software including all implied warranties of merchantability and fitness. In no "
    "event shall the author be liable for any special, direct, indirect, or consequential damages or any damages "
    "whatsoever resulting from loss of use, data or profits, whether in an action of contract, negligence or other "
    "tortious action, arising out of or in connection with the use or performance of this software."
)

Point = tuple[float, float]


def main(path: str) -> None:
    """Write world.json from a TopoJSON file."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs = [thinned(line) for line in decoded(topology)]
    rings = [ring for ring in land_rings(topology) if keep(joined(ring, arcs))]
    borders = sorted(shared(topology))
    used = sorted({index if index >= 0 else ~index for ring in rings for index in ring} | set(borders))
    place = {old: new for new, old in enumerate(used)}
    content = {
        "source": SOURCE,
        "licence": LICENCE,
        "units": UNITS,
        "arcs": [deltas(arcs[old]) for old in used],
        "land": [[place[index] if index >= 0 else ~place[~index] for index in ring] for ring in rings],
        "borders": [place[index] for index in borders],
    }
    text = json.dumps(content, separators=(",", ":")).replace("]],", "]],\n") + "\n"
    OUT.write_text(text, encoding="utf-8", newline="")
    points = sum(len(arc) for arc in content["arcs"]) // 2
    sys.stdout.write(f"{OUT.name}: {len(text) // 1000} kB, {len(rings)} rings, {len(borders)} borders, {points} points\n")


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * kx + dx, y * ky + dy))
        lines.append(line)
    return lines


def land_rings(topology: dict[str, Any]) -> list[list[int]]:
    """The rings of all land, as lists of arcs (~n for arc n backwards)."""
    geometries = topology["objects"]["land"].get("geometries") or [topology["objects"]["land"]]
    return [ring for geometry in geometries for polygon in polygons(geometry) for ring in polygon]


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def shared(topology: dict[str, Any]) -> list[int]:
    """The arcs that belong to two countries."""
    counts: Counter[int] = Counter()
    for geometry in topology["objects"]["countries"]["geometries"]:
        if "arcs" in geometry:
            counts.update({index if index >= 0 else ~index for p in polygons(geometry) for ring in p for index in ring})
    return [index for index, count in counts.items() if count > 1]


def thinned(line: list[Point]) -> list[Point]:
    """The line without the points whose triangle with their neighbours is smaller than ``LEAST_POINT``; ends are kept."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    least = 4 if line[0] == line[-1] else 2
    heap = [(area(line, at - 1, at, at + 1), at) for at in range(1, len(line) - 1)]
    worth = {at: value for value, at in heap}
    heapq.heapify(heap)
    gone: set[int] = set()
    while heap and len(line) - len(gone) > least:
        value, at = heapq.heappop(heap)
        if at in gone or worth[at] != value:
            continue
        if value >= LEAST_POINT:
            break
        gone.add(at)
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for near in (left, right):
            if 0 < near < len(line) - 1:
                worth[near] = max(value, area(line, before[near], near, after[near]))
                heapq.heappush(heap, (worth[near], near))
    return [point for at, point in enumerate(line) if at not in gone]


def area(line: list[Point], one: int, two: int, three: int) -> float:
    """The area of a triangle in square degrees of the equator's measure."""
    (ax, ay), (bx, by), (cx, cy) = line[one], line[two], line[three]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * math.cos(math.radians(by))


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring."""
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def keep(ring: list[Point]) -> bool:
    """Whether a ring is large enough and not Antarctica."""
    if max(y for _, y in ring) < SOUTH:
        return False
    size = abs(sum(x * b - a * y for (x, y), (a, b) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    return size * math.cos(math.radians(ring[0][1])) >= LEAST_ISLAND


def deltas(line: list[Point]) -> list[int]:
    """The line in units, each point as the difference from the one before; points that fall together are one."""
    made: list[int] = []
    x = y = 0
    for lon, lat in line:
        across, up = round(lon * UNITS), round(lat * UNITS)
        if made and (across, up) == (x, y):
            continue
        made += [across - x, up - y]
        x, y = across, up
    return made


if __name__ == "__main__":
    main(sys.argv[1])
