"""Bars as SVG: agreement with intervals, and progress in parts that carry their counts."""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.charts.bars import Agreement, Progress, Share
from brinkline.charts.style import tone
from brinkline.charts.svg import WIDTH, drawing, entries, fit, mark, num, sample_block, sample_line, text, width

_NAME, _NUMBERS, _ROW, _TOP = 300, 150, 26, 12
#: Tones of the parts of progress: what waits is grey.
_PARTS = (0, 7, 1, 4, 8, 2)


def draw_agreement(table: Agreement, *, standalone: bool = True, ident: str = "agreement", link: str | None = None) -> str:
    """Bars of a measure with whiskers for its interval; the scale begins at 0, or at -1 where a value is below 0.

    ``link`` makes each row that has a ``ref`` a link to "link + ref".
    """
    bottom = _TOP + len(table.shares) * _ROW
    low = min((number for share in table.shares for number in (share.value, share.low) if number is not None), default=0.0)
    least = -1.0 if low < 0 else 0.0
    body = list(_scale(least, bottom))
    for place, share in enumerate(table.shares):
        inner = "".join(_share(share, least, _TOP + place * _ROW))
        body.append(mark("row", told_share(table.measure, share), inner, share.ref, link))
    items = [(sample_block("share t0"), table.measure), (sample_line("whisker"), "95 % interval")]
    legend, y = entries(_NAME, bottom + 46, items)
    told = describe_agreement(table)
    return drawing(ident, table.title, told, (WIDTH, y + 14), [*body, *legend], standalone=standalone, linked=link is not None)


def describe_agreement(table: Agreement) -> str:
    """The chart in one sentence, for readers who cannot see it."""
    known = [share for share in table.shares if share.value is not None]
    if not known:
        return "Nothing has been coded twice yet."
    lowest = min(known, key=lambda share: share.value or 0.0)
    return f"{table.measure} of {len(table.shares)} rows; lowest: {lowest.name}, {_value(lowest.value)}."


def told_share(measure: str, share: Share) -> str:
    """A row in words: "triggr: kappa 0.71, interval 0.60 to 0.80, 42 units"."""
    interval = f", interval {_value(share.low)} to {_value(share.high)}" if share.low is not None else ""
    units = f", {share.count} units" if share.count is not None else ""
    return f"{share.name}: {measure} {_value(share.value)}{interval}{units}"


def draw_progress(table: Progress, *, standalone: bool = True, ident: str = "progress", link: str | None = None) -> str:
    """A bar for each stage, as long as its units, cut into parts; each part carries its count where it fits."""
    most = max((sum(stage.counts) for stage in table.stages), default=0)
    bottom = _TOP + len(table.stages) * _ROW
    body = []
    for place, stage in enumerate(table.stages):
        counts = ", ".join(f"{count} {part}" for part, count in zip(table.parts, stage.counts, strict=True))
        inner = "".join(_stage(table, stage.name, stage.counts, most, _TOP + place * _ROW))
        body.append(mark("row", f"{stage.name}: {counts}", inner, stage.ref, link))
    items = [(sample_block(f"part {_part(table, place)}"), name) for place, name in enumerate(table.parts)]
    legend, y = entries(_NAME, bottom + 26, items)
    told = describe_progress(table)
    return drawing(ident, table.title, told, (WIDTH, y + 14), [*body, *legend], standalone=standalone, linked=link is not None)


def describe_progress(table: Progress) -> str:
    """The chart in one sentence, for readers who cannot see it."""
    total = sum(sum(stage.counts) for stage in table.stages)
    waiting = sum(stage.counts[-1] for stage in table.stages if stage.counts)
    return f"{total - waiting} of {total} done, {waiting} {table.parts[-1]}." if table.parts and total else "Nothing to do yet."


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _x(value: float, least: float) -> float:
    return _NAME + (WIDTH - _NAME - _NUMBERS) * (max(least, min(1.0, value)) - least) / (1.0 - least)


def _scale(least: float, bottom: float) -> Iterator[str]:
    steps = 10 if least < 0 else 5
    for step in range(steps + 1):
        value = least + (1 - least) * step / steps
        x = _x(value, least)
        kind = "zero" if abs(value) < 1e-9 and least < 0 else "grid"
        yield f'<path class="{kind}" d="M{num(x)} {_TOP - 4}V{num(bottom + 4)}"/>'
        yield text(x, bottom + 20, f"{value:.1f}", "soft num", "middle")


def _share(share: Share, least: float, top: float) -> Iterator[str]:
    middle = top + _ROW / 2
    name = fit(share.name, 150, bold=True)
    yield text(4, middle + 4, name, "lane-name")
    room = _NAME - 16 - max(80, width(name, bold=True) + 12)
    if share.label:
        yield text(_NAME - 10, middle + 4, fit(share.label, room, 12), "soft small", "end")
    if share.value is not None:
        start, end = sorted((_x(0.0, least), _x(share.value, least)))
        yield f'<rect class="share t0" x="{num(start)}" y="{num(top + 6)}" width="{num(end - start)}" height="{_ROW - 12}"/>'
    if share.low is not None and share.high is not None:
        left, right = _x(share.low, least), _x(share.high, least)
        ends = f"M{num(left)} {num(middle - 4)}v8M{num(right)} {num(middle - 4)}v8"
        yield f'<path class="whisker" d="M{num(left)} {num(middle)}H{num(right)}{ends}"/>'
    yield text(WIDTH - _NUMBERS + 56, middle + 4, _value(share.value), "num", "end")
    if share.count is not None:
        yield text(WIDTH - 6, middle + 4, f"n = {share.count}", "soft small num", "end")


def _part(table: Progress, place: int) -> str:
    return tone(None) if place == len(table.parts) - 1 else tone(_PARTS[place % len(_PARTS)])


def _stage(table: Progress, name: str, counts: tuple[int, ...], most: int, top: float) -> Iterator[str]:
    middle = top + _ROW / 2
    yield text(_NAME - 10, middle + 4, fit(name, _NAME - 16, bold=True), "lane-name", "end")
    at = float(_NAME)
    for place, count in enumerate(counts):
        wide = (WIDTH - _NAME - 70) * count / most if most else 0.0
        if not count:
            continue
        kind = _part(table, place)
        yield f'<rect class="part {kind}" x="{num(at)}" y="{num(top + 4)}" width="{num(wide)}" height="{_ROW - 8}"/>'
        if width(str(count), 12) + 8 <= wide:
            yield text(at + wide / 2, middle + 4, str(count), "small num", "middle")
        at += wide
    yield text(at + 8, middle + 4, str(sum(counts)), "soft small num")
