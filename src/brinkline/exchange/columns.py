"""``Table`` and ``Column``: what every table of an export holds, as data that writers, labels and the codebook table share."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, cast

from brinkline import data
from brinkline.exchange.cells import Cell, guarded, value_cell
from brinkline.reference.codebook import Code

#: key: an id or code word of ours; text: words from anywhere; value: a code, a day or words; flag: 0 or 1; date: an ISO day.
Type = Literal["key", "text", "value", "integer", "number", "flag", "date"]
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type and meaning; for a variable its scale, codes and the codes that mean "not known"."""

    name: str
    type: Type
    label: str
    scale: str = ""
    codes: tuple[Code, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_text(self) -> bool:
        """Whether its cells are text in a typed file."""
        return self.type in ("key", "text", "value")

    def shown(self, cell: Cell) -> Cell:
        """The cell as a CSV file has it: what a spreadsheet would run as a formula is made harmless."""
        if self.type == "text" and isinstance(cell, str):
            return guarded(cell)
        return cell if self.type == "date" else value_cell(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name and its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


@functools.cache
def fixed_table(name: str) -> Table:
    """A table whose columns stand in ``tables.csv``."""
    lines = data.table("brinkline.exchange", "tables.csv")
    return Table(
        name,
        tuple(Column(line["column"], cast(Type, line["type"]), line["meaning"]) for line in lines if line["table"] == name),
    )


def codebook_rows(tables: Iterable[Table]) -> Iterator[Row]:
    """The codebook of an export: a row for each column of each table, then one for each of its codes."""
    for table in tables:
        for column in table.columns:
            yield [table.name, column.name, column.label, column.type, column.scale, None, None, None, column.note]
            for code in _coded(column):
                missing = int(code.value in column.missing)
                yield [table.name, column.name, column.label, column.type, column.scale, code.value, code.label, missing, None]


def _coded(column: Column) -> Iterator[Code]:
    """The codes of a column, those that mean "not known" included even where the codebook gives them no label."""
    yield from column.codes
    known = {code.value for code in column.codes}
    yield from (Code(value, "not known") for value in column.missing if value not in known)
