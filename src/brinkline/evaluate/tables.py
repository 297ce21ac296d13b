"""``read_table``: a CSV of codings as rows, through a layout; whatever is wrong with a row or a cell is a ``Fault``.

A faulty cell is left out, a faulty row too; the rest is used. Only a table that cannot be read at all is an error.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from brinkline.errors import InputError, NotFound
from brinkline.evaluate.cells import days, joint_date, plain_number
from brinkline.evaluate.layout import Field, Layout
from brinkline.evaluate.records import Fault, Row, Side, Table
from brinkline.exchange.cells import unguarded
from brinkline.reference.states import readings

_NAME_COLUMNS = ("actor", "crisname", "name")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file as read: its column names, and its rows as (number in a spreadsheet, cells by column)."""

    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[Fault, ...]


def read_sheet(path: Path, side: Side) -> Sheet:
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
            faults.append(Fault("BL246", message, side, path.name, number))
        if any(cell.strip() for cell in cells):
            rows.append((number, {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}))
    return Sheet(path.name, columns, tuple(rows), tuple(faults))


def read_table(sheet: Sheet, layout: Layout, side: Side) -> Table:
    """The rows of a sheet. InputError BL213 when a column that identifies the rows is missing."""
    for name in filter(None, (layout.crisis, layout.actor)):
        if name not in sheet.columns:
            near = difflib.get_close_matches(name, sheet.columns, n=1)
            raise InputError(
                "BL213",
                f"column {name!r} not found",
                place=f"{sheet.source} has: {', '.join(sheet.columns)}",
                remedy=f"did you mean {near[0]}?" if near else "name the key columns in a mapping: --mapping FILE.toml",
            )
    faults = [*sheet.faults, *_column_faults(sheet, layout, side)]
    fields = {name: item for name, item in layout.fields.items() if set(item.columns) <= set(sheet.columns)}
    rows: list[Row] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in sheet.rows:
        row = _row(sheet.source, number, cells, layout, fields, side, faults)
        if row is None:
            continue
        key = (row.crisis, row.actor, row.values.get(layout.order, "") if layout.actor else "")
        if key in seen:
            message = f"the same {'crisis, actor and date' if layout.actor else 'crisis'} as row {seen[key]}; left out"
            faults.append(Fault("BL242", message, side, sheet.source, number, layout.actor or layout.crisis))
            continue
        seen[key] = number
        rows.append(row)
    given = frozenset(fields) if side == "human" else frozenset(name for row in rows for name in row.values)
    return Table(sheet.source, tuple(rows), frozenset(row.crisis for row in rows), given, tuple(faults))


def _column_faults(sheet: Sheet, layout: Layout, side: Side) -> Iterator[Fault]:
    """Columns that nobody knows, and variables whose columns are not there."""
    if "*" not in layout.known:
        yield from unknown_columns(sheet, layout.known, side)
    for name, item in layout.fields.items():
        absent = [column for column in item.columns if column not in sheet.columns]
        if absent and (len(absent) < len(item.columns) or (side == "human" and name in layout.headline)):
            message = f"no column {', '.join(absent)}: {name} cannot be compared"
            yield Fault("BL245", message, side, sheet.source, 1, absent[0])


def unknown_columns(sheet: Sheet, known: Collection[str], side: Side) -> Iterator[Fault]:
    """A fault BL240 for each column that is not among those known, with the nearest name."""
    for name in sheet.columns:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            shown = name or "(without a name)"
            yield Fault("BL240", f"unknown column {shown}: it is left out{hint}", side, sheet.source, 1, shown)


def _row(
    source: str,
    number: int,
    cells: Mapping[str, str],
    layout: Layout,
    fields: Mapping[str, Field],
    side: Side,
    faults: list[Fault],
) -> Row | None:
    """One row, or None (and a fault) when its key cells say nothing."""
    crisis = plain_number(cells.get(layout.crisis, ""))
    actor = _actor(cells.get(layout.actor, ""), layout) if layout.actor else ""
    if not crisis or (layout.actor and not actor):
        column = layout.actor if crisis else layout.crisis
        given = cells.get(column, "")
        message = f"{given!r} names no state; the row is left out" if given else "the cell is empty; the row is left out"
        faults.append(Fault("BL244", message, side, source, number, column))
        return None
    values = {}
    for name, item in fields.items():
        value, wrong = _value(item, cells)
        if wrong:
            column, given = wrong
            kept = "it is left out" if side == "human" else "it counts as wrong"
            message = f"{given!r} is no code of {name} ({item.variable.label}); {kept}"
            faults.append(Fault("BL241", message, side, source, number, column))
        if value and not (wrong and side == "human"):
            values[name] = value
    name = next((unguarded(cells[column]) for column in _NAME_COLUMNS if cells.get(column)), "")
    return Row(crisis, actor, name, number, values)


def _actor(cell: str, layout: Layout) -> str:
    """The state number of an actor cell: by the mapping, as it stands, or by the name of a state; "" when it is none."""
    plain = plain_number(cell)
    if plain in layout.actor_codes:
        return layout.actor_codes[plain]
    if not plain or plain.isdecimal():
        return plain
    meant = readings(cell, None)
    return str(meant[0].state.number("icb") or "") if meant else ""


def _value(item: Field, cells: Mapping[str, str]) -> tuple[str, tuple[str, str] | None]:
    """The value of a field ("" when the cells are empty), and the column and cell that the codebook does not allow."""
    variable = item.variable
    if variable.scale == "date":
        return _date(item, cells)
    given = plain_number(cells.get(item.columns[0], ""))
    value = item.codes.get(given, given)
    if not value or value in variable.missing or (not variable.codes and variable.scale in ("nominal", "ordinal")):
        return value, None
    return value, None if variable.allows(value) else (item.columns[0], given)


def _date(item: Field, cells: Mapping[str, str]) -> tuple[str, tuple[str, str] | None]:
    if len(item.columns) == 1:
        given = cells.get(item.columns[0], "")
        return given, (item.columns[0], given) if given and days(given) is None else None
    parts = [cells.get(column, "") for column in item.columns]
    value = joint_date(*parts)
    known = value.count("-") + 1 if value else 0
    for column, given in zip(item.columns[known:], parts[known:], strict=True):
        if plain_number(given) not in ("", "0", *item.variable.missing) and not given.startswith("-"):
            return value, (column, given)
    return value, (item.columns[2], parts[2]) if value and days(value) is None else None


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
