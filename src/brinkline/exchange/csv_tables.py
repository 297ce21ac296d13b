"""CSV tables: UTF-8 without a byte-order mark, commas, "\\n" line ends, ISO days, one line of column names.

In a folder: one file for each table of ``tables.csv``, joined by ``narrative`` and the records' ids. In a single file: the
claims, with number and title of the narrative in front and the quotes, joined by " … ", behind. Positions count code points
of the narrative's text. Cells of free text are guarded against spreadsheets that would run them (``cells.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from brinkline.exchange.cells import guarded, table_writer
from brinkline.exchange.output import whole_files
from brinkline.exchange.tables import ROWS, claims, columns, narrative_key
from brinkline.plain import words
from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table of all claims on one stream."""
    first, *rest = columns("claims")
    put = table_writer(stream, (first, "number", "title", *rest, "quotes"))
    for coding in codings:
        key, title = narrative_key(coding), guarded(coding.narrative.title)
        for row, claim in zip(ROWS["claims"](coding), claims(coding), strict=True):
            put([key, coding.narrative.number, title, *row, guarded(words(claim.evidence))])


def table_paths(folder: Path) -> dict[str, Path]:
    """The file of each table in a folder."""
    return {name: folder / f"{name}.csv" for name in ROWS}


def write_folder(codings: Iterable[Coding], folder: Path) -> tuple[Path, ...]:
    """The files of all tables, written to an existing folder; all of them appear, or none after an error."""
    paths = table_paths(folder)
    with whole_files() as open_file:
        puts = {name: table_writer(open_file(path), columns(name)) for name, path in paths.items()}
        for coding in codings:
            key = narrative_key(coding)
            for name, rows in ROWS.items():
                for row in rows(coding):
                    puts[name]([key, *row])
    return tuple(paths.values())
