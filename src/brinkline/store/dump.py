"""A whole database as one compressed text file, the same from SQLite and from PostgreSQL: JSON Lines, a row a line.

The first line names the version of the tables, the last one holds the number of rows and the SHA-256 of all lines before it,
so that a file that was cut off or changed is known. The index for search is left out; it is made anew.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, MetaData, Table, insert, select, text
from sqlalchemy.types import LargeBinary

from brinkline.errors import ProjectError
from brinkline.store.database import Database, version
from brinkline.store.faults import clear_file_errors
from brinkline.store.found import rebuild_index
from brinkline.store.migrate import bring_to
from brinkline.store.rows import json_text
from brinkline.store.schema import TABLES_VERSION

FORMAT = "brinkline database 1"
_LEFT_OUT = ("found_", "alembic_version")
_AT_ONCE = 500


def write_dump(database: Database, path: Path) -> int:
    """Write every row of a database to a file (gzip); the number of rows. What is written is one state of the database."""
    with clear_file_errors(str(path)), _writing(path) as stream:
        lines = _Lines(stream)
        lines.add({"format": FORMAT, "tables": version(database)})
        with database.reading() as conn:
            for table in _tables(conn):
                _dump_table(conn, table, lines)
        stream.write(json_text({"rows": lines.rows, "sha256": lines.digest.hexdigest()}) + "\n")
    return lines.rows


def read_dump(conn: Connection, path: Path) -> int:
    """Put the rows of a dump into a database in place of all it holds; the number of rows.

    Everything happens in the transaction of ``conn``: when it fails, what was there before is untouched. ProjectError BL412
    for a file that is damaged, BL410 for one of a newer version.
    """
    check_dump(path)
    with _lines(path) as lines:
        number = json.loads(next(lines))["tables"]
        _drop_all(conn)
        bring_to(conn, number)
        tables = {table.name: table for table in _tables(conn)}
        rows = sum(_load_part(conn, tables, part) for part in _parts(lines))
    bring_to(conn, "head")
    _go_on_counting(conn, tables)
    rebuild_index(conn)
    return rows


def check_dump(path: Path) -> None:
    """ProjectError BL412 unless the file is a whole dump, BL410 when its tables are of a newer version."""
    digest = hashlib.sha256()
    rows, last = -1, ""
    with _lines(path) as lines:
        for line in lines:
            if last:
                digest.update(last.encode())
                rows += 1
            elif not line.startswith(f'{{"format":"{FORMAT}"'):
                raise damaged(path, "it is not a backup of a project")
            elif json.loads(line)["tables"] > TABLES_VERSION:
                raise ProjectError(
                    "BL410", "the backup is of a newer version", place=str(path), remedy="install a newer brinkline"
                )
            last = line
    try:
        end = json.loads(last)
    except ValueError:
        end = {}
    if end.get("sha256") != digest.hexdigest() or end.get("rows") != rows:
        raise damaged(path, "it was cut off or changed")


def damaged(path: Path, why: str) -> ProjectError:
    """The error for a backup that cannot be used."""
    return ProjectError("BL412", f"the backup cannot be used: {why}", place=str(path), remedy="choose another backup")


class _Lines:
    """Lines on their way to a file, counted and hashed."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.rows = -1

    def add(self, value: Mapping[str, Any]) -> None:
        line = json_text(value) + "\n"
        self.digest.update(line.encode())
        self.stream.write(line)
        self.rows += 1


def _tables(conn: Connection) -> list[Table]:
    """The tables as they are in the database, whatever its version, those that others point to first."""
    found = MetaData()
    found.reflect(conn, only=lambda name, _: not name.startswith(_LEFT_OUT))
    return [table for table in found.sorted_tables if not table.name.startswith(_LEFT_OUT)]


def _dump_table(conn: Connection, table: Table, lines: _Lines) -> None:
    order = [table.c.seq] if "seq" in table.c else list(table.primary_key.columns)
    binary = {column.name for column in table.c if isinstance(column.type, LargeBinary)}
    for row in conn.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)).mappings():
        values = {name: base64.b64encode(value).decode() if name in binary else value for name, value in row.items()}
        lines.add({"table": table.name, "row": values})


def _load_part(conn: Connection, tables: Mapping[str, Table], part: list[dict[str, Any]]) -> int:
    table = tables[part[0]["table"]]
    binary = [column.name for column in table.c if isinstance(column.type, LargeBinary)]
    rows = [item["row"] for item in part]
    for row in rows:
        row.update({name: base64.b64decode(row[name]) for name in binary})
    conn.execute(insert(table), rows)
    return len(rows)


def _parts(lines: Iterator[str]) -> Iterator[list[dict[str, Any]]]:
    """Rows of one table at a time, some hundred at once; the closing line ends it."""
    part: list[dict[str, Any]] = []
    for line in lines:
        item = json.loads(line)
        if part and (len(part) == _AT_ONCE or item.get("table") != part[0]["table"]):
            yield part
            part = []
        if "table" not in item:
            return
        part.append(item)


def _drop_all(conn: Connection) -> None:
    """Every table of a project taken away, whatever its version."""
    sqlite = conn.dialect.name == "sqlite"
    if sqlite:
        conn.execute(text("DROP TABLE IF EXISTS found_text"))
    found = MetaData()
    found.reflect(conn)
    for table in reversed(found.sorted_tables):
        conn.execute(text(f'DROP TABLE "{table.name}"' + ("" if sqlite else " CASCADE")))
    if not sqlite:
        conn.execute(text("DROP FUNCTION IF EXISTS only_added()"))


def _go_on_counting(conn: Connection, tables: Mapping[str, Table]) -> None:
    """New rows come after the restored ones (PostgreSQL counts apart from the table)."""
    if conn.dialect.name == "sqlite":
        return
    for table in tables.values():
        if "seq" in table.c:
            where = f"pg_get_serial_sequence('\"{table.name}\"', 'seq')"
            conn.execute(text(f'SELECT setval({where}, max(seq)) FROM "{table.name}" HAVING max(seq) IS NOT NULL'))


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    """A gzip file without a clock time in it: the same rows give the same bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0, compresslevel=6) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream,
    ):
        yield stream


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    with clear_file_errors(str(path)):
        try:
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
                yield iter(stream)
        except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as fault:
            raise damaged(path, "it was cut off or changed") from fault
