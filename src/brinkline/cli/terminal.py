"""What commands say on the terminal besides their data: errors, lists of failures, progress. All of it on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable
from threading import Timer
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


class Watched:
    """Words behind the running count that tell what is being done now; ``say`` may be called from the work itself."""

    def __init__(self) -> None:
        self.show: Callable[[str], None] | None = None

    def say(self, words: str) -> None:
        """Show these words, when anything is shown at all."""
        if self.show is not None:
            self.show(words)


def progress(
    items: Iterable[T], what: str, *, watched: Watched | None = None, same_terminal: bool = False
) -> Generator[T, None, None]:
    """The same items; on a terminal, a running count is shown once the work takes more than a second.

    ``same_terminal``: the items are printed on the terminal too; the count then goes before the first of them comes.
    """
    console = stderr()
    if not console.is_terminal or not sys.stderr.isatty():
        yield from items
        return
    columns = (SpinnerColumn(), TextColumn(what), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None)
    if watched is not None:
        watched.show = lambda words: bar.update(task, description=words)
    later = Timer(_PATIENCE, bar.start)
    later.daemon = True
    later.start()

    def hide() -> None:
        later.cancel()
        later.join()
        bar.stop()

    try:
        for item in items:
            if same_terminal:
                hide()
            yield item
            bar.advance(task)
    finally:
        hide()
