"""What commands print as their data, on standard output: tables to read, JSON, and the check of ``--as``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from brinkline.errors import UsageError
from brinkline.plain import one_line
from brinkline.reference.fields import near


def check_format(form: str, formats: Sequence[str]) -> None:
    """UsageError BL120 for a format that is not among those of the command."""
    if form not in formats:
        raise UsageError("BL120", f"unknown format {form!r}", remedy=near(form, formats))


class _Screen(Console):
    """A console that leaves a reader that has gone (head, less) to ``run``, where rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """A console on standard output."""
    return _Screen(highlight=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a line of column names; long cells go on in the next line."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim", border_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def print_json(value: Any) -> None:
    """Print a value as JSON with two blanks of indent."""
    with standard_output() as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output, ready for any character; what was written is flushed at the end."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    yield sys.stdout
    sys.stdout.flush()


def marked(text: str, ranges: Iterable[tuple[int, int]]) -> Text:
    """The text on one line, the ranges bold and between guillemets; ranges that overlap are joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        start, end = max(start, 0), min(end, len(text))
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    made, place = Text(), 0
    for start, end in joined:
        made.append(_flat(text[place:start]))
        made.append(f"«{_flat(text[start:end])}»", style="bold")
        place = end
    return made.append(_flat(text[place:]))


def _flat(text: str) -> str:
    """The text with every stretch of white space and control characters as one blank."""
    inner = one_line(text)
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")
