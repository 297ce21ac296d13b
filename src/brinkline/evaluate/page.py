"""A report as one self-contained HTML page with charts, in the look of the page of a coding; it needs no script and no address.

Every text from a narrative, a table or a mapping is data: the template escapes it, and the page's policy allows its own style
sheet alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TextIO

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from brinkline.charts.draw import RULES as CHART_RULES
from brinkline.evaluate import charts
from brinkline.evaluate.records import DateScore, Miss, Report, VariableScore
from brinkline.evaluate.text import interval, number, value_words
from brinkline.exchange.page import page_style, policy
from brinkline.plain import one_line


@dataclass(frozen=True, slots=True)
class Group:
    """The part of the page about one variable (or one kind of row): its name, its confusion and its misses."""

    ident: str
    name: str
    label: str
    told: str
    chart: Markup
    misses: tuple[Miss, ...]


def write(report: Report, stream: TextIO) -> None:
    """Put the page on the stream."""
    for part in _template().generate(_content(report)):
        stream.write(part)


def _content(report: Report) -> dict[str, object]:
    style = page_style() + CHART_RULES + _own("report.css") + charts.RULES
    measured = bool(report.dates or report.variables)
    return {
        "report": report,
        "groups": tuple(groups(report)),
        "shares": Markup(charts.shares(report)) if measured else "",
        "trust": Markup(charts.reliability(report.reliability)) if report.reliability else "",
        "style": Markup(style),
        "policy": policy(style),
    }


def groups(report: Report) -> Iterator[Group]:
    """Every variable in the order of the report, after the rows that one side lacks."""
    scores: dict[str, DateScore | VariableScore] = {item.name: item for item in report.dates}
    scores |= {item.name: item for item in report.variables}
    by_name: dict[str, list[Miss]] = {}
    for miss in report.misses:
        by_name.setdefault(miss.variable, []).append(miss)
    names = [name for name in by_name if name not in scores] + list(scores)
    for index, name in enumerate(names):
        found = tuple(by_name.get(name, ()))
        score = scores.get(name)
        label = score.label if score else found[0].variable_label
        chart = Markup(charts.confusion(score)) if isinstance(score, VariableScore) and score.joint else Markup("")
        if found or chart:
            yield Group(f"g{index}", name, label, _told(score, len(found)), chart, found)


def _told(score: DateScore | VariableScore | None, misses: int) -> str:
    differ = f"{misses:,} {'difference' if misses == 1 else 'differences'}"
    match score:
        case VariableScore():
            return f"share {number(score.agreement.value)}, {differ}"
        case DateScore():
            return f"exact {number(score.exact.value)}, {differ}"
        case _:
            return differ


def _own(name: str) -> str:
    return resources.files("brinkline.evaluate").joinpath("templates", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_own), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(number=number, interval=interval, flat=one_line, count=lambda value: f"{value:,}")
    environment.globals["value_words"] = value_words
    return environment.get_template("report.html.j2")
