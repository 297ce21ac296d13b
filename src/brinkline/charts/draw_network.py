"""The dyad network as SVG: actors on a circle in the order of their columns, a line for each pair that acts.

The width of a line is the number of events, its colour and sign the mean intensity: hostile, even, friendly. Its label has
both, so nothing is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brinkline.charts.network import Network, Tie
from brinkline.charts.style import tone
from brinkline.charts.svg import WIDTH, Sample, drawing, entries, mark, num, sample_line, text, width, wrapped

_HIGH, _ACROSS, _UP = 560, 300.0, 210.0
_EVEN = 0.5  # a mean closer to 0 than this is neither hostile nor friendly
_NOTE = "Width and first number: events done, both ways. Second number: mean intensity, -10 to +10."
NOTHING = "No event of the narrative has both an initiator and a receiver."
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Bow:
    """The line of a tie: its ends, and the point it is drawn towards."""

    start: Point
    bend: Point
    end: Point

    def at(self, part: float) -> Point:
        """The point of the line after a part of its course (0 to 1)."""
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )


def draw_network(table: Network, *, standalone: bool = True, ident: str = "network", link: str | None = None) -> str:
    """The network as an SVG element. Lines carry ``data-ref``, the ids of their events, and a title to hover.

    ``link`` makes each line a link to "link + id" of its first event.
    """
    points = _circle(len(table.parties))
    bows = [_bow(points[tie.one], points[tie.other]) for tie in table.ties]
    body = [_tie(table, tie, bow, link) for tie, bow in zip(table.ties, bows, strict=True)]
    body += _labels(table, bows, points)
    body += [part for place, point in enumerate(points) for part in _node(table, place, point)]
    body += [] if table.ties else [text(12, 24, NOTHING, "soft")]
    items: list[tuple[Sample, str]] = [
        (sample_line("trend tie bad"), "hostile on average"),
        (sample_line("trend tie even"), "even"),
        (sample_line("trend tie good"), "friendly on average"),
    ]
    legend, y = entries(8, _HIGH + 16, items)
    legend.append(
        text(
            8,
            y + 20,
            "Width and first number: events done, both ways. Second number: mean intensity, -10 to +10.",
            "soft small",
        )
    )
    title = f"Who acts towards whom: {table.title}" if table.title else "Who acts towards whom"
    told = describe_network(table)
    return drawing(ident, title, told, (WIDTH, y + 32), [*body, *legend], standalone=standalone, linked=link is not None)


def describe_network(table: Network) -> str:
    """The chart in one or two sentences, for readers who cannot see it."""
    if not table.ties:
        return NOTHING
    most = max(table.ties, key=lambda tie: tie.count)
    names = f"{table.parties[most.one].name} and {table.parties[most.other].name}"
    pairs = f"{len(table.ties)} pair{'' if len(table.ties) == 1 else 's'} of {len(table.parties)} actors"
    return f"{pairs}. Most events: {names}, {most.count}, mean intensity {signed(most.intensity)}."


def signed(value: float) -> str:
    """A mean intensity with its sign: "-8.5", "+3.0", "0.0"."""
    return f"{round(value, 1) + 0:+.1f}".replace("+0.0", "0.0")


def _circle(count: int) -> list[Point]:
    """The places of the actors: two stand side by side, more on an ellipse from the left, clockwise."""
    turns = [math.pi + 2 * math.pi * place / max(count, 1) for place in range(count)]
    return [(WIDTH / 2 + _ACROSS * math.cos(turn), _HIGH / 2 + _UP * math.sin(turn)) for turn in turns]


def _bow(start: Point, end: Point) -> _Bow:
    """A line drawn a little to the middle, so that neighbours on the circle do not hide each other's labels."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    pull = 0.28
    return _Bow(start, (middle[0] + (WIDTH / 2 - middle[0]) * pull, middle[1] + (_HIGH / 2 - middle[1]) * pull), end)


def _kind(tie: Tie) -> str:
    return "even" if abs(tie.intensity) < _EVEN else "bad" if tie.intensity < 0 else "good"


def _tie(table: Network, tie: Tie, bow: _Bow, link: str | None) -> str:
    thick = min(1 + 2 * math.sqrt(tie.count), 12.0)
    curve = f"M{_pair(bow.start)}Q{_pair(bow.bend)} {_pair(bow.end)}"
    one, other = table.parties[tie.one].name, table.parties[tie.other].name
    told = f"{one} to {other}: {tie.there}; {other} to {one}: {tie.back}; mean intensity {signed(tie.intensity)}"
    ref = tie.events[0] if link is not None else " ".join(tie.events)
    return mark("dyad", told, f'<path class="tie {_kind(tie)}" stroke-width="{num(thick)}" d="{curve}"/>', ref, link)


def _pair(point: Point) -> str:
    return f"{num(point[0])} {num(point[1])}"


def _labels(table: Network, bows: Sequence[_Bow], points: Sequence[Point]) -> Iterator[str]:
    """The labels of the ties, the most frequent first, each at the first free point of its line; the rest are in the table."""
    taken = [(x, y, 30.0, 24.0) for x, y in points]
    for tie, bow in sorted(zip(table.ties, bows, strict=True), key=lambda pair: -pair[0].count):
        words = f"{tie.count} · {signed(tie.intensity)}"
        half = width(words, 12) / 2
        for part in (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78):
            x, y = bow.at(part)
            if all(abs(x - a) > half + w or abs(y - b) > 9 + h for a, b, w, h in taken):
                taken.append((x, y, half, 9.0))
                size = f'width="{num(2 * half + 4)}" height="16" rx="4"'
                yield f'<rect class="paper" x="{num(x - half - 2)}" y="{num(y - 8)}" {size}/>'
                yield text(x, y + 4, words, "small num", "middle")
                break


def _node(table: Network, place: int, point: Point) -> Iterator[str]:
    party, (x, y) = table.parties[place], point
    radius = 9 + 3 * math.sqrt(table.counts[place])
    radius = min(radius, 26.0)
    yield f'<circle class="node {tone(party.tone)}" cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"/>'
    yield text(x, y + 4, str(table.counts[place]), "small num", "middle")
    lines = wrapped(party.name, 170, 2, bold=True)
    if abs(x - WIDTH / 2) < 60:
        top = y - radius - 8 - 15 * (len(lines) - 1) if y < _HIGH / 2 else y + radius + 17
        at, anchor = x, "middle"
    else:
        top = y + 4 - 7.5 * (len(lines) - 1)
        at, anchor = (x + radius + 8, "") if x > WIDTH / 2 else (x - radius - 8, "end")
    for number, line in enumerate(lines):
        yield text(at, top + 15 * number, line, "lane-name", anchor)
