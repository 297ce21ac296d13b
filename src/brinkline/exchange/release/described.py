"""``describe``: the tables of a release as they stand in its CSV files, with what each column holds in figures.

Everything is read back from the files, so that codebook, data package and manifest speak of what is really there.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from brinkline import data
from brinkline.calendar import from_iso
from brinkline.errors import NotFound, ProjectError
from brinkline.exchange.cells import unguarded
from brinkline.exchange.columns import Column, Type, fixed_table
from brinkline.exchange.filled import TABLES
from brinkline.reference.codebook import Code, Level, codebook
from brinkline.reference.codebook_describe import definition
from brinkline.reference.states import state_by_number

_WHOLE = re.compile(r"-?\d+")
_LEVELS: Mapping[str, Level] = {"crises": "crisis", "crisis_actors": "actor"}
#: Kinds of cells that are ordered, so that the least and the greatest say something.
_ORDERED = frozenset({"integer", "number", "date"})


@dataclass(frozen=True, slots=True)
class Foreign:
    """Columns that point to the key columns of another table."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A column in figures: cells that hold a value, empty ones, ones whose code means "not known"; the least and the greatest
    (None where there is no order); how often each code or word stands."""

    valid: int = 0
    empty: int = 0
    missing: int = 0
    least: str | None = None
    greatest: str | None = None
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> Mapping[str, int]:
        """How often each code stands, by code."""
        return dict(self.counts)


@dataclass(frozen=True, slots=True)
class Described:
    """One column: what it is, what it means, and its figures. ``is_open`` says that the numbers of states are values besides
    the codes (``codes`` then has the states that stand in it too), ``is_day`` that its dates are all of years 1 to 9999."""

    column: Column
    definition: str
    codes: tuple[Code, ...]
    is_open: bool
    is_day: bool
    figures: Figures
    bounds: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        """The name of the column."""
        return self.column.name

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes that mean "not known"."""
        return self.column.missing

    def is_missing(self, code: str) -> bool:
        """Whether the code means that the value is not known."""
        return code in self.column.missing


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """One table: what a row is, its key, what it points to, its columns and the number of its rows."""

    name: str
    about: str
    columns: tuple[Described, ...]
    rows: int
    key: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()

    @property
    def file(self) -> str:
        """The CSV file of the table inside a release."""
        return csv_file(self.name)


def csv_file(table: str) -> str:
    """The CSV file of a table inside a release, with slashes."""
    return f"data/csv/{table}.csv"


def describe(folder: Path) -> tuple[DescribedTable, ...]:
    """All tables of a release whose CSV files are written. ProjectError BL492 when two rows have one key."""
    columns = _columns(folder)
    return tuple(_table(folder, name, columns[name]) for name in TABLES if name in columns)


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file of ours, the line of column names first."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.reader(stream)
    finally:
        csv.field_size_limit(before)


def _columns(folder: Path) -> dict[str, list[Column]]:
    """The columns of each table, as the codebook among the CSV files tells them."""
    found: dict[str, list[Column]] = {}
    codes: dict[tuple[str, str], list[tuple[Code, bool]]] = {}
    rows = rows_of(folder / csv_file("codebook"))
    names = next(rows)
    for cells in rows:
        row = dict(zip(names, (unguarded(cell) for cell in cells), strict=True))
        if row["code"] or row["code_label"]:
            entry = Code(row["code"], row["code_label"]), row["missing"] == "1"
            codes.setdefault((row["table"], row["column"]), []).append(entry)
            continue
        column = Column(row["column"], cast(Type, row["type"]), row["label"], row["scale"], note=row["note"])
        found.setdefault(row["table"], []).append(column)
    found["codebook"] = list(fixed_table("codebook").columns)
    return {
        table: [_coded(column, codes.get((table, column.name), [])) for column in columns] for table, columns in found.items()
    }


def _coded(column: Column, codes: list[tuple[Code, bool]]) -> Column:
    missing = tuple(code.value for code, is_missing in codes if is_missing)
    every = tuple(code for code, _ in codes)
    return Column(column.name, column.type, column.label, column.scale, every, missing, column.note)


@dataclass(slots=True)
class _Tally:
    """The figures of one column while its cells go by."""

    column: Column
    listed: bool
    valid: int = 0
    empty: int = 0
    missing: int = 0
    is_day: bool = True
    bounds: tuple[tuple[object, str], tuple[object, str]] | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, cell: str) -> None:
        """Take in one cell."""
        if cell == "":
            self.empty += 1
            return
        if self.listed:
            self.counts[cell] += 1
        if cell in self.column.missing:
            self.missing += 1
            return
        self.valid += 1
        if self.column.type in _ORDERED:
            entry = self._ordered(cell), cell
            low, high = self.bounds or (entry, entry)
            self.bounds = min(low, entry), max(high, entry)

    def _ordered(self, cell: str) -> object:
        if self.column.type != "date":
            return float(cell)
        day = from_iso(cell)
        self.is_day = self.is_day and 1 <= day.year <= 9999
        return tuple(day)

    def figures(self) -> Figures:
        """What was counted."""
        low, high = (entry[1] for entry in self.bounds) if self.bounds else (None, None)
        known = [code.value for code in self.column.codes]
        order = [*(code for code in known if code in self.counts), *sorted(set(self.counts) - set(known), key=_by_number)]
        counts = tuple((code, self.counts[code]) for code in order)
        return Figures(self.valid, self.empty, self.missing, low, high, counts)


def _table(folder: Path, name: str, columns: list[Column]) -> DescribedTable:
    facts = data.toml("brinkline.exchange.release", "tables.toml")[name]
    closed = facts.get("closed", ())
    tallies = [_Tally(column, bool(column.codes) or column.name in closed) for column in columns]
    rows = rows_of(folder / csv_file(name))
    names = next(rows)
    key = [names.index(part) for part in facts.get("key", ())]
    seen: set[tuple[str, ...]] = set()
    number = 0
    for row in rows:
        number += 1
        for tally, cell in zip(tallies, row, strict=True):
            tally.add(cell)
        named = tuple(row[part] for part in key)
        if named and named in seen:
            raise _twice(name, row)
        seen.add(named)
    foreign = tuple(_foreign(line) for line in facts.get("foreign", ()))
    ranges = facts.get("range", {})
    described = tuple(_column(name, tally, ranges.get(tally.column.name)) for tally in tallies)
    return DescribedTable(name, facts["about"], described, number, tuple(facts.get("key", ())), foreign)


def _twice(table: str, row: list[str]) -> ProjectError:
    if table in ("narratives", "crises"):
        return ProjectError(
            "BL492",
            "two narratives of the release have the same text",
            place=f"key {row[0]}: {unguarded(row[2])}",
            remedy="release one of them: leave the other out",
        )
    return ProjectError(
        "BL492", f"two rows of the table {table} have the same key", place=", ".join(row[:3]), remedy="run: brinkline doctor"
    )


def _foreign(line: str) -> Foreign:
    columns, _, target = line.partition(" -> ")
    table, _, key = target.partition(": ")
    return Foreign(tuple(columns.split(", ")), table, tuple(key.split(", ")))


def _column(table: str, tally: _Tally, bounds: list[float] | None) -> Described:
    column, level = tally.column, _LEVELS.get(table)
    found = next((item for item in codebook().variables if (item.level, item.name) == (level, column.name)), None)
    own = found is None or found.label != column.label
    is_open = bool(found and not own and found.takes_states)
    figures = tally.figures()
    return Described(
        column=column,
        definition=definition(found.level, found.name) if found and not own else "",
        codes=(*column.codes, *_states(column, figures)) if is_open else column.codes,
        is_open=is_open,
        is_day=tally.is_day,
        figures=figures,
        bounds=(bounds[0], bounds[1]) if bounds else None,
    )


def _states(column: Column, figures: Figures) -> Iterator[Code]:
    """The states that stand in a column besides its codes, with their general names."""
    known = {code.value for code in column.codes}
    for code, _ in figures.counts:
        if code not in known and _WHOLE.fullmatch(code):
            with suppress(NotFound):
                yield Code(code, state_by_number("icb", int(code)).name)


def _by_number(code: str) -> tuple[int, str]:
    return (int(code), "") if _WHOLE.fullmatch(code) else (10**9, code)
