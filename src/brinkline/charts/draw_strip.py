"""The strip as SVG: low and wide, to stand above the text of a review page. A circle is an event, a flag a date claim."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brinkline.calendar import to_number
from brinkline.charts.axis import Scale, time_axis
from brinkline.charts.strip import Pin, Strip
from brinkline.charts.style import tone
from brinkline.charts.svg import WIDTH, drawing, mark, num, text
from brinkline.plain import span_text

_LEFT, _RIGHT, _TOP, _HIGH = 8, 8, 10, 76


def draw_strip(
    table: Strip,
    *,
    standalone: bool = True,
    ident: str = "strip",
    link: str | None = None,
    decided: Collection[str] = (),
) -> str:
    """The strip as an SVG element. Pins carry ``data-ref``, the id of their claim or event, and a title to hover.

    Pins among the ``decided`` are filled. ``link`` makes each pin a link to "link + id".
    """
    body: list[str] = []
    bottom = _TOP + _HIGH
    if table.first is not None and table.last is not None:
        scale = Scale.over(table.first, table.last, _LEFT, WIDTH - _RIGHT)
        body += time_axis(scale, table.first, table.last, _TOP + 4, bottom)
        for pin in table.pins:
            body.append(mark("pins", pin.told, "".join(_pin(table, scale, pin, pin.ref in decided)), pin.ref, link))
    else:
        body.append(text(_LEFT, _TOP + 20, describe_strip(table), "soft"))
    title = f"Days of the narrative: {table.title}" if table.title else "Days of the narrative"
    size = (WIDTH, bottom + 40)
    return drawing(ident, title, describe_strip(table), size, body, standalone=standalone, linked=link is not None)


def describe_strip(table: Strip) -> str:
    """The chart in one sentence, for readers who cannot see it."""
    if table.first is None or table.last is None:
        return "Nothing in the narrative could be dated."
    claims = sum(pin.claim for pin in table.pins)
    days = span_text(table.first, table.last)
    events = len(table.pins) - claims
    return f"{events} events and {claims} date claims by day ({days}) and, from the top down, by place in the text."


def _pin(table: Strip, scale: Scale, pin: Pin, done: bool) -> Iterator[str]:
    low = to_number(table.first) if table.first else 0
    high = to_number(table.last) if table.last else 0
    left, right = scale.x(max(to_number(pin.first), low)), scale.x(min(to_number(pin.last), high))
    x, y = (left + right) / 2, _down(table, pin)
    kind = tone(pin.tone)
    if right - left > 8:
        yield f'<path class="range {kind}" d="M{num(left)} {num(y)}H{num(right)}"/>'
    full = f"pin {kind} full" if done else f"pin {kind}"
    if pin.claim:
        yield f'<path class="flag {kind}" d="M{num(x)} {num(y + 5)}V{num(y - 9)}"/>'
        yield f'<path class="{full}" d="M{num(x)} {num(y - 9)}l8 3l-8 3z"/>'
    else:
        yield f'<circle class="{full}" cx="{num(x)}" cy="{num(y)}" r="4"/>'


def _down(table: Strip, pin: Pin) -> float:
    """The height of a pin: its place between the first and the last dated words, so that sources at the end take no room."""
    begin, end = table.pins[0].start, table.pins[-1].start
    return _TOP + 10 + (_HIGH - 16) * (pin.start - begin) / max(1, end - begin)
