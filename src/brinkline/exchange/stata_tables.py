"""A folder of Stata tables (.dta, version 118: Stata 14 and later) with variable labels, value labels and missing values.

- Codes of a variable have value labels. The codes that the codebook calls missing become extended missing values, ``.a`` for
  the first, ``.b`` for the second, ...; their value labels say which code it was. ``.n`` is a value that was not coded,
  ``.o`` one that was looked for and stays open.
- Days are numbers with the format %td; a day outside the years 100 to 9999, which Stata cannot show, is missing, and its EDTF
  text is kept beside it.
- Words longer than 2,045 bytes make their column a strL, so nothing is cut.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from brinkline.exchange.cells import Cell
from brinkline.exchange.columns import Column, Table
from brinkline.exchange.decided import Decided
from brinkline.exchange.extra import optional
from brinkline.exchange.filled import TABLES, fill
from brinkline.exchange.icb_cells import OPEN
from brinkline.exchange.output import whole_files
from brinkline.exchange.parquet_tables import day_number
from brinkline.exchange.spool import spool
from brinkline.exchange.sqlite_tables import typed
from brinkline.record import Coding

_EXTRA, _WHAT = "stata", "writing Stata files"
_VERSION = 14  # of Stata, which writes files of version 118
_YEARS = range(100, 10_000)
_FROM_1960 = 3653  # days from 1960-01-01, Stata's day 0, to 1970-01-01
_NOT_CODED, _OPEN = "n", "o"
#: How the time of writing begins in the header of a file: the tag, then the length of "24 Nov 2026 16:37".
_STAMP, _HEADER = b"<timestamp>\x11", 1024
_MAP, _END = b"<map>", b"</stata_dta>"
_LABEL_LENGTH = 80
_NAME_LENGTH = 29  # Stata takes 32, of which the library needs three to number the value labels
_UNNAMED = re.compile(r"\W", re.ASCII)
#: Words of Stata's language that cannot name a variable.
_RESERVED = frozenset(
    {
        *("_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_se", "_skip"),
        *("byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with"),
    }
)


def write_folder(
    codings: Iterable[Coding], folder: Path, keep: Collection[str | Path] = (), decisions: Iterable[Decided] = ()
) -> tuple[Path, ...]:
    """The files of all tables, written to an existing folder; all of them appear, or none after an error.

    MissingExtra when pyreadstat is not installed.
    """
    for module in ("pandas", "pyreadstat"):
        optional(module, _EXTRA, _WHAT)  # asked for before anything is coded
    paths = {name: folder / f"{name}.dta" for name in TABLES}
    with whole_files(keep=keep) as files, spool() as spooled:
        parts = {name: files.part(path) for name, path in paths.items()}
        fill(codings, decisions, spooled.put)
        for name, part in parts.items():
            _write(spooled.tables[name], spooled.rows(name), part)
    return tuple(paths.values())


def _write(table: Table, rows: Sequence[Sequence[Cell]], path: Path) -> None:
    pandas, pyreadstat = (optional(module, _EXTRA, _WHAT) for module in ("pandas", "pyreadstat"))
    names = _stata_names(table)
    missing = {name: _letters(column) for name, column in names.items() if _is_coded(column)}
    series = {
        name: _series(column, [row[place] for row in rows], missing.get(name))
        for place, (name, column) in enumerate(names.items())
    }
    pyreadstat.write_dta(
        pandas.DataFrame(series),
        path,
        file_label=f"brinkline: {table.name}",
        column_labels=[_label(column.label) for column in names.values()],
        version=_VERSION,
        variable_value_labels={name: _value_labels(names[name], letters) for name, letters in missing.items()}
        | {name: {0: "no", 1: "yes"} for name, column in names.items() if column.type == "flag"},
        missing_user_values={name: list(letters.values()) for name, letters in missing.items()},
        variable_format={name: "%td" for name, column in names.items() if column.type == "date"},
    )
    _seal(path)


def _seal(path: Path) -> None:
    """Put a fixed time in place of the time of writing, so that the same codings give the same bytes.

    OSError when the file is not whole: the library does not notice a full disk. The map in the head of a file says where its
    end has to be (the last of 14 places).
    """
    with path.open("r+b") as file:
        head = file.read(_HEADER)
        stamp, places = head.find(_STAMP) + len(_STAMP), head.find(_MAP) + len(_MAP)
        end = int.from_bytes(head[places + 13 * 8 : places + 14 * 8], "little")
        file.seek(-len(_END), os.SEEK_END)
        if file.read() != _END or file.tell() != end:
            raise OSError(errno.ENOSPC, "no space left on the disk")
        file.seek(stamp)
        file.write(b"01 Jan 1960 00:00")


def _stata_names(table: Table) -> dict[str, Column]:
    """The columns by names that Stata takes: letters, digits and underscores, at most 29, none twice."""
    named: dict[str, Column] = {}
    for column in table.columns:
        base = _UNNAMED.sub("_", column.name)[:_NAME_LENGTH]
        base = f"v_{base}"[:_NAME_LENGTH] if base in _RESERVED or not base or base[0].isdigit() else base
        name, number = base, 1
        while name in named:
            number += 1
            name = f"{base[: _NAME_LENGTH - 4]}_{number}"
        named[name] = column
    return named


def _is_coded(column: Column) -> bool:
    """Whether a column is a variable of a codebook that holds whole numbers."""
    return column.type == "integer" and bool(column.scale)


def _letters(column: Column) -> dict[str, str]:
    """The letter of the extended missing value for each code that means "not known", and for open and not coded values."""
    free = (chr(letter) for letter in range(ord("a"), ord("z") + 1) if chr(letter) not in (_NOT_CODED, _OPEN))
    return dict(zip(column.missing, free, strict=False)) | {"": _NOT_CODED, "open": _OPEN}


def _value_labels(column: Column, letters: dict[str, str]) -> dict[int | float | str, str]:
    labels: dict[int | float | str, str] = {
        int(code.value): _label(code.label) for code in column.codes if code.value not in column.missing
    }
    known = {code.value: code.label for code in column.codes}
    for code, letter in letters.items():
        labels[letter] = {_NOT_CODED: "not coded", _OPEN: "open"}.get(letter) or _label(
            f"code {code}: {known.get(code, 'not known')}"
        )
    return labels


def _series(column: Column, cells: list[Cell], letters: dict[str, str] | None) -> Any:
    pandas = optional("pandas", _EXTRA, _WHAT)
    if letters is not None:
        coded = [_coded(cell, letters) for cell in cells]
        whole = sorted({item for item in coded if isinstance(item, int)})
        # As categories, numbers first: of a plain column the library takes a first hundred of letters for a column of texts.
        return pandas.Series(pandas.Categorical(coded, categories=[*whole, *dict.fromkeys(letters.values())]))
    known = [typed(column, cell) for cell in cells]
    if column.type in ("integer", "flag"):
        small = all(cell is None or abs(int(cell)) < 2**31 - 200 for cell in known)
        return pandas.Series(known, dtype="Int32" if small else "Float64")
    if column.type == "number":
        return pandas.Series(known, dtype="float64")
    if column.type == "date":
        numbers = (day_number(cell, _YEARS) for cell in known)
        return pandas.Series([None if day is None else day + _FROM_1960 for day in numbers], dtype="float64")
    return pandas.Series(["" if cell is None else str(cell).replace("\0", " ") for cell in known], dtype=object)


def _coded(cell: Cell, letters: dict[str, str]) -> int | str:
    """A whole number, or the letter of an extended missing value."""
    if cell is None:
        return letters[""]
    if cell == OPEN:
        return letters["open"]
    return letters.get(str(cell)) or int(cell)


def _label(text: str) -> str:
    """The text as a label of Stata: at most 80 characters."""
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1] + "…"
