"""A whole project as JSON Lines, without loss: every text, coding, claim, decision and comment, with who said it and when.

Lines come in a fixed order and with fixed bytes, so that a project that was read from such a file writes it again byte by
byte. ``write_project`` writes, ``read_project`` checks a file line by line, ``load_project`` stores it whole or not at all.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from sqlalchemy import Column, ColumnElement, Connection, Row, Text, collate, select, tuple_

from brinkline.exchange.imports.project_file import read_project
from brinkline.exchange.imports.project_load import Loaded, load_project
from brinkline.exchange.json_stream import json_line
from brinkline.exchange.project_layout import CODED, LAYOUT, LINE_TYPES, LineType
from brinkline.store.schema import coding_claim, evidence

__all__ = ["Loaded", "load_project", "read_project", "write_project"]

#: Rows that are held in memory at once; codings are large.
_MANY, _FEW = 500, 10


def write_project(conn: Connection, stream: TextIO) -> int:
    """Put the project on the stream; the number of lines."""
    stream.write(json_line({"type": "project", "layout": LAYOUT}) + "\n")
    count = 1
    for kind in LINE_TYPES.values():
        for line in _lines(conn, kind):
            stream.write(json_line(line) + "\n")
            count += 1
    return count


def _lines(conn: Connection, kind: LineType) -> Iterator[dict[str, Any]]:
    size = _FEW if kind.name in ("coding", "revision") else _MANY
    for rows in _batches(conn, kind, size):
        more = _more(conn, kind, [getattr(row, kind.id) for row in rows])
        for row in rows:
            values = {key.name: _value(getattr(row, key.column), key.kind == "json") for key in kind.keys}
            yield {"type": kind.name, **values, **{name: more[getattr(row, kind.id)] for name in kind.more}}


def _batches(conn: Connection, kind: LineType, size: int) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a table in its order, a few at a time; each batch begins behind the last row of the one before."""
    order = [_by_code_point(conn, kind.table.c[name]) for name in kind.order]
    query = select(kind.table).order_by(*order).limit(size)
    last: tuple[Any, ...] | None = None
    while rows := conn.execute(query if last is None else query.where(tuple_(*order) > last)).all():
        yield rows
        last = tuple(getattr(rows[-1], name) for name in kind.order)


def _by_code_point(conn: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """The column in an order that is the same in every database, whatever language it was made for."""
    return collate(column, "C") if conn.dialect.name == "postgresql" and isinstance(column.type, Text) else column


def _more(conn: Connection, kind: LineType, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The quotes of claims, or the claims of codings, by id."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ids}
    if kind.name == "claim":
        query = select(evidence).where(evidence.c.claim_id.in_(ids)).order_by(evidence.c.claim_id, evidence.c.position)
        for row in conn.execute(query):
            found[row.claim_id].append({"start": row.start, "end": row.end, "quote": row.quote})
    elif kind.name == "coding":
        query = select(coding_claim).where(coding_claim.c.coding_id.in_(ids))
        for row in conn.execute(query.order_by(coding_claim.c.coding_id, coding_claim.c.position)):
            values = (row.claim_id, row.confidence, row.rule, json.loads(row.sources), row.note)
            found[row.coding_id].append(dict(zip(CODED, values, strict=True)))
    return found


def _value(cell: Any, is_json: bool) -> Any:
    if isinstance(cell, bytes | memoryview):
        cell = zlib.decompress(bytes(cell)).decode("utf-8", "surrogatepass")
    return json.loads(cell) if is_json and cell is not None else cell
