"""A report on gold sentences as a table to read, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from brinkline.errors import UsageError
from brinkline.evaluate.files import LAYOUT_VERSION, rounded
from brinkline.evaluate.gold import GoldMiss, GoldReport, GoldRun
from brinkline.evaluate.text import number
from brinkline.exchange import whole_file
from brinkline.exchange.cells import guarded, table_writer
from brinkline.plain import one_line

FORMATS = ("table", "json", "csv")
_COLUMNS = ("run", "root", "gold", "coded", "right", "precision", "recall", "f1")
_DIGITS = 6


def write_gold(report: GoldReport, form: str, stream: TextIO, *, misses: int = 10) -> None:
    """Put the report on a stream; ``misses`` bounds those of the table, JSON has all. UsageError BL120 for another format."""
    if form == "json":
        plain = {"evaluation_version": LAYOUT_VERSION, **rounded(asdict(report))}
        stream.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
    elif form == "csv":
        _write_csv(report, stream)
    elif form == "table":
        console = Console(file=stream, highlight=False, width=None if stream.isatty() else 110)
        console.print(Group(*_parts(report, misses)))
    else:
        raise UsageError("BL120", f"events are not shown as {form!r}", remedy="formats: " + ", ".join(FORMATS))


def save_gold(report: GoldReport, form: str, path: str | Path, *, misses: int = 10) -> Path:
    """The file that was written; it appears whole or not at all."""
    with whole_file(path) as stream:
        write_gold(report, form, stream, misses=misses)
    return Path(path)


def _write_csv(report: GoldReport, stream: TextIO) -> None:
    """One line for each run and root, and one for all its roots (root "all": precision, recall and mean F1)."""
    put = table_writer(stream, _COLUMNS)
    for run in report.runs:
        shares = [round(value, _DIGITS) for value in (run.precision, run.recall, run.macro_f1)]
        put([guarded(run.name), "all", run.rows, run.found, run.right, *shares])
        for item in run.roots:
            shares = [round(value, _DIGITS) for value in (item.precision, item.recall, item.f1)]
            put([guarded(run.name), guarded(item.root), item.gold, item.coded, item.right, *shares])


def _parts(report: GoldReport, misses: int) -> Iterator[RenderableType]:
    yield Text.assemble("\nevents against ", (one_line(report.human), "bold"))
    yield Text(report.layout, style="dim")
    yield _summary(report)
    for run in report.runs:
        yield Text(f"\nRoots, {run.name}", style="bold cyan")
        yield _roots(run)
    last = report.runs[-1]
    if misses and last.misses:
        yield Text(f"\nMisses, {last.name}", style="bold cyan")
        yield from (_miss(item) for item in last.misses[:misses])
    if len(last.misses) > misses:
        yield Text(f"\n {len(last.misses) - misses:,} more misses: --misses N, or --as json", style="dim")


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="dim", border_style="dim")
    for place, heading in enumerate(columns):
        table.add_column(heading, justify="left" if place == 0 else "right", no_wrap=True)
    return table


def _summary(report: GoldReport) -> RenderableType:
    table = _table("", "rows", "event", "roles", "root", "all", "precision", "recall", "macro-F1")
    for run in report.runs:
        counts = (run.found, run.pairs, run.right, run.all_right)
        shares = [number(count / run.rows) for count in counts]
        table.add_row(run.name, f"{run.rows:,}", *shares, *map(number, (run.precision, run.recall, run.macro_f1)))
    legend = " shares of the rows: with an event; of source and target; of the right root; all right"
    return Group(Padding(table, (0, 0, 0, 1)), Text(legend, style="dim"))


def _roots(run: GoldRun) -> RenderableType:
    table = _table("root", "gold", "coded", "right", "precision", "recall", "F1", "taken for")
    for item in run.roots:
        wrong = sorted(
            ((count, coded or "no event") for wanted, coded, count in run.confusion if wanted == item.root != coded),
            reverse=True,
        )
        taken = ", ".join(f"{coded} {count}" for count, coded in wrong[:3])
        shares = map(number, (item.precision, item.recall, item.f1))
        table.add_row(item.root, f"{item.gold:,}", f"{item.coded:,}", f"{item.right:,}", *shares, Text(taken, style="dim"))
    return Padding(table, (0, 0, 0, 1))


def _miss(item: GoldMiss) -> RenderableType:
    wrong = [name for name, right in (("source", item.source), ("target", item.target)) if not right]
    head = Text.assemble(
        (f" {one_line(item.id)}  ", "bold"), ("wanted ", "dim"), (item.wanted, "cyan"), ("   found ", "dim"),
        (item.found or ("an event without root" if item.type else "no event"), "cyan"),
        (f"   ({item.type} {item.mode}, {item.rule})" if item.type else "", "dim"),
        (f"   wrong {', '.join(wrong)}" if wrong and item.type else "", "yellow"),
    )  # fmt: skip
    return Group(head, Padding(Text(one_line(item.text), style="italic"), (0, 2, 0, 3)))
