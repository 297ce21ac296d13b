"""Drawings of chart tables as SVG text: whole numbers and fixed order, so the same table gives the same bytes everywhere.

Nothing is told by colour alone: the layer of an event (do, say, think) is its shape, armed force a filled shape, and what was
not done (demanded, threatened, denied, ...) a dashed outline. Colours are CSS custom properties with fall-backs, so a page can
set them for dark mode; a drawing that stands alone carries its own style.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from brinkline.calendar import to_number
from brinkline.charts.axis import short_text, ticks
from brinkline.charts.data import Bar, Mark, Timeline
from brinkline.plain import day_text

WIDTH = 1080
_LEFT, _RIGHT, _TOP = 168, 16, 14
_ROW, _PAD, _GAP, _LEAST, _MOST_ROWS = 18, 9, 6, 44, 9
_TICKS = 14
_DONE = frozenset({"done", "ongoing", "reported"})

STYLE = """
.bl-chart{font:13px/1.3 system-ui,-apple-system,"Segoe UI",sans-serif;--l0:#2f5d8c;--l1:#a34a28;--l2:#2c6e5a;--l3:#6d4a86;
--l4:#75631c;--l5:#4c5b6b;--ink:#26292d;--soft:#5b6067;--rule:#d8d5cd;--paper:#fff}
@media (prefers-color-scheme:dark){.bl-chart{--l0:#8fbbe8;--l1:#eba384;--l2:#8accb5;--l3:#c7a6de;--l4:#d6c27a;--l5:#b0bdca;
--ink:#e9e6df;--soft:#aeb1b5;--rule:#43464b;--paper:#1c1e21}}
"""
#: Rules that a page needs besides its own colours; a drawing that stands alone has them after ``STYLE``.
RULES = """
.bl-chart text{fill:var(--ink)}.bl-chart .soft{fill:var(--soft)}.bl-chart .group{fill:var(--soft);font-weight:600}
.bl-chart .lane-name{font-weight:600}.bl-chart .small{font-size:12px}.bl-chart .grid{stroke:var(--rule);stroke-width:1}
.bl-chart .band{fill:var(--tone);opacity:.13}.bl-chart .edge{stroke:var(--tone);stroke-width:2.5;stroke-linecap:round}
.bl-chart .open{stroke-dasharray:1 5}.bl-chart .shape{fill:var(--paper);stroke:var(--tone);stroke-width:2}
.bl-chart .armed .shape{fill:var(--tone)}.bl-chart .undone .shape{stroke-dasharray:2.5 2;fill:var(--paper)}
.bl-chart .range{stroke:var(--tone);stroke-width:2;opacity:.55;stroke-linecap:round}
.bl-chart .t0{--tone:var(--l0)}.bl-chart .t1{--tone:var(--l1)}.bl-chart .t2{--tone:var(--l2)}.bl-chart .t3{--tone:var(--l3)}
.bl-chart .t4{--tone:var(--l4)}.bl-chart .t5{--tone:var(--l5)}
"""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From day numbers to x; a day is as wide as ``step`` and drawn at its middle."""

    first: int
    step: float

    def x(self, day_number: int) -> float:
        return round(_LEFT + (day_number - self.first + 0.5) * self.step, 1)


def draw_timeline(table: Timeline, *, standalone: bool = True, ident: str = "timeline") -> str:
    """The timeline as an SVG element. Marks and bars carry ``data-ref`` (the id of their event or claims) and a title to hover.

    ``standalone`` adds the style and the XML name space; ``ident`` begins the ids of its title and description.
    """
    lanes = [list(_stack(table, lane)) for lane in range(len(table.lanes))]
    tops = [_TOP]
    for placed in lanes:
        rows = min(max((row + 1 for _, row in placed), default=1), _MOST_ROWS + 1)
        tops.append(tops[-1] + max(rows * _ROW + 2 * _PAD, _LEAST) + _GAP)
    height = tops[-1] + 66
    parts = [_opening(table, height, standalone, ident)]
    if table.first is not None and table.last is not None:
        parts += _axis(table, tops[-1])
        parts += [part for lane, placed in enumerate(lanes) for part in _lane(table, lane, placed, tops[lane], tops[lane + 1])]
    parts += [*_legend(height - 8), "</svg>"]
    return "\n".join(parts)


def describe(table: Timeline) -> str:
    """The chart in one sentence, for readers who cannot see it."""
    if table.first is None or table.last is None:
        return "Nothing in the narrative could be dated."
    actors = ", ".join(lane.name for lane in table.lanes)
    count = f"{len(table.marks)} dated event{'' if len(table.marks) == 1 else 's'}"
    outside = f"; {table.before} earlier and {table.after} later are not drawn" if table.before or table.after else ""
    return f"{count} from {day_text(table.first)} to {day_text(table.last)}, by actor: {actors or 'none'}{outside}."


def _scale(table: Timeline) -> _Scale:
    if table.first is None or table.last is None:
        raise ValueError("a timeline without days has no scale")
    first, last = to_number(table.first), to_number(table.last)
    margin = max(1, round((last - first) * 0.03))
    days = last - first + 1 + 2 * margin
    return _Scale(first - margin, (WIDTH - _LEFT - _RIGHT) / days)


def _stack(table: Timeline, lane: int) -> Iterator[tuple[Mark, int]]:
    """The marks of a lane, each with the lowest row where it does not touch the mark before it."""
    if table.first is None:
        return
    scale = _scale(table)
    ends: list[float] = []
    for mark in (mark for mark in table.marks if mark.lane == lane):
        left, right = _extent(table, scale, mark)
        row = next((row for row, end in enumerate(ends) if end + 3 <= left), len(ends))
        ends[row : row + 1] = [right]
        yield mark, row


def _extent(table: Timeline, scale: _Scale, mark: Mark) -> tuple[float, float]:
    first, last = _clipped(table, mark)
    return scale.x(first) - 8, scale.x(last) + 8


def _clipped(table: Timeline, mark: Mark) -> tuple[int, int]:
    low = to_number(table.first) if table.first else 0
    high = to_number(table.last) if table.last else 0
    return max(to_number(mark.first), low), min(to_number(mark.last), high)


def _opening(table: Timeline, height: int, standalone: bool, ident: str) -> str:
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    title = f"Timeline: {table.title}" if table.title else "Timeline"
    return (
        f'<svg class="bl-chart" role="img" aria-labelledby="{ident}-title {ident}-desc" viewBox="0 0 {WIDTH} {height}"{space}>'
        f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-desc">{escape(describe(table))}</desc>'
        + (f"<style>{STYLE}{RULES}</style>" if standalone else "")
    )


def _axis(table: Timeline, bottom: int) -> Iterator[str]:
    scale = _scale(table)
    if table.first is None or table.last is None:
        return
    shown = ticks(table.first, table.last, _TICKS)
    lowest = -1.0
    for tick in shown:
        x = scale.x(tick.number)
        yield f'<path class="grid" d="M{x:g} {_TOP - 6}V{bottom}"/>'
        yield f'<text class="soft" x="{x:g}" y="{bottom + 16}" text-anchor="middle">{tick.label}</text>'
        if tick.group and x > lowest:
            yield f'<text class="group" x="{x:g}" y="{bottom + 33}" text-anchor="middle">{tick.group}</text>'
            lowest = x + 70
    if not shown:
        yield f'<text class="soft" x="{_LEFT}" y="{bottom + 16}">{day_text(table.first)}</text>'


def _lane(table: Timeline, lane: int, placed: list[tuple[Mark, int]], top: int, end: int) -> Iterator[str]:
    tone = _tone(table, lane)
    bottom = end - _GAP
    yield f'<g class="{tone}">'
    yield f'<path class="grid" d="M0 {bottom + _GAP / 2:g}H{WIDTH}"/>'
    bars = [bar for bar in table.bars if bar.lane == lane]
    middle = (top + bottom) // 2 + (-3 if bars else 5)
    yield f'<text class="lane-name" x="2" y="{middle}">{escape(_short(table.lanes[lane].name))}</text>'
    for bar in bars:
        days = f"from {short_text(bar.first, bar.first)}" if bar.open_end else short_text(bar.first, bar.last)
        yield f'<text class="soft small" x="2" y="{middle + 17}">{days}</text>'
        yield _bar(table, bar, top, bottom)
    for mark, row in placed:
        if row < _MOST_ROWS:
            yield _mark(table, mark, bottom - _PAD - row * _ROW - _ROW / 2)
    yield from _rest(table, [mark for mark, row in placed if row >= _MOST_ROWS], bottom - _PAD - _MOST_ROWS * _ROW - 4)
    yield "</g>"


def _rest(table: Timeline, marks: list[Mark], y: float) -> Iterator[str]:
    """ "+3" over a pile that is too high to draw, at the day where it stands; the table of the same data has them all."""
    piles: dict[int, int] = {}
    for mark in marks:
        first, last = _clipped(table, mark)
        piles[(first + last) // 2] = piles.get((first + last) // 2, 0) + 1
    for day, count in piles.items():
        yield f'<text class="soft small" x="{_scale(table).x(day):g}" y="{y:g}" text-anchor="middle">+{count}</text>'


def _tone(table: Timeline, lane: int) -> str:
    """The class of a lane's colour: the last one for "Others", the first five in turn for crisis actors."""
    return "t5" if not table.lanes[lane].abbrev else f"t{lane % 5}"


def _short(name: str) -> str:
    return name if len(name) <= 17 else name[:16].rstrip() + "…"


def _bar(table: Timeline, bar: Bar, top: int, bottom: int) -> str:
    scale = _scale(table)
    half = scale.step / 2
    left, right = scale.x(to_number(bar.first)) - half, scale.x(to_number(bar.last)) + half
    left, right = max(left, _LEFT), min(max(right, left + 3), WIDTH - _RIGHT)
    ended = "end not coded" if bar.open_end else f"to {day_text(bar.last)}"
    title = f"Crisis of {table.lanes[bar.lane].name}: from {day_text(bar.first)} {ended}"
    edge = "edge open" if bar.open_end else "edge"
    stop = WIDTH - _RIGHT if bar.open_end else right
    return (
        f"<g data-ref={quoteattr(' '.join(bar.claims))}><title>{escape(title)}</title>"
        f'<rect class="band" x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{bottom - top}"/>'
        f'<path class="{edge}" d="M{left:.1f} {bottom}H{stop:.1f}"/></g>'
    )


def _mark(table: Timeline, mark: Mark, y: float) -> str:
    scale = _scale(table)
    first, last = _clipped(table, mark)
    left, right = scale.x(first), scale.x(last)
    x = (left + right) / 2
    classes = " ".join(("mark", *(["armed"] if mark.armed else []), *(["undone"] if mark.mode not in _DONE else [])))
    line = f'<path class="range" d="M{left:.1f} {y:g}H{right:.1f}"/>' if right - left > 6 else ""
    head = f"<g class={quoteattr(classes)} data-ref={quoteattr(mark.event)}><title>{escape(_told(mark))}</title>"
    return f"{head}{line}{_shape(mark.layer, x, y)}</g>"


def _told(mark: Mark) -> str:
    mode = "" if mark.mode == "done" else f" ({mark.mode})"
    whom = f" → {mark.whom}" if mark.whom else ""
    return f"{mark.date}: {mark.who or 'someone'}: {mark.label}{mode}{whom}"


def _shape(layer: str, x: float, y: float) -> str:
    match layer:
        case "say":
            return f'<circle class="shape" cx="{x:.1f}" cy="{y:g}" r="5.5"/>'
        case "think":
            return f'<path class="shape" d="M{x:.1f} {y - 6:g}l6 11h-12z"/>'
        case _:
            return f'<rect class="shape" x="{x - 5:.1f}" y="{y - 5:g}" width="10" height="10"/>'


def _legend(y: int) -> Iterator[str]:
    """One line under the chart that says what the shapes mean."""
    entries = (
        ("do", "", "deed"),
        ("say", "", "word"),
        ("think", "", "thought"),
        ("do", "armed", "filled: armed force"),
        ("do", "undone", "dashed: not done (demanded, threatened, denied …)"),
    )
    x = _LEFT + 6
    for layer, extra, text in entries:
        yield f'<g class="t5 {extra}">{_shape(layer, x, y - 5)}<text class="soft" x="{x + 12}" y="{y}">{text}</text></g>'
        x += 12 + round(6.4 * len(text)) + 24
