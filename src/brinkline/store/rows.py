"""Many rows at once into one table, and text and JSON as the tables hold them."""

from __future__ import annotations

import functools
import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

#: Layouts are trees, so that the costly watch for circles is left out.
_PLAIN = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


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
    if value.__class__ is int:  # most values are codes
        return str(value)
    return _PLAIN.encode(value)


def text_digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def pack(document: str) -> bytes:
    """JSON text as it is kept in the database, compressed."""
    return zlib.compress(document.encode("utf-8", "surrogatepass"), 3)


def unpacked_text(document: bytes) -> str:
    """The JSON text that was packed."""
    return zlib.decompress(document).decode("utf-8", "surrogatepass")


def unpack(document: bytes) -> dict[str, Any]:
    """A packed document as the published layout."""
    layout: dict[str, Any] = json.loads(unpacked_text(document))
    return layout
