"""``Spool``: rows of tables put aside in a temporary file, for formats that need a whole table at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from brinkline.errors import UsageError
from brinkline.exchange.cells import Cell
from brinkline.exchange.columns import Row, Table


class Spool:
    """The rows given so far, by table; cells come back as they were put in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tables: dict[str, Table] = {}

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Put rows of a table aside."""
        if table.name not in self.tables:
            self.tables[table.name] = table
            columns = ", ".join(f"c{place}" for place in range(len(table.columns)))  # without a type: nothing is converted
            self._connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(
            f'INSERT INTO "{table.name}" VALUES ({marks})', ([storable(cell) for cell in row] for row in rows)
        )

    def rows(self, name: str) -> list[tuple[Cell, ...]]:
        """All rows of a table in the order in which they came."""
        return self._connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()


@contextmanager
def spool() -> Iterator[Spool]:
    """A spool, which is gone when the block ends; UsageError BL121 when there is no space for it."""
    with TemporaryDirectory(prefix="brinkline-") as folder:
        connection = sqlite3.connect(Path(folder) / "rows")
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            with told_full(Path(folder)):
                yield Spool(connection)
        finally:
            connection.close()


@contextmanager
def told_full(path: Path) -> Iterator[None]:
    """SQLite's failures to write as UsageError BL121."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise UsageError(
            "BL121", f"cannot write: {error}", place=str(path), remedy="free space, or choose another place"
        ) from error


def storable(cell: Cell) -> Cell:
    """The cell, with what UTF-8 cannot hold (a lone surrogate) written as ``\\\\udXXX``."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(cell, str) else cell
