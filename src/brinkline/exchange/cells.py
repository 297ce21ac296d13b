"""CSV cells: one writer for every table, with text that a spreadsheet would run as a formula made harmless.

A cell of free text whose first character is ``= + - @``, a tab, a line end or a full-width twin of these is run as a formula
by spreadsheets, and narratives come from anywhere. Such text gets one apostrophe in front (after the advice of the OWASP
page "CSV Injection"). The rule loses nothing: a text that already begins with apostrophes before such a character gets one
more, so ``unguarded`` always gives the text back. Columns of our own making (ids, numbers, ISO days) stay as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

_DANGER = tuple("=+-@\t\r\n＝＋－＠")
#: Numbers, and days, intervals and seasons in EDTF; what else begins with a sign is text that a spreadsheet could run.
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?|-?\d{4}[-\d/.:TZX~?%]*")

Cell = str | int | float | None


def guarded(text: str) -> str:
    """The text, with an apostrophe in front when a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("-- no deal"), guarded("a = b")
    ("'=1+1", "'-- no deal", 'a = b')
    """
    return "'" + text if text.lstrip("'").startswith(_DANGER) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given.

    >>> unguarded("'=1+1"), unguarded("'tis said")
    ('=1+1', "'tis said")
    """
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_DANGER) else cell


def value_cell(value: Cell) -> Cell:
    """The cell of a value or an id: numbers, codes and days as they are, any other text guarded.

    >>> value_cell("-0479-08-11"), value_cell("-1+1"), value_cell(6)
    ('-0479-08-11', "'-1+1", 6)
    """
    return guarded(value) if isinstance(value, str) and not _PLAIN.fullmatch(value) else value


def table_writer(stream: TextIO, columns: Sequence[str]) -> Callable[[Iterable[Cell]], None]:
    """A function that puts one row on the stream, after the line of column names is written. Lines end in "\\n"."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    return writer.writerow
