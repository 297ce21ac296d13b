"""All tables in one SQLite file: whole numbers as INTEGER, other numbers as REAL, days and words as TEXT, unknown as NULL.

The tables ``narratives`` to ``codebook`` are those of the CSV folder; columns that joins use have indexes. The file opens in
any SQLite of the last ten years, and in DuckDB, R and pandas.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from brinkline.exchange.cells import Cell
from brinkline.exchange.columns import Column, Row, Table
from brinkline.exchange.decided import Decided
from brinkline.exchange.filled import fill
from brinkline.exchange.spool import storable
from brinkline.record import Coding

_TYPES = {"integer": "INTEGER", "flag": "INTEGER", "number": "REAL"}
_INDEXED = ("narrative", "claim", "event", "date", "mention")


def write_file(codings: Iterable[Coding], path: Path, decisions: Iterable[Decided] = ()) -> None:
    """Fill an empty file; sqlite3.OperationalError when there is no space for it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        _fill(connection, codings, decisions)
        connection.commit()


def _fill(connection: sqlite3.Connection, codings: Iterable[Coding], decisions: Iterable[Decided]) -> None:
    made: dict[str, str] = {}

    def put(table: Table, rows: Iterable[Row]) -> None:
        if table.name not in made:
            made[table.name] = _create(connection, table)
        cells = ([typed(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in rows)
        connection.executemany(made[table.name], cells)

    fill(codings, decisions, put)
    for name in made:
        for column in _INDEXED:
            columns = [str(row[1]) for row in connection.execute(f'PRAGMA table_info("{name}")')]
            if column in columns:
                connection.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')


def _create(connection: sqlite3.Connection, table: Table) -> str:
    """The statement that puts a row into the table, which is made."""
    columns = ", ".join(f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}" for column in table.columns)
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({columns})")
    return f"INSERT INTO {_quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def typed(column: Column, cell: Cell) -> Cell:
    """The cell in the type of its column: numbers as numbers, text as text that UTF-8 can hold, what is not known as None."""
    if cell is None or (cell == "" and column.type in ("integer", "flag", "number", "date", "value")):
        return None
    if column.type in ("integer", "flag"):
        return int(cell)
    if column.type == "number":
        return float(cell)
    return storable(str(cell))
