"""The crisis map as SVG: columns of actors, time downward, one arc for each event from who did it to whom it was done.

A row has one event, so no label meets another; the map grows downward. The tone of an arc is that of its first initiator, its
shape the layer (deed, word, thought), a filled shape armed force, a dashed line what was not done (demanded, threatened,
planned, ...), a crossed line and a struck label what is denied. A "?" marks candidates between which the words do not settle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brinkline.charts.crisis_map import CrisisMap, Deed
from brinkline.charts.data import DONE, in_words
from brinkline.charts.parties import End, Party
from brinkline.charts.style import OTHERS, tone
from brinkline.charts.svg import (
    WIDTH,
    Sample,
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
    width,
    wrapped,
)
from brinkline.plain import span_text

NOTHING = "No event of the narrative has an actor."
_MONTH, _DAY, _LEFT, _RIGHT = 8, 84, 222, 966
_ROW, _POINT, _BREAK = 34, 25, 15
_WIDEST = 190
_AGAIN = 24  # rows after which the names of the columns are told again, at the next new month


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a column in lines, and the class of its letters."""

    lines: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand: x of columns; y of rows, repeated names and lines between months; names in lines; top and bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    heads: tuple[float, ...]
    lines: tuple[float, ...]
    names: tuple[_Name, ...]
    top: float
    bottom: float

    @property
    def step(self) -> float:
        return self.xs[1] - self.xs[0] if len(self.xs) > 1 else 150.0


def draw_crisis_map(table: CrisisMap, *, standalone: bool = True, ident: str = "map", link: str | None = None) -> str:
    """The crisis map as an SVG element. Arcs carry ``data-ref``, the id of their event, and a title to hover.

    ``link`` makes each arc a link to "link + id". ``standalone`` adds name space, paper and style.
    """
    plan = _plan(table)
    body = [*_columns(table, plan), *_months(table, plan)]
    body += [_arc(table, plan, deed, y, link) for deed, y in zip(table.deeds, plan.ys, strict=True)]
    body += [] if table.deeds else [text(_MONTH, plan.bottom + 4, NOTHING, "soft")]
    legend, y = _legend(table, plan.bottom + 28)
    title = f"Crisis map: {table.title}" if table.title else "Crisis map"
    size = (WIDTH, y + 14)
    return drawing(ident, title, describe_map(table), size, [*body, *legend], standalone=standalone, linked=link is not None)


def describe_map(table: CrisisMap) -> str:
    """The chart in one or two sentences, for readers who cannot see it."""
    if not table.deeds:
        return NOTHING
    dated = [deed for deed in table.deeds if deed.first and deed.last]
    days = ""
    if dated:
        first, last = min(deed.first for deed in dated if deed.first), max(deed.last for deed in dated if deed.last)
        days = f", {span_text(first, last)}"
    actors = ", ".join(party.name for party in table.parties)
    count = len(table.deeds)
    left_out = [
        f"{number} {what}"
        for number, what in ((table.background, "of the background or asides"), (table.nobody, "without an actor"))
        if number
    ]
    rest = f" Not drawn: {', '.join(left_out)}." if left_out else ""
    return f"{count} event{'' if count == 1 else 's'} in order of time{days}, from who acted to whom: {actors}.{rest}"


def _plan(table: CrisisMap) -> _Plan:
    count = len(table.parties)
    step = min(_WIDEST, (_RIGHT - _LEFT) / max(1, count - 1))
    xs = tuple(round(_LEFT + step * place, 1) for place in range(count))
    names = tuple(_lines(party, step - 3) for party in table.parties)
    top = 32.0 + 15 * max((len(name.lines) - 1 for name in names), default=0)
    ys: list[float] = []
    heads: list[float] = []
    lines: list[float] = []
    y, since, before = top - 6, 0, ""
    for deed in table.deeds:
        if deed.group and deed.group != before:
            if before and since >= _AGAIN:
                heads.append(y + 43)
                y, since = y + 40, 0
            if before:
                lines.append(y + _BREAK)
                y += _BREAK - 2
            before = deed.group
        y += _ROW if deed.whom or len(deed.who) > 1 else _POINT
        since += 1
        ys.append(y)
    return _Plan(xs, tuple(ys), tuple(heads), tuple(lines), names, top, y + 18)


def _lines(party: Party, room: float) -> _Name:
    """The name of a column on up to three lines, in small letters where that helps; else its abbreviation."""
    lines: list[str] = []
    for size, kind in ((13, "lane-name"), (11, "lane-name tiny")):
        lines = wrapped(party.name, room, 3, size, bold=True)
        if not any(line.endswith("…") for line in lines):
            return _Name(tuple(lines), kind)
    return _Name((party.abbrev,), "lane-name") if party.abbrev else _Name(tuple(lines), "lane-name tiny")


def _columns(table: CrisisMap, plan: _Plan) -> Iterator[str]:
    for place, party in enumerate(table.parties):
        x, kind = plan.xs[place], tone(party.tone)
        yield f'<path class="column {kind}" d="M{num(x)} {num(plan.top)}V{num(plan.bottom)}"/>'
        yield from _crises(table, plan, place)
        for number, line in enumerate(reversed(plan.names[place].lines)):
            yield text(x, plan.top - 12 - 15 * number, line, plan.names[place].kind, "middle")
        yield f'<rect class="swatch {kind}" x="{num(x - 12)}" y="{num(plan.top - 4)}" width="24" height="4"/>'
        again = _again(party, plan.step - 4)
        for y in plan.heads:
            for number, line in enumerate(reversed(again)):
                yield text(x, y - 12 * number, line, "group tiny halo", "middle")


def _again(party: Party, room: float) -> list[str]:
    """The name of a column where it is told again: on two lines in small letters, or its abbreviation."""
    lines = wrapped(party.name, room, 2, 11, bold=True)
    return [party.abbrev] if party.abbrev and any(line.endswith("…") for line in lines) else lines


def _crises(table: CrisisMap, plan: _Plan, place: int) -> Iterator[str]:
    """The crisis of the column's actor: a band from the first to the last row whose days lie in it."""
    for bar in (bar for bar in table.bars if bar.lane == place):
        inside = [
            y
            for deed, y in zip(table.deeds, plan.ys, strict=True)
            if deed.first and deed.last and deed.first >= bar.first and (bar.open_end or deed.first <= bar.last)
        ]
        if not inside:
            continue
        top, bottom = min(inside) - 12, max(inside) + 12
        end = "end not coded" if bar.open_end else span_text(bar.last, bar.last)
        told = f"Crisis of {table.parties[place].name}: {span_text(bar.first, bar.first)} – {end}"
        x, kind = plan.xs[place] - 8, tone(table.parties[place].tone)
        rect = f'<rect class="band {kind}" x="{num(x)}" y="{num(top)}" width="16" height="{num(bottom - top)}"/>'
        yield mark("crisis", told, rect, " ".join(bar.claims))


def _months(table: CrisisMap, plan: _Plan) -> Iterator[str]:
    for y in plan.lines:
        yield f'<path class="grid" d="M{_MONTH} {num(y)}H{WIDTH - 8}"/>'
    before, day_before = "", ""
    for deed, y in zip(table.deeds, plan.ys, strict=True):
        if deed.group and deed.group != before:
            yield text(_MONTH, y + 4, deed.group, "group")
            before, day_before = deed.group, ""
        if deed.day and deed.day != day_before:
            yield text(_DAY + 8, y + 4, deed.day, "soft")
        day_before = deed.day


def _arc(table: CrisisMap, plan: _Plan, deed: Deed, y: float, link: str | None) -> str:
    return mark("arc", told(deed), "".join(_strokes(table.parties, plan, deed, y)), deed.event, link)


def _strokes(parties: tuple[Party, ...], plan: _Plan, deed: Deed, y: float) -> Iterator[str]:
    kind = tone(parties[deed.who[0].party].tone) if deed.who else OTHERS
    done = deed.mode in DONE
    line = f"line {kind}" if done else f"line {kind} dashed"
    head = f"head {kind}" if done else f"head {kind} hollow"
    starts = [plan.xs[end.party] for end in deed.who]
    given = {end.party for end in deed.who}
    whom = [end for end in deed.whom if end.certain or end.party not in given] or list(deed.whom)
    goals = [plan.xs[end.party] for end in whom]
    if len(starts) > 1 and given != {end.party for end in whom}:
        yield f'<path class="{line}" d="M{num(min(starts))} {num(y)}H{num(max(starts))}"/>'
    bows: list[tuple[float, float]] = []
    for end, goal in zip(whom, goals, strict=True):
        start = min((x for x in starts or [goal - 46] if x != goal), key=lambda x: (abs(x - goal), x), default=None)
        if start is None:
            yield f'<circle class="{line}" cx="{num(goal)}" cy="{num(y)}" r="9.5"/>'
            continue
        yield _bow(start, goal, y, line, head)
        if not end.certain:
            yield text(goal + (-16 if goal > start else 16), y - 7, "?", "halo", "middle")
        bows.append((start, goal))
    for end, x in zip(deed.who, starts, strict=True):
        yield _end(deed, end, x, y, manner(tone(parties[end.party].tone), armed=deed.armed, done=done))
    yield from _label(deed, bows, [*starts, *goals], y)


def _bow(start: float, goal: float, y: float, line: str, head: str) -> str:
    """A bow that hangs a little, from the mark of the initiator to the head of the arrow at the receiver."""
    way = 1 if goal > start else -1
    sag = min(9.0, 3 + abs(goal - start) * 0.03)
    tip = goal - way * 3
    bow = f"M{num(start)} {num(y)}Q{num((start + goal) / 2)} {num(y + 2 * sag)} {num(tip - way * 6)} {num(y + 1.2)}"
    point = f"M{num(tip)} {num(y)}L{num(tip - way * 11)} {num(y - 3.6)}L{num(tip - way * 9)} {num(y + 6)}z"
    return f'<path class="{line}" d="{bow}"/><path class="{head}" d="{point}"/>'


def _end(deed: Deed, end: End, x: float, y: float, kind: str) -> str:
    if end.certain:
        return shape(deed.layer, x, y, kind)
    return f'<circle class="shape {kind}" cx="{num(x)}" cy="{num(y)}" r="8"/>{text(x, y + 4, "?", "small", "middle")}'


def _label(deed: Deed, bows: list[tuple[float, float]], points: list[float], y: float) -> Iterator[str]:
    """The type above the arc, or beside the mark of an event without receiver; how it is meant stands behind it."""
    words = deed.label if deed.mode in ("done", "denied") else f"{deed.label} ({deed.mode})"
    size = width(words)
    left, right = min(points), max(points)
    if right == left and not bows:
        behind = right + 13 + size <= WIDTH - 4
        x, base, anchor = (right + 13, y + 4, "") if behind else (left - 13, y + 4, "end")
    else:
        start, goal = max(bows or [(left, right)], key=lambda pair: abs(pair[1] - pair[0]))
        x = min(max((start + goal) / 2, _LEFT - 34 + size / 2), WIDTH - 6 - size / 2)
        base, anchor = y - 8, "middle"
        if deed.mode == "denied":
            yield _cross((start + goal) / 2, y + 6)
    yield text(x, base, words, "halo", anchor)
    if deed.mode == "denied":
        # The true width is not known: the stroke stays inside the narrowest of the common fonts.
        begin = {"": x, "end": x - size * 0.86, "middle": x - size * 0.43}[anchor]
        yield f'<path class="cross" d="M{num(begin)} {num(base - 4)}h{num(size * 0.86)}"/>'


def told(deed: Deed) -> str:
    """The event in a line: its date, who, what and whom."""
    return in_words(deed.date, deed.who_text, deed.label, deed.mode, deed.whom_text)


def _legend(table: CrisisMap, y: float) -> tuple[list[str], float]:
    items: list[tuple[Sample, str]] = [
        (sample_shape("do", "tx"), "deed"),
        (sample_shape("say", "tx"), "word"),
        (sample_shape("think", "tx"), "thought"),
        (sample_shape("do", "tx armed"), "armed force"),
        (sample_line("line tx"), "done"),
        (sample_line("line tx dashed"), "not done (demanded, threatened, planned …)"),
        (_cross, "denied"),
    ]
    if any(not end.certain for deed in table.deeds for end in (*deed.who, *deed.whom)):
        items.append((lambda x, y: text(x, y + 5, "?", "", "middle"), "one of several, not settled"))
    if table.bars:
        items.append((sample_block("band tx", 16), "in crisis"))
    return entries(_MONTH, y, items)


def _cross(x: float, y: float) -> str:
    return f'<path class="cross" d="M{num(x - 5)} {num(y - 6)}l10 12m0 -12l-10 12"/>'
