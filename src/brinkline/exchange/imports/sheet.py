"""``read_sheet``: the cells of a CSV file, with the number that each row has in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from brinkline.errors import InputError, NotFound
from brinkline.exchange.imports.faults import Fault


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file as read: its column names, its rows as (number in a spreadsheet, cells by column), and rows with too many
    cells as faults."""

    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[Fault, ...]


def read_sheet(path: Path) -> Sheet:
    """The cells of a CSV file (comma, semicolon or tab; UTF-8 or UTF-16). InputError BL204 or BL246 when it is none."""
    text = file_text(path)
    if text.lstrip()[0] in "{[":
        raise InputError("BL246", "this is JSON, not a CSV table", place=str(path), remedy="give the human coding as CSV")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = tuple(cell.strip() for cell in next(lines, []))
        raw = list(enumerate(lines, 2))
    except csv.Error as error:
        raise InputError("BL246", f"this is no CSV table: {error}", place=str(path), remedy="export it as CSV") from None
    if not any(columns):
        raise InputError(
            "BL246", "the table has no line of column names", place=str(path), remedy="export it with column names"
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise InputError(
            "BL246", f"two columns are called {twice[0]!r}", place=f"{path}, row 1", remedy="give every column its own name"
        )
    faults = []
    rows = []
    for number, cells in raw:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            message = f"{len(cells)} cells for {len(columns)} columns; those too many are left out"
            faults.append(Fault("BL246", message, number))
        if any(cell.strip() for cell in cells):
            rows.append((number, {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}))
    return Sheet(path.name, columns, tuple(rows), tuple(faults))


def file_text(path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16. NotFound BL501; InputError BL204 or BL246 when there is no text in it."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise NotFound("BL501", "no such file", place=str(path), remedy="check the name") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError("BL246", f"the table cannot be read: {reason}", place=str(path), remedy="give a CSV file") from None
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "BL204", f"cannot be decoded: {error.reason}", place=f"{path}, byte {error.start}", remedy="save the table as UTF-8"
        ) from None
    if not text.strip() or "\0" in text:
        what = "the file is binary" if text.strip() else "the file is empty"
        raise InputError("BL246", f"this is no CSV table: {what}", place=str(path), remedy="give a CSV file")
    return text


def _delimiter(text: str) -> str:
    head = text.lstrip().splitlines()[0]
    return max(",;\t", key=head.count)
