"""What commands say on the terminal besides their data: errors, lists of failures, progress. All of it on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from brinkline.errors import BrinklineError

T = TypeVar("T")
_PATIENCE = 1.0  # seconds before progress shows: quick work stays silent


def stderr() -> Console:
    """A console on standard error; NO_COLOR and pipes are respected by rich itself."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def show_error(error: BrinklineError) -> None:
    """Print an error as code and message, place, remedy."""
    console = stderr()
    head, *rest = str(error).split("\n")
    console.print(head, style="bold red", markup=False)
    for line in rest:
        console.print(line, markup=False)


def show_failures(errors: Iterable[BrinklineError]) -> None:
    """Print the list of inputs that failed, one error after the other, and their number."""
    errors = list(errors)
    if not errors:
        return
    for error in errors:
        show_error(error)
    stderr().print(f"{len(errors)} input{'s' if len(errors) != 1 else ''} failed; the rest is done", style="bold")


def progress(items: Iterable[T], what: str) -> Iterator[T]:
    """The same items; on a terminal, a running count is shown once the work takes more than a second."""
    console = stderr()
    if not console.is_terminal or not sys.stderr.isatty():
        yield from items
        return
    begun = time.monotonic()
    bar = Progress(
        SpinnerColumn(), TextColumn(what), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
    )
    task = bar.add_task(what, total=None)
    started = False
    try:
        for item in items:
            yield item
            bar.advance(task)
            if not started and time.monotonic() - begun > _PATIENCE:
                bar.start()
                started = True
    finally:
        if started:
            bar.stop()
