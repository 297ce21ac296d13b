"""Many rows at once into one table, and text and JSON as the tables hold them."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table


def insert_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Store the rows; those whose id is in the table already are left out without a word.

    Goes to the driver directly: a coding has a thousand rows, and binding each of them by name costs more than storing it.
    """
    if rows:
        conn.exec_driver_sql(_statement(table.name, tuple(columns), conn.dialect.name), list(rows))


@functools.cache
def _statement(table: str, columns: tuple[str, ...], dialect: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(("?" if dialect == "sqlite" else "%s",) * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING'


def json_text(value: Any) -> str:
    """The value as JSON in one line: keys as they come, no blanks, characters kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
