"""The page: one self-contained HTML file of a coding, which works from a disk, in print, with keyboard and screen reader.

The text and every value are data, never markup: the template escapes all of it, and the page's Content-Security-Policy allows
exactly the one style sheet and the one script it carries, by their hashes, and no address at all.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources
from typing import TextIO

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from brinkline.charts import Bar, Timeline, draw_timeline, timeline
from brinkline.charts.data import claim_days
from brinkline.charts.draw import RULES, describe
from brinkline.exchange import values
from brinkline.exchange.marks import blocks, marks
from brinkline.exchange.tables import claims as claims_of
from brinkline.plain import coded_day_text, day_text, one_line, span_text
from brinkline.record import Coding

_POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; base-uri 'none'; form-action 'none'"


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the page of each coding on the stream, piece by piece."""
    for coding in codings:
        for part in _template().generate(_content(coding)):
            stream.write(part)


def render(coding: Coding) -> str:
    """The page of one coding."""
    return _template().render(_content(coding))


def _content(coding: Coding) -> dict[str, object]:
    table = _named(timeline(coding), coding)
    narrative = coding.narrative
    return {
        "narrative": narrative,
        "title": one_line(narrative.title) or one_line(narrative.source) or "Narrative",
        "span": _span(coding, table.bars),
        "blocks": blocks(narrative, marks(coding)),
        "subjects": values.subjects(coding),
        "events": values.events(coding),
        "dates": values.dates(coding),
        "actors": values.actors(coding),
        "sources": values.sources(coding),
        "warnings": values.warnings(coding),
        "updated": span_text(narrative.last_updated, narrative.last_updated) if narrative.last_updated else "",
        "run": coding.run,
        "timeline": table,
        "chart": Markup(draw_timeline(table, standalone=False)),
        "chart_text": describe(table),
        **_fixed_parts(),
    }


def _named(table: Timeline, coding: Coding) -> Timeline:
    """The timeline with the page's short ids for events and claims."""
    short = {event.id: f"e{number}" for number, event in enumerate(coding.events)}
    short |= {claim.id: f"c{number}" for number, claim in enumerate(claims_of(coding))}
    return replace(
        table,
        bars=tuple(replace(bar, claims=tuple(short[claim] for claim in bar.claims)) for bar in table.bars),
        marks=tuple(replace(mark, event=short[mark.event]) for mark in table.marks),
    )


def _span(coding: Coding, bars: Sequence[Bar]) -> str:
    """The days of the crisis in words: those of its record, else from the first trigger to the last end of its actors."""
    claims = {claim.field: claim for claim in coding.crisis}
    begun, ended = claims.get("trigger_date"), claims.get("termination_date")
    start, end = claim_days(begun), claim_days(ended)
    if begun and ended and start and end and start[1] <= end[0] and (start[0] != start[1] or end[0] != end[1]):
        # Only a month or a part of it is known: say that and no day.
        return f"{coded_day_text(str(begun.value))} – {coded_day_text(str(ended.value))}"
    first = start[0] if start else min((bar.first for bar in bars), default=None)
    last = end[1] if end else max((bar.last for bar in bars if not bar.open_end), default=None)
    if first is None or last is None or last < first:
        return f"from {day_text(first)}" if first else ""
    return span_text(first, last)


@functools.cache
def _fixed_parts() -> dict[str, object]:
    """Style, script and the policy that allows just them. Both are our own files, so they go in as they are."""
    style, script = page_style() + RULES, page_file("page.js")
    return {
        "style": Markup(style),
        "script": Markup(script),
        "policy": policy(style, script),
    }


def policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy of a page that carries this style sheet and this script (none when it is empty)."""
    return _POLICY.format(style=_hash(style), script=_hash(script) if script else "none")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page_style() -> str:
    """The style sheet of the page of a coding, with the palette that all pages share."""
    return page_file("palette.css") + page_file("page.css")


def page_file(name: str) -> str:
    """The text of a file of ``templates``: the style sheet and script of the page, which other pages share."""
    text = resources.files("brinkline.exchange").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(page_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["days"] = lambda item: span_text(item.first, item.last)
    return environment.get_template("page.html.j2")
