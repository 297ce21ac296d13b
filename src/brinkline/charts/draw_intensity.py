"""Intensity over time as SVG: points on a scale from -10 to +10, bars where the day is not known to the day, a running line."""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.calendar import to_number
from brinkline.charts.axis import Scale, time_axis
from brinkline.charts.data import DONE, in_words
from brinkline.charts.intensity import LAST, Intensity, Point
from brinkline.charts.style import tone
from brinkline.charts.svg import (
    WIDTH,
    drawing,
    entries,
    manner,
    mark,
    num,
    sample_block,
    sample_line,
    sample_shape,
    shape,
    text,
)
from brinkline.plain import span_text

_LEFT, _RIGHT, _TOP, _HIGH = 96, 16, 14, 320
NOTHING = "Nothing in the narrative could be dated."
_NEAR = 13  # pixels between marks that would lie on each other


def draw_intensity(table: Intensity, *, standalone: bool = True, ident: str = "intensity", link: str | None = None) -> str:
    """The intensity chart as an SVG element. Points carry ``data-ref``, the id of their event, and a title to hover."""
    bottom = _TOP + _HIGH
    body = [*_scale_of_intensity(bottom)]
    if table.first is not None and table.last is not None:
        scale = Scale.over(table.first, table.last, _LEFT, WIDTH - _RIGHT)
        body += time_axis(scale, table.first, table.last, _TOP, bottom + 10)
        body += _line(table, scale)
        body += _points(table, scale, link)
    if not table.points:
        body.append(text(_LEFT, bottom + 26, NOTHING, "soft"))
    legend, y = _legend(table, bottom + 72)
    title = f"Intensity over time: {table.title}" if table.title else "Intensity over time"
    told = describe_intensity(table)
    return drawing(ident, title, told, (WIDTH, y + 14), [*body, *legend], standalone=standalone, linked=link is not None)


def describe_intensity(table: Intensity) -> str:
    """The chart in one or two sentences, for readers who cannot see it."""
    if table.first is None or table.last is None or not table.points:
        return NOTHING
    done = [point.intensity for point in table.points if point.mark.mode in DONE]
    lowest = min(table.points, key=lambda point: point.intensity)
    mean = f" Mean of what was done: {sum(done) / len(done):+.1f}." if done else ""
    outside = f" {table.before} earlier and {table.after} later are not drawn." if table.before or table.after else ""
    return (
        f"{len(table.points)} dated events, {span_text(table.first, table.last)}, on a scale from -10 (war) to +10 (union)."
        f"{mean} Lowest: {lowest.mark.label} ({lowest.intensity:+g}, {lowest.mark.date}).{outside}"
    )


def _y(intensity: float) -> float:
    return _TOP + _HIGH * (10 - max(-10.0, min(10.0, intensity))) / 20


def _scale_of_intensity(bottom: float) -> Iterator[str]:
    names = {10: "union", 5: "help", 0: "neutral", -5: "pressure", -10: "war"}
    for value in range(10, -11, -5):
        y = _y(value)
        yield f'<path class="{"zero" if value == 0 else "grid"}" d="M{_LEFT - 6} {num(y)}H{WIDTH - _RIGHT}"/>'
        yield text(_LEFT - 12, y + 4, f"{value:+d}" if value else "0", "soft num", "end")
        yield text(4, y + 4, names[value], "soft")


def _points(table: Intensity, scale: Scale, link: str | None) -> Iterator[str]:
    taken: list[tuple[float, float]] = []
    for point in table.points:
        x, y = _middle(table, scale, point), _y(point.intensity)
        for step in range(2 * len(table.points) + 2):
            aside = x + _NEAR * ((step + 1) // 2) * (1 if step % 2 else -1)
            inside = _LEFT < aside < WIDTH - 8
            if inside and not any(abs(aside - a) < _NEAR and abs(y - b) < _NEAR for a, b in taken):
                x = aside
                break
        taken.append((x, y))
        yield _point(table, scale, point, x, y, link)


def _middle(table: Intensity, scale: Scale, point: Point) -> float:
    left, right = _extent(table, scale, point)
    return (left + right) / 2


def _extent(table: Intensity, scale: Scale, point: Point) -> tuple[float, float]:
    low = to_number(table.first) if table.first else 0
    high = to_number(table.last) if table.last else 0
    return scale.x(max(to_number(point.mark.first), low)), scale.x(min(to_number(point.mark.last), high))


def _point(table: Intensity, scale: Scale, point: Point, x: float, y: float, link: str | None) -> str:
    kind = tone(None if point.party is None else table.parties[point.party].tone)
    left, right = _extent(table, scale, point)
    bar = f'<path class="range {kind}" d="M{num(left)} {num(y)}H{num(right)}"/>' if right - left > 8 else ""
    drawn = shape(point.mark.layer, x, round(y, 1), manner(kind, armed=point.mark.armed, done=point.mark.mode in DONE))
    shown = point.mark
    told = f"{in_words(shown.date, shown.who, shown.label, shown.mode, shown.whom)}, {point.intensity:+g}"
    return mark("mark", told, bar + drawn, point.mark.event, link)


def _line(table: Intensity, scale: Scale) -> Iterator[str]:
    if len(table.running) < 2:
        return
    low = to_number(table.first) if table.first else 0
    high = to_number(table.last) if table.last else 0
    steps = [(scale.x(min(max(middle, low), high)), _y(mean)) for middle, mean in table.running]
    yield f'<path class="trend" d="M{"L".join(f"{num(x)} {num(y)}" for x, y in steps)}"/>'


def _legend(table: Intensity, y: float) -> tuple[list[str], float]:
    items = [(sample_block(f"swatch {tone(party.tone)}"), party.name) for party in table.parties]
    if any(point.party is None for point in table.points) and all(party.tone is not None for party in table.parties):
        items.append((sample_block("swatch tx"), "nobody named"))
    first, y = entries(_LEFT - 8, y, items)
    items = [
        (sample_shape("do", "tx"), "deed"),
        (sample_shape("say", "tx"), "word"),
        (sample_shape("think", "tx"), "thought"),
        (sample_shape("do", "tx armed"), "armed force"),
        (sample_shape("do", "tx undone"), "not done (demanded, denied …)"),
        (sample_line("trend"), f"mean of the last {LAST} that were done"),
        (sample_line("range tx"), "may be any of these days"),
    ]
    second, y = entries(_LEFT - 8, y + 22, items)
    return [*first, *second], y
