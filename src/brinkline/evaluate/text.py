"""A report as tables to read on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from brinkline.evaluate.records import Miss, Passage, Report
from brinkline.measures.resample import Figure
from brinkline.plain import one_line

_SHOWN_MISSES = 10
_RANGE = len("0.00–0.00")


def write(report: Report, stream: TextIO, *, misses: int = _SHOWN_MISSES) -> None:
    """Print the report with its first ``misses`` misses; width and colour are those of the terminal, 110 columns elsewhere."""
    console = Console(file=stream, highlight=False, width=None if stream.isatty() else 110)
    console.print(Group(*_parts(report, misses)))


def number(value: float | None) -> str:
    """A share or coefficient with three decimals; a dash where it is not defined."""
    return "–" if value is None else f"{value:.3f}"


def interval(figure: Figure) -> str:
    """The interval of a figure, "0.512 – 0.634"; "" where there is none."""
    return "" if figure.low is None or figure.high is None else f"{figure.low:.3f} – {figure.high:.3f}"


def value_words(value: str, label: str) -> str:
    """A code and its label on one line: "9 · violent act"; "nothing" for no value."""
    value, label = one_line(value), one_line(label)
    return f"{value} · {label}" if value and label and label != value else value or label or "nothing"


def _parts(report: Report, misses: int) -> Iterator[RenderableType]:
    yield Text.assemble("\n", (one_line(report.coded), "bold"), " against ", (one_line(report.human), "bold"))
    rows = f"{len(report.crises):,} crises · {report.human_rows:,} human rows · {report.coded_rows:,} coded rows"
    yield Text(f"{report.layout} · {rows}", style="dim")
    yield Text.assemble(f"{report.mean_of}  ", (number(report.mean.value), "bold"), (f"  ({interval(report.mean)})", "dim"))
    if report.sets:
        yield _section("Who")
        yield _sets(report)
    if report.dates:
        yield _section("Dates")
        yield _dates(report)
    if report.variables:
        yield _section("Variables")
        yield _variables(report)
    if report.reliability:
        yield _section("Confidence")
        yield _reliability(report)
    if report.misses and misses:
        yield _section("Misses")
        yield from (_miss(miss) for miss in report.misses[:misses])
    left = len(report.misses) - misses
    if left > 0:
        yield Text(f"\n {left:,} more misses: --misses N, --as csv or --as html", style="dim")
    yield Text(f"\n intervals: 95 percent, {report.resamples:,} resamples of crises, seed {report.seed}", style="dim")


def _section(title: str) -> RenderableType:
    return Text(f"\n{title}", style="bold cyan")


def _table(*columns: str) -> Table:
    """A table whose first column gives way on a narrow terminal; the others, numbers and short words, are never cut."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="dim", border_style="dim")
    first, *rest = columns
    table.add_column(first, no_wrap=True, overflow="ellipsis", min_width=10)
    for heading in rest:
        table.add_column(
            heading, justify="right", no_wrap=True, min_width=_RANGE if heading == "interval" else max(5, len(heading))
        )
    return table


def _short(figure: Figure) -> str:
    """The interval of a figure with two decimals, as a terminal has room for."""
    return "" if figure.low is None or figure.high is None else f"{figure.low:.2f}–{figure.high:.2f}"


def _inset(table: Table) -> RenderableType:
    return Padding(table, (0, 0, 0, 1))


def _sets(report: Report) -> RenderableType:
    table = _table("", "human", "coded", "both", "precision", "recall", "F1", "interval")
    for item in report.sets:
        counts = [f"{count:,}" for count in (item.wanted, item.found, item.both)]
        shares = [number(part.value) for part in (item.precision, item.recall, item.f1)]
        table.add_row(Text(item.name), *counts, *shares, _short(item.f1))
    return _inset(table)


def _dates(report: Report) -> RenderableType:
    table = _table("date", "n", "coded", "exact", "interval", "±3 d", "±31 d", "partial", "right")
    for item in report.dates:
        shares = [number(item.within_3.value), number(item.within_31.value)]
        counts = [f"{item.n:,}", f"{item.coded:,}"]
        partial = [f"{item.partial:,}", number(item.partial_right)]
        table.add_row(Text(item.name), *counts, number(item.exact.value), _short(item.exact), *shares, *partial)
    return _inset(table)


def _variables(report: Report) -> RenderableType:
    table = _table("variable", "n", "coded", "share", "interval", "majority", "kappa", "alpha", "metric")
    for item in report.variables:
        table.add_row(
            Text(item.name if item.headline else f"{item.name} +"),
            f"{item.n:,}",
            f"{item.coded:,}",
            number(item.agreement.value),
            _short(item.agreement),
            number(item.majority),
            number(item.kappa.value),
            number(item.alpha.value),
            Text(item.metric, style="dim"),
        )
    if all(item.headline for item in report.variables):
        return _inset(table)
    return Group(_inset(table), Text(" + not part of the mean", style="dim"))


def _reliability(report: Report) -> RenderableType:
    table = _table("confidence", "answers", "mean confidence", "share right")
    for item in report.reliability:
        table.add_row(
            f"{item.low:.1f} – {item.high:.1f}", f"{item.n:,}", number(item.mean_confidence), number(item.right / item.n)
        )
    return Group(_inset(table), Text(f" Brier score {number(report.brier)}", style="dim"))


def _miss(miss: Miss) -> RenderableType:
    title = f" {one_line(miss.title)}" if miss.title else ""
    head = Text.assemble(
        (f" {miss.crisis}{title}", "bold"), f"  {one_line(miss.actor_name or miss.actor)}  ", (miss.variable, "cyan")
    )
    both = Text.assemble(
        ("   human  ", "dim"), value_words(miss.human, miss.human_label),
        ("   coded  ", "dim"), value_words(miss.coded, miss.coded_label), (_grounds(miss), "dim"),
    )  # fmt: skip
    return Group(head, both, *(_words(passage) for passage in miss.words))


def _grounds(miss: Miss) -> str:
    confidence = "" if miss.confidence is None else f"confidence {miss.confidence:.2f}"
    parts = [part for part in (confidence, miss.basis, miss.rule, one_line(miss.note)) if part]
    return f"   ({', '.join(parts)})" if parts else ""


def _words(passage: Passage) -> RenderableType:
    words = Text(passage.sentence, style="italic")
    words.stylize("reverse", passage.start, passage.end)
    return Padding(words, (0, 2, 0, 3))
