"""Drawings of chart tables as SVG text: whole numbers and fixed order, so the same table gives the same bytes everywhere.

Nothing is told by colour alone: the layer of an event (do, say, think) is its shape, armed force a filled shape, and what was
not done (demanded, threatened, denied, ...) a dashed outline. Tones and rules are those of ``style``.
"""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.calendar import to_number
from brinkline.charts.axis import Scale, short_text, time_axis
from brinkline.charts.data import DONE, Bar, Mark, Timeline, in_words
from brinkline.charts.style import RULES
from brinkline.charts.style import tone as tone_of
from brinkline.charts.svg import WIDTH, drawing, entries, escaped, manner, sample_shape, shape, text, wrapped
from brinkline.charts.svg import mark as group
from brinkline.plain import day_text

__all__ = ["RULES", "WIDTH", "describe", "draw_timeline"]

_LEFT, _RIGHT, _TOP = 168, 16, 14
_ROW, _PAD, _GAP, _LEAST, _MOST_ROWS = 18, 9, 6, 44, 9


def draw_timeline(table: Timeline, *, standalone: bool = True, ident: str = "timeline", link: str | None = None) -> str:
    """The timeline as an SVG element. Marks and bars carry ``data-ref`` (the id of their event or claims) and a title to hover.

    ``standalone`` adds paper, style and the XML name space; ``ident`` begins the ids of its title and description;
    ``link`` makes each mark a link to "link + id".
    """
    lanes = [list(_stack(table, lane)) for lane in range(len(table.lanes))]
    tops = [_TOP]
    for placed in lanes:
        rows = min(max((row + 1 for _, row in placed), default=1), _MOST_ROWS + 1)
        tops.append(tops[-1] + max(rows * _ROW + 2 * _PAD, _LEAST) + _GAP)
    height = tops[-1] + 66
    parts: list[str] = []
    if table.first is not None and table.last is not None:
        parts += time_axis(_scale(table), table.first, table.last, _TOP, tops[-1])
        parts += [
            part for lane, placed in enumerate(lanes) for part in _lane(table, lane, placed, (tops[lane], tops[lane + 1]), link)
        ]
    else:
        parts.append(f'<text class="soft" x="{_LEFT}" y="{_TOP + 14}">{escaped(describe(table))}</text>')
    parts += _legend(height - 8)
    title = f"Timeline: {table.title}" if table.title else "Timeline"
    return drawing(ident, title, describe(table), (WIDTH, height), parts, standalone=standalone, linked=link is not None)


def describe(table: Timeline) -> str:
    """The chart in one sentence, for readers who cannot see it."""
    if table.first is None or table.last is None:
        return "Nothing in the narrative could be dated."
    actors = ", ".join(lane.name for lane in table.lanes)
    count = f"{len(table.marks)} dated event{'' if len(table.marks) == 1 else 's'}"
    outside = f"; {table.before} earlier and {table.after} later are not drawn" if table.before or table.after else ""
    return f"{count} from {day_text(table.first)} to {day_text(table.last)}, by actor: {actors or 'none'}{outside}."


def _scale(table: Timeline) -> Scale:
    if table.first is None or table.last is None:
        raise ValueError("a timeline without days has no scale")
    return Scale.over(table.first, table.last, _LEFT, WIDTH - _RIGHT)


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


def _extent(table: Timeline, scale: Scale, mark: Mark) -> tuple[float, float]:
    first, last = _clipped(table, mark)
    return scale.x(first) - 8, scale.x(last) + 8


def _clipped(table: Timeline, mark: Mark) -> tuple[int, int]:
    low = to_number(table.first) if table.first else 0
    high = to_number(table.last) if table.last else 0
    return max(to_number(mark.first), low), min(to_number(mark.last), high)


def _lane(table: Timeline, lane: int, placed: list[tuple[Mark, int]], room: tuple[int, int], link: str | None) -> Iterator[str]:
    top, end = room
    tone = _tone(table, lane)
    bottom = end - _GAP
    yield "<g>"
    yield f'<path class="grid" d="M0 {bottom + _GAP / 2:g}H{WIDTH}"/>'
    bars = [bar for bar in table.bars if bar.lane == lane]
    middle = (top + bottom) // 2 + (-3 if bars else 5)
    names = wrapped(table.lanes[lane].name, _LEFT - 10, 2, bold=True)
    yield from (text(2, middle - 15 * (len(names) - 1 - line), name, "lane-name") for line, name in enumerate(names))
    for bar in bars:
        days = f"from {short_text(bar.first, bar.first)}" if bar.open_end else short_text(bar.first, bar.last)
        yield f'<text class="soft small" x="2" y="{middle + 17}">{days}</text>'
        yield _bar(table, bar, top, bottom, tone)
    for mark, row in placed:
        if row < _MOST_ROWS:
            yield _mark(table, mark, tone, bottom - _PAD - row * _ROW - _ROW / 2, link)
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
    """The class of a lane's colour: that of the actor's column in the other charts."""
    if not table.lanes[lane].abbrev:
        return tone_of(None)
    seen = list(dict.fromkeys(item.abbrev for item in table.lanes if item.abbrev))
    return tone_of(seen.index(table.lanes[lane].abbrev))


def _bar(table: Timeline, bar: Bar, top: int, bottom: int, tone: str) -> str:
    scale = _scale(table)
    half = scale.step / 2
    left, right = scale.x(to_number(bar.first)) - half, scale.x(to_number(bar.last)) + half
    left, right = max(left, _LEFT), min(max(right, left + 3), WIDTH - _RIGHT)
    ended = "end not coded" if bar.open_end else f"to {day_text(bar.last)}"
    title = f"Crisis of {table.lanes[bar.lane].name}: from {day_text(bar.first)} {ended}"
    refs = escaped(" ".join(bar.claims))
    edge = "edge open" if bar.open_end else "edge"
    stop = WIDTH - _RIGHT if bar.open_end else right
    return (
        f'<g data-ref="{refs}"><title>{escaped(title)}</title>'
        f'<rect class="band {tone}" x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{bottom - top}"/>'
        f'<path class="{edge} {tone}" d="M{left:.1f} {bottom}H{stop:.1f}"/></g>'
    )


def _mark(table: Timeline, mark: Mark, tone: str, y: float, link: str | None) -> str:
    scale = _scale(table)
    first, last = _clipped(table, mark)
    left, right = scale.x(first), scale.x(last)
    x = (left + right) / 2
    kind = manner(tone, armed=mark.armed, done=mark.mode in DONE)
    classes = " ".join(("mark", *(["armed"] if mark.armed else []), *(["undone"] if mark.mode not in DONE else [])))
    line = f'<path class="range {tone}" d="M{left:.1f} {y:g}H{right:.1f}"/>' if right - left > 6 else ""
    return group(
        classes,
        in_words(mark.date, mark.who, mark.label, mark.mode, mark.whom),
        line + shape(mark.layer, x, y, kind),
        mark.event,
        link,
    )


def _legend(y: int) -> Iterator[str]:
    """One line under the chart that says what the shapes mean."""
    items = (
        ("do", "tx", "deed"),
        ("say", "tx", "word"),
        ("think", "tx", "thought"),
        ("do", "tx armed", "filled: armed force"),
        ("do", "tx undone", "dashed: not done (demanded, threatened, denied …)"),
    )
    yield from entries(_LEFT, y, [(sample_shape(layer, kind), words) for layer, kind, words in items])[0]
