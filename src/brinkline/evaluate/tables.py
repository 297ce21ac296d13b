"""``read_table``: a CSV of codings as rows, through a layout; whatever is wrong with a row or a cell is a ``Fault``.

A faulty cell is left out, a faulty row too; the rest is used. Only a table that cannot be read at all is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from brinkline.errors import InputError
from brinkline.evaluate.records import Fault, Row, Side, Table
from brinkline.exchange.cells import unguarded
from brinkline.exchange.imports.cells import plain_number
from brinkline.exchange.imports.layout import Field, Layout
from brinkline.exchange.imports.sheet import Sheet
from brinkline.exchange.imports.values import field_value, state_number

_NAME_COLUMNS = ("actor", "crisname", "name")


def sheet_faults(sheet: Sheet, side: Side) -> list[Fault]:
    """What is wrong with the rows of a sheet, as faults of one side of a comparison."""
    return [Fault(fault.code, fault.message, side, sheet.source, fault.row, fault.column) for fault in sheet.faults]


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
    faults = [*sheet_faults(sheet, side), *_column_faults(sheet, layout, side)]
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
    actor = state_number(cells.get(layout.actor, ""), layout) if layout.actor else ""
    if not crisis or (layout.actor and not actor):
        column = layout.actor if crisis else layout.crisis
        given = cells.get(column, "")
        message = f"{given!r} names no state; the row is left out" if given else "the cell is empty; the row is left out"
        faults.append(Fault("BL244", message, side, source, number, column))
        return None
    values = {}
    for name, item in fields.items():
        value, wrong = field_value(item, cells)
        if wrong:
            column, given = wrong
            kept = "it is left out" if side == "human" else "it counts as wrong"
            message = f"{given!r} is no code of {name} ({item.variable.label}); {kept}"
            faults.append(Fault("BL241", message, side, source, number, column))
        if value and not (wrong and side == "human"):
            values[name] = value
    name = next((unguarded(cells[column]) for column in _NAME_COLUMNS if cells.get(column)), "")
    return Row(crisis, actor, name, number, values)
