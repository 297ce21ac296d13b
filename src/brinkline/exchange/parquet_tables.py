"""A folder of Parquet tables, compressed.

Whole numbers are int64 (nullable), other numbers double, 0 and 1 boolean, days date32, words UTF-8 strings; what is not known
is null. A day outside the years 1 to 9999 is null, since readers cannot show it; its EDTF text is kept in the column beside it.
The meaning of each column stands in the metadata of its field and, with all codes, in ``codebook.parquet``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from brinkline.calendar import from_iso, to_number
from brinkline.exchange.cells import Cell
from brinkline.exchange.columns import Column, Row, Table
from brinkline.exchange.decided import Decided
from brinkline.exchange.extra import optional
from brinkline.exchange.filled import TABLES, fill
from brinkline.exchange.output import Opener, whole_files
from brinkline.exchange.sqlite_tables import typed
from brinkline.record import Coding

_EXTRA, _WHAT = "parquet", "writing Parquet files"
#: Rows held in memory before they are written.
_GROUP = 20_000
_YEARS = range(1, 10_000)


def write_folder(
    codings: Iterable[Coding], folder: Path, keep: Collection[str | Path] = (), decisions: Iterable[Decided] = ()
) -> tuple[Path, ...]:
    """The files of all tables, written to an existing folder; all of them appear, or none after an error.

    MissingExtra when pyarrow is not installed.
    """
    optional("pyarrow.parquet", _EXTRA, _WHAT)  # asked for before anything is coded
    paths = {name: folder / f"{name}.parquet" for name in TABLES}
    with whole_files(keep=keep) as files:
        parts = {name: _Part(files, path) for name, path in paths.items()}
        try:
            fill(codings, decisions, lambda table, rows: parts[table.name].add(table, rows))
            for part in parts.values():
                part.close()
        finally:
            for part in parts.values():
                part.give_up()
    return tuple(paths.values())


class _Part:
    """One table on its way into a file, a group of rows at a time."""

    def __init__(self, files: Opener, path: Path) -> None:
        self._path = files.part(path)
        self._rows: list[Row] = []
        self._table: Table | None = None
        self._writer: Any = None

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Take rows in; full groups are written."""
        parquet = optional("pyarrow.parquet", _EXTRA, _WHAT)
        if self._writer is None:
            self._table = table
            self._writer = parquet.ParquetWriter(self._path, _schema(table), compression="zstd")
        items = iter(rows)
        while more := list(islice(items, _GROUP - len(self._rows))):
            self._rows += more
            if len(self._rows) == _GROUP:
                self._flush()

    def _flush(self) -> None:
        pyarrow = optional("pyarrow", _EXTRA, _WHAT)
        if self._table is None or not self._rows:
            return
        schema = _schema(self._table)
        arrays = [
            _array(column, [row[place] for row in self._rows], schema.field(place).type)
            for place, column in enumerate(self._table.columns)
        ]
        self._writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
        self._rows = []

    def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        self._writer.close()

    def give_up(self) -> None:
        """Let the file go; nothing when it is closed. The library would else try again when it forgets the writer."""
        if self._writer is not None and self._writer.is_open:
            with suppress(OSError):
                self._writer.close()
            self._writer.is_open = False


def _schema(table: Table) -> Any:
    pyarrow = optional("pyarrow", _EXTRA, _WHAT)
    types = {"integer": pyarrow.int64(), "flag": pyarrow.bool_(), "number": pyarrow.float64(), "date": pyarrow.date32()}
    return pyarrow.schema(
        [
            pyarrow.field(column.name, types.get(column.type, pyarrow.string()), metadata=_metadata(column))
            for column in table.columns
        ]
    )


def _metadata(column: Column) -> dict[str, str]:
    """What the column means, for whoever reads the file without its codebook."""
    told = {"label": column.label, "scale": column.scale}
    if column.codes:
        told["codes"] = json.dumps({code.value: code.label for code in column.codes}, ensure_ascii=False)
    if column.missing:
        told["missing"] = " ".join(column.missing)
    return {name: text for name, text in told.items() if text}


def _array(column: Column, cells: Iterable[Cell], kind: Any) -> Any:
    pyarrow = optional("pyarrow", _EXTRA, _WHAT)
    known = [typed(column, cell) for cell in cells]
    if column.type == "flag":
        return pyarrow.array([None if cell is None else bool(cell) for cell in known], kind)
    if column.type == "date":
        return pyarrow.array([day_number(cell) for cell in known], pyarrow.int32()).cast(kind)
    return pyarrow.array(known, kind)


def day_number(cell: Cell, years: range = _YEARS) -> int | None:
    """Days since 1970-01-01 of an ISO day; None for no day and for a year that is not among those that can be shown."""
    if cell is None:
        return None
    day = from_iso(str(cell))
    return to_number(day) if day.year in years else None
