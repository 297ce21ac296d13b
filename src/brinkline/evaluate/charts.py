"""Charts of a report as SVG text: the same report gives the same bytes on every machine.

Nothing is told by colour alone: shares are bars, intervals lines, the majority baseline a diamond; cells of a confusion carry
their counts. Colours are those of the page (CSS custom properties), so that light, dark and print all work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape

from brinkline.evaluate.records import Bin, Report, VariableScore
from brinkline.measures.resample import Figure
from brinkline.plain import one_line

_WIDTH, _NAME, _NUMBERS = 960, 250, 64
_ROW, _TOP = 24, 26
_MOST = 12  # values of a confusion that get a row of their own
_CELL, _CELL_TALL = 44, 26

#: Rules for the drawings, to stand beside ``brinkline.charts.draw.RULES`` in the page.
RULES = """
.bl-chart .share{fill:var(--l0);opacity:.42}.bl-chart .more .share{fill:var(--l5)}
.bl-chart .whisker{stroke:var(--ink);stroke-width:1.5;fill:none}
.bl-chart .base{fill:var(--panel);stroke:var(--l1);stroke-width:2}
.bl-chart .dot{fill:var(--l0);stroke:var(--panel);stroke-width:1.5}.bl-chart .ideal{stroke:var(--soft);stroke-dasharray:4 4}
.bl-chart .heat{fill:var(--l0)}.bl-chart .heat.off{fill:var(--l1)}.bl-chart .frame{fill:none;stroke:var(--rule)}
.bl-chart .num{font-variant-numeric:tabular-nums}
"""


def shares(report: Report) -> str:
    """Bars of the share of each date and variable, with interval and majority baseline."""
    rows: list[tuple[str, str, Figure, float | None, bool]] = [
        (item.name, item.label, item.exact, None, item.headline) for item in report.dates
    ]
    rows += [(item.name, item.label, item.agreement, item.majority, item.headline) for item in report.variables]
    bottom = _TOP + len(rows) * _ROW
    height = bottom + 58
    told = f"Share of human values that the coding gives too, for {len(rows)} dates and variables."
    parts = [_opening("shares", "Agreement by variable", told, height), *_axis(_TOP - 6, bottom)]
    for index, (name, label, figure, baseline, headline) in enumerate(rows):
        parts.append(_share(name, label, figure, baseline, headline, _TOP + index * _ROW))
    parts += [*_legend(bottom + 46), "</svg>"]
    return "\n".join(parts)


def reliability(bins: tuple[Bin, ...]) -> str:
    """The share right against the confidence given; the dashed line is where both are the same."""
    size, left, top = 300, 60, 16
    parts = [
        '<svg class="bl-chart square" role="img" aria-labelledby="rel-title rel-desc" viewBox="0 0 420 372">'
        '<title id="rel-title">Confidence and truth</title>'
        f'<desc id="rel-desc">Share of right answers in {len(bins)} bands of confidence.</desc>'
    ]
    for step in range(0, 11, 2):
        x, y = left + size * step / 10, top + size * (10 - step) / 10
        parts.append(f'<path class="grid" d="M{x:g} {top}V{top + size}M{left} {y:g}H{left + size}"/>')
        parts.append(f'<text class="soft num" x="{x:g}" y="{top + size + 18}" text-anchor="middle">{step / 10:.1f}</text>')
        parts.append(f'<text class="soft num" x="{left - 8}" y="{y + 4:g}" text-anchor="end">{step / 10:.1f}</text>')
    parts.append(f'<path class="ideal" d="M{left} {top + size}L{left + size} {top}"/>')
    most = max((item.n for item in bins), default=1)
    for item in bins:
        x, y = left + size * item.mean_confidence, top + size * (1 - item.right / item.n)
        radius = 4 + 9 * (item.n / most) ** 0.5
        title = f"confidence {item.low:.1f}–{item.high:.1f}: {item.right} of {item.n} right"
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{title}</title></circle>')
    parts.append(
        f'<text class="soft" x="{left + size / 2:g}" y="{top + size + 40}" text-anchor="middle">mean confidence</text>'
    )
    parts.append(
        f'<text class="soft" transform="translate(14 {top + size / 2:g}) rotate(-90)" text-anchor="middle">share right</text>'
    )
    return "\n".join([*parts, "</svg>"])


def confusion(item: VariableScore) -> str:
    """The joint counts of a variable as a heat map: human values down, coded values across, "–" for no value.

    The twelve commonest values stand for themselves, all others together as "other"; tints are shares of a row, faint enough
    for the counts on them to be read in light and dark.
    """
    kept = _kept(item)
    joint: Counter[tuple[str, str]] = Counter()
    for human, coded, count in item.joint:
        joint[_shown(human, kept), _shown(coded, kept)] += count
    order = [*kept, "other"]
    down = [value for value in order if any(pair[0] == value for pair in joint)]
    across = [value for value in [*order, ""] if any(pair[1] == value for pair in joint)]
    left, top = 290, 44
    width, height = left + len(across) * _CELL + 10, top + len(down) * _CELL_TALL + 8
    ident = "map-" + "".join(char if char.isalnum() else "-" for char in item.name)
    told = f"{item.n} human values of {item.name} by coded value."
    parts = [
        f'<svg class="bl-chart map" role="img" width="{width}" aria-labelledby="{ident}-t {ident}-d" '
        f'viewBox="0 0 {width} {height}"><title id="{ident}-t">Confusion of {escape(item.name)}</title>'
        f'<desc id="{ident}-d">{escape(told)}</desc>',
        f'<text class="soft" x="{left}" y="14">coded →</text>',
        f'<text class="soft" x="{left - 8}" y="{top - 8}" text-anchor="end">human ↓</text>',
    ]
    for column, value in enumerate(across):
        x = left + column * _CELL + _CELL / 2
        parts.append(f'<text class="num" x="{x:g}" y="{top - 8}" text-anchor="middle">{escape(_short(value or "–", 6))}</text>')
    for row, human in enumerate(down):
        y = top + row * _CELL_TALL
        total = sum(count for (first, _), count in joint.items() if first == human)
        label = " · ".join(part for part in (human, item.labels.get(human, "")) if part)
        parts.append(f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{escape(_short(label, 40))}</text>')
        for column, coded in enumerate(across):
            parts.append(_cell(human, coded, joint[human, coded], total, left + column * _CELL, y))
    return "\n".join([*parts, "</svg>"])


def _share(name: str, label: str, figure: Figure, baseline: float | None, headline: bool, y: int) -> str:
    middle = y + _ROW / 2
    value = figure.value or 0.0
    words = one_line(f"{name}: {'–' if figure.value is None else f'{value:.3f}'}")
    more = "" if baseline is None else f", majority {baseline:.3f}"
    parts = [f'<g class="{"" if headline else "more"}"><title>{escape(words + more)}</title>']
    room = 32 - min(len(name), 18)
    text = f'<tspan class="lane-name">{escape(_short(name, 18))}</tspan>'
    text += f' <tspan class="soft">{escape(_short(label, room))}</tspan>'
    parts.append(f'<text x="2" y="{middle + 4:g}">{text}</text>')
    parts.append(f'<rect class="share" x="{_NAME}" y="{y + 5}" width="{_x(value) - _NAME:.1f}" height="{_ROW - 10}"/>')
    if figure.low is not None and figure.high is not None:
        low, high = _x(figure.low), _x(figure.high)
        ends = f"M{low:.1f} {middle - 4:g}v8M{high:.1f} {middle - 4:g}v8"
        parts.append(f'<path class="whisker" d="M{low:.1f} {middle:g}H{high:.1f}{ends}"/>')
    if baseline is not None:
        parts.append(_diamond(_x(baseline), middle))
    shown = "–" if figure.value is None else f"{value:.3f}"
    parts.append(f'<text class="num" x="{_WIDTH - 4}" y="{middle + 4:g}" text-anchor="end">{shown}</text></g>')
    return "".join(parts)


def _cell(human: str, coded: str, count: int, total: int, x: int, y: int) -> str:
    part = count / total if total else 0.0
    frame = f'<rect class="frame" x="{x}" y="{y}" width="{_CELL}" height="{_CELL_TALL}"/>'
    if not count:
        return frame
    kind = "heat" if human == coded else "heat off"
    return (
        f'<rect class="{kind}" fill-opacity="{0.05 + 0.37 * part:.2f}" x="{x}" y="{y}" width="{_CELL}" height="{_CELL_TALL}"/>'
        f'{frame}<text class="num" x="{x + _CELL / 2:g}" y="{y + 17}" text-anchor="middle">{count}</text>'
    )


def _kept(item: VariableScore) -> list[str]:
    """The commonest values, in the order of their codes."""
    counts: Counter[str] = Counter()
    for human, coded, count in item.joint:
        counts[human] += count
        counts[coded] += count
    del counts[""]
    common = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST]
    return sorted(common, key=lambda value: (0, float(value), "") if value.isdecimal() else (1, 0.0, value))


def _shown(value: str, kept: list[str]) -> str:
    return value if value in kept or not value else "other"


def _opening(ident: str, title: str, told: str, height: int) -> str:
    return (
        f'<svg class="bl-chart" role="img" aria-labelledby="{ident}-title {ident}-desc" viewBox="0 0 {_WIDTH} {height}">'
        f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-desc">{escape(told)}</desc>'
    )


def _axis(top: int, bottom: int) -> Iterator[str]:
    for step in range(0, 11, 2):
        x = _x(step / 10)
        yield f'<path class="grid" d="M{x:g} {top}V{bottom + 4}"/>'
        yield f'<text class="soft num" x="{x:g}" y="{bottom + 20}" text-anchor="middle">{step / 10:.1f}</text>'


def _legend(y: int) -> Iterator[str]:
    x = _NAME
    yield f'<rect class="share" x="{x}" y="{y - 11}" width="26" height="12"/>{_soft(x + 34, y, "share that agrees")}'
    x += 170
    yield f'<path class="whisker" d="M{x} {y - 5}h26m-26 -4v8m26 -8v8"/>{_soft(x + 34, y, "95 % interval by crisis")}'
    x += 200
    yield _diamond(x + 8, y - 5) + _soft(x + 24, y, "always the commonest value")


def _soft(x: float, y: float, text: str) -> str:
    return f'<text class="soft" x="{x:g}" y="{y:g}">{text}</text>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="base" d="M{x:.1f} {y - 5.5:g}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"/>'


def _x(share: float) -> float:
    return _NAME + (_WIDTH - _NAME - _NUMBERS) * max(0.0, min(1.0, share))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(1, most - 1)].rstrip() + "…"
