"""Tables to read on the terminal: the crisis record, its actors with their words, the dated events, the warnings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from brinkline.model import Claim, Event, When
from brinkline.plain import one_line, short_names, value_text, words
from brinkline.record import Coding

_BASIS = {"quoted": "", "inferred": "inferred", "absent": "not told", "reference": "from a table"}


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Print each coding on the stream; colour and width are those of the terminal, COLUMNS or 100 where there is none."""
    own_width = stream.isatty() or "COLUMNS" in os.environ
    console = Console(file=stream, highlight=False, width=None if own_width else 100)
    for coding in codings:
        console.print(renderable(coding))


def renderable(coding: Coding) -> RenderableType:
    """The coding as something rich can print at any width from 60 columns."""
    return Group(*_parts(coding))


def _parts(coding: Coding) -> Iterator[RenderableType]:
    yield _title(coding)
    if coding.crisis:
        yield _section("Crisis")
        yield _claims(coding.crisis)
    if coding.crisis_actors:
        yield _section("Crisis actors")
    for place, row in enumerate(coding.crisis_actors):
        if place:
            yield Text()
        second = f", crisis {row.row}" if row.row > 1 else ""
        yield Text.assemble(" ", (one_line(row.name), "bold"), (f"  {one_line(row.abbrev)} {row.cow}{second}", "dim"))
        yield _claims(row.claims)
    if coding.events:
        yield _section("Events")
        yield _events(coding.events)
    elif coding.dates:
        yield _section("Dates")
        yield _dates(coding.dates)
    yield from _warnings(coding)


def _title(coding: Coding) -> RenderableType:
    narrative = coding.narrative
    title = one_line(narrative.title) or one_line(narrative.source) or "Narrative"
    number = f"  case {narrative.number}" if narrative.number is not None else ""
    warnings = len(narrative.warnings) + len(coding.warnings)
    counts = [
        _count(len(coding.sentences), "sentence"),
        _count(len(coding.dates), "date"),
        _count(len(coding.events), "event"),
        _count(len(coding.crisis_actors), "crisis actor"),
        _count(warnings, "warning") if warnings else "no warnings",
    ]
    return Text.assemble("\n", (title, "bold"), (number, "dim"), "\n", (" · ".join(counts), "dim"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _section(title: str) -> RenderableType:
    return Text(f"\n{title}", style="bold cyan")


def _table(*columns: tuple[str, str, int | None]) -> Table:
    """A table without wrapping: ``columns`` are heading, style and a share of the width (None: as wide as its content)."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False, header_style="dim", border_style="dim")
    for heading, style, ratio in columns:
        table.add_column(heading, style=style, ratio=ratio, no_wrap=True, overflow="ellipsis")
    return table


def _claims(claims: Iterable[Claim]) -> RenderableType:
    """A row for each claim; those on which the narrative is silent share one line below."""
    table = _table(("variable", "", None), ("value", "bold", 3), ("words", "italic", 4))
    silent = []
    for claim in claims:
        if claim.basis == "absent" and claim.value is not None:
            silent.append(f"{claim.field} {one_line(str(claim.value))}")
            continue
        shown = Text(words(claim.evidence))
        if not claim.evidence:
            shown = Text(_BASIS[claim.basis] + (f": {one_line(claim.note)}" if claim.note else ""), style="dim")
        table.add_row(Text(claim.field), Text(value_text(claim)), shown)
    parts: list[RenderableType] = [table] if table.rows else []
    if silent:
        parts.append(Text(f"not told: {', '.join(silent)}", style="dim"))
    return Padding(Group(*parts), (0, 0, 0, 1))


def _events(events: tuple[Event, ...]) -> RenderableType:
    """Two lines for each dated event, in order of time: who did what to whom, and the words."""
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    dated = sorted((event for event in events if event.when and event.when.earliest), key=_when_order)
    for event in dated:
        table.add_row(Text(event.when.edtf if event.when else "", style="dim"), _event(event))
    rest = len(events) - len(dated)
    more = [Text(f"and {_count(rest, 'event')} without a date", style="dim")] if rest else []
    return Padding(Group(table, *more), (0, 0, 0, 1))


def _event(event: Event) -> Text:
    whom = short_names(event.whom)
    return Text.assemble(
        (short_names(event.who) or "someone", "bold cyan"),
        "  ",
        (one_line(event.label), "bold"),
        ("" if event.mode == "done" else f" ({event.mode})", "yellow"),
        f" → {whom}" if whom else "",
        "\n",
        (one_line(event.evidence.text), "italic dim"),
    )


def _when_order(event: Event) -> tuple[tuple[int, ...], int]:
    day = event.when.earliest if event.when else None
    return (tuple(day) if day else (), event.evidence.start)


def _dates(dates: tuple[When, ...]) -> RenderableType:
    table = _table(("words", "italic", 3), ("date", "bold", 2), ("kind", "", None), ("from", "dim", 4))
    for when in dates:
        table.add_row(
            Text(one_line(when.text)), Text(when.edtf or when.timex.value), Text(when.kind), Text(one_line(when.anchor))
        )
    return Padding(table, (0, 0, 0, 1))


def _warnings(coding: Coding) -> Iterator[RenderableType]:
    notices = (*coding.narrative.warnings, *coding.warnings)
    if notices:
        yield _section("Warnings")
    for notice in notices:
        yield Text.assemble(" ", (notice.code, "yellow"), f"  {one_line(notice.message)}")
