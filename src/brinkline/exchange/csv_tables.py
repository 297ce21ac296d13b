"""CSV tables: UTF-8 without a byte-order mark, commas, "\\n" line ends, ISO days, one line of column names.

In a folder: one file for each table, joined by ``narrative`` and the records' ids, and ``codebook.csv``, which says what every
column and code means. In a single file: the claims, with number and title of the narrative in front and the quotes, joined
by " … ", behind. Positions count code points of the narrative's text. Cells of free text are guarded against spreadsheets
that would run them (``cells.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TextIO

from brinkline.exchange.cells import Cell, guarded, table_writer
from brinkline.exchange.columns import Row, Table, fixed_table
from brinkline.exchange.decided import Decided
from brinkline.exchange.filled import TABLES, fill
from brinkline.exchange.output import whole_files
from brinkline.exchange.tables import ROWS, claims, narrative_key
from brinkline.plain import words
from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table of all claims on one stream."""
    first, *rest = fixed_table("claims").columns
    put = table_writer(stream, (first.name, "number", "title", *(column.name for column in rest), "quotes"))
    for coding in codings:
        key, title = narrative_key(coding), guarded(coding.narrative.title)
        for row, claim in zip(ROWS["claims"](coding), claims(coding), strict=True):
            shown = (column.shown(cell) for column, cell in zip(rest, row, strict=True))
            put([key, coding.narrative.number, title, *shown, guarded(words(claim.evidence))])


def write_folder(
    codings: Iterable[Coding], folder: Path, keep: Collection[str | Path] = (), decisions: Iterable[Decided] = ()
) -> tuple[Path, ...]:
    """The files of all tables, written to an existing folder; all of them appear, or none after an error."""
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    with whole_files(keep=keep) as open_file:
        streams = {name: open_file(path) for name, path in paths.items()}
        writers: dict[str, Callable[[Iterable[Cell]], None]] = {}

        def put(table: Table, rows: Iterable[Row]) -> None:
            if table.name not in writers:
                writers[table.name] = table_writer(streams[table.name], table.names)
            for row in rows:
                writers[table.name](column.shown(cell) for column, cell in zip(table.columns, row, strict=True))

        fill(codings, decisions, put)
    return tuple(paths.values())
