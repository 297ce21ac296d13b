"""The world map as SVG: land, borders of today, a circle for each place, with its name and the days of its events.

Plate carrée, true at the middle of the box. Labels take the first free spot about their circle; one that finds none is left to
the title of its circle and the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from brinkline.charts.data import in_words
from brinkline.charts.land import borders_in, land_in, shapes
from brinkline.charts.places import Box, Spot, World
from brinkline.charts.style import OTHERS, tone
from brinkline.charts.svg import WIDTH, drawing, entries, mark, num, sample_block, text, width

_LEFT, _TOP, _WIDE, _HIGH = 8, 8, 1064, 560
_NOTE = "Colour: who acts there most. Size: number of events. Borders are those of today."
_APART = 1.4  # pixels: points nearer to each other are one


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Area) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


_FRAME = _Area(_LEFT, _TOP, _LEFT + _WIDE, _TOP + _HIGH)


def draw_world(table: World, *, standalone: bool = True, ident: str = "world", link: str | None = None) -> str:
    """The world map as an SVG element. Circles carry ``data-ref``, the ids of their events, and a title to hover.

    ``link`` makes each circle a link to "link + id" of its first event.
    """
    clip = f"{ident}-clip"
    frame = f'x="{_LEFT}" y="{_TOP}" width="{_WIDE}" height="{_HIGH}"'
    body = [f'<clipPath id="{clip}"><rect {frame}/></clipPath><g clip-path="url(#{clip})"><rect class="sea" {frame}/>']
    grain = _APART * (table.box.east - table.box.west) / _WIDE
    body.append(f'<path class="land" d="{_path(land_in(table.box, grain), table.box, "z")}"/>')
    body.append(f'<path class="border" d="{_path(borders_in(table.box, grain), table.box, "")}"/></g>')
    body.append(f'<rect class="frame" {frame}/>')
    body += [_circle(table.box, spot, link) for spot in by_size(table.spots)]
    body += _labels(table)
    body += [] if table.spots else [text(_LEFT + 12, _TOP + 24, describe_world(table), "halo")]
    named = {spot.party.key: spot.party for spot in table.spots if spot.party}
    items = [(sample_block(f"swatch {tone(party.tone)}"), party.name) for party in named.values()]
    items += [(sample_block(f"swatch {OTHERS}"), "nobody named")] if any(spot.party is None for spot in table.spots) else []
    legend, y = entries(_LEFT, _TOP + _HIGH + 24, items)
    y += 20 if items else 0
    legend.append(
        text(_LEFT, y, "Colour: who acts there most. Size: number of events. Borders are those of today.", "soft small")
    )
    title = f"Places: {table.title}" if table.title else "Places"
    told = describe_world(table)
    return drawing(ident, title, told, (WIDTH, y + 12), [*body, *legend], standalone=standalone, linked=link is not None)


def describe_world(table: World) -> str:
    """The chart in one or two sentences, for readers who cannot see it."""
    if not table.spots:
        return "No event of the narrative names a place with known coordinates."
    listed = "; ".join(f"{spot.name} ({spot.days or 'no date'})" for spot in table.spots)
    count = f"{len(table.spots)} place{'' if len(table.spots) == 1 else 's'} of events"
    rest = f" {table.unplaced} named without coordinates." if table.unplaced else ""
    return f"{count}: {listed}.{rest} Shapes: {shapes().source}."


def by_size(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, largest first, so that small circles lie on top."""
    return sorted(spots, key=lambda spot: -len(spot.visits))


def _xy(box: Box, longitude: float, latitude: float) -> tuple[float, float]:
    while longitude < box.west:
        longitude += 360
    while longitude > box.east and longitude - 360 >= box.west:
        longitude -= 360
    return _plane(box, longitude, latitude)


def _plane(box: Box, longitude: float, latitude: float) -> tuple[float, float]:
    x = _LEFT + (longitude - box.west) / (box.east - box.west) * _WIDE
    return x, _TOP + (box.north - latitude) / (box.north - box.south) * _HIGH


def _path(lines: Iterable[Sequence[tuple[float, float]]], box: Box, end: str) -> str:
    """The lines as a path of steps from point to point, in tenths of a pixel so that no rounding adds up."""
    parts = []
    for line in lines:
        steps: list[tuple[int, int]] = []
        at = (0, 0)
        for longitude, latitude in line:
            x, y = _plane(box, longitude, latitude)
            point = round(10 * x), round(10 * y)
            if not steps or point != at:
                steps.append((point[0] - at[0], point[1] - at[1]))
            at = point
        if len(steps) > (2 if end else 1):
            first, *rest = (f"{num(x / 10)} {num(y / 10)}" for x, y in steps)
            parts.append(f"M{first}l{' '.join(rest)}{end}")
    return "".join(parts)


def _radius(spot: Spot) -> float:
    return round(5 + 3 * math.sqrt(min(len(spot.visits) - 1, 9)), 1)


def _circle(box: Box, spot: Spot, link: str | None) -> str:
    x, y = _xy(box, spot.longitude, spot.latitude)
    kind = tone(spot.party.tone) if spot.party else OTHERS
    circle = f'<circle class="place {kind}" cx="{num(x)}" cy="{num(y)}" r="{num(_radius(spot))}"/>'
    told = "; ".join(in_words(visit.date, visit.who, visit.label, visit.mode, visit.whom) for visit in spot.visits)
    if link is None:
        return mark("spot", f"{spot.name}: {told}", circle, " ".join(visit.event for visit in spot.visits))
    return mark("spot", f"{spot.name}: {told}", circle, spot.visits[0].event, link)


def _labels(table: World) -> Iterator[str]:
    taken = [_around(table.box, spot) for spot in table.spots]
    for spot in by_size(table.spots):
        x, y = _xy(table.box, spot.longitude, spot.latitude)
        far = _radius(spot) + 5
        size = max(width(spot.name, bold=True), width(spot.days, 12))
        for left, top in _offers(x, y, far, size, 30 if spot.days else 16):
            area = _Area(left - 2, top, left + size + 2, top + (30 if spot.days else 16))
            if not _free(area, taken, _around(table.box, spot)):
                continue
            taken.append(area)
            yield from _leader(x, y, _radius(spot), area)
            anchor, at = ("end", left + size) if left + size <= x else ("", left) if left >= x else ("middle", left + size / 2)
            yield text(at, top + 12, spot.name, "lane-name halo", anchor)
            if spot.days:
                yield text(at, top + 26, spot.days, "soft small halo", anchor)
            break
    for home in table.homes:
        x, y = _xy(table.box, home.longitude, home.latitude)
        name = home.party.name.upper()
        size = width(name, 12) * 1.08
        for down in (0, 22, -22, 44, -44):
            area = _Area(x - size / 2, y + down - 10, x + size / 2, y + down + 6)
            if _free(area, taken, None):
                taken.append(area)
                yield text(x, y + down + 3, name, "country small halo", "middle")
                break


def _leader(x: float, y: float, radius: float, area: _Area) -> Iterator[str]:
    """A thin line from a circle to its label, where the label had to stand away from it."""
    goal = min(max(x, area.left), area.right), min(max(y, area.top), area.bottom)
    away = math.hypot(goal[0] - x, goal[1] - y)
    if away > radius + 9:
        start = x + radius / away * (goal[0] - x), y + radius / away * (goal[1] - y)
        yield f'<path class="zero" d="M{num(start[0])} {num(start[1])}L{num(goal[0])} {num(goal[1])}"/>'


def _offers(x: float, y: float, far: float, size: float, high: float) -> Iterator[tuple[float, float]]:
    """Left and top of the places about a point where its label may stand, best first."""
    for step in (0.0, 14.0, 30.0):
        reach = far + step
        yield x + reach, y - high / 2
        yield x - reach - size, y - high / 2
        yield x - size / 2, y + reach
        yield x - size / 2, y - reach - high
        yield x + reach, y + reach / 2
        yield x + reach, y - reach / 2 - high
        yield x - reach - size, y + reach / 2
        yield x - reach - size, y - reach / 2 - high


def _around(box: Box, spot: Spot) -> _Area:
    x, y = _xy(box, spot.longitude, spot.latitude)
    radius = _radius(spot)
    return _Area(x - radius, y - radius, x + radius, y + radius)


def _free(area: _Area, taken: Sequence[_Area], own: _Area | None) -> bool:
    inside = (
        area.left >= _FRAME.left + 3
        and area.right <= _FRAME.right - 3
        and area.top >= _FRAME.top + 2
        and area.bottom <= _FRAME.bottom - 2
    )
    return inside and not any(area.meets(other) for other in taken if other != own)
