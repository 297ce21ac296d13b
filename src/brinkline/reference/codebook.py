"""The codebook as data: every column of the two ICB tables with label, scale, codes and missing codes.

The facts stand in ``codebook_variables.csv`` and ``codebook_codes.toml``; a scheme for another subject has the same two parts.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from brinkline import data
from brinkline.errors import InputError, NotFound

Level = Literal["actor", "crisis"]
Scale = Literal["identifier", "text", "nominal", "ordinal", "year", "month", "day", "days", "count", "score", "date"]

#: How ICB writes a day of which only the part of the month is known (read from the durations in version 14 of the data).
PARTS_OF_MONTH: Mapping[str, int] = {"early": 66, "mid": 77, "late": 88}

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a variable and what it means."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: where it stands, what it is called, how it is measured.

    ``codes`` is empty for dates, counts and texts; ``takes_states`` says that a state's number is a value too; ``parts`` are
    the three columns (year, month, day) of a joint date.
    """

    level: Level
    name: str
    label: str
    scale: Scale
    codes: tuple[Code, ...] = ()
    takes_states: bool = False
    missing: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    note: str = ""

    def label_of(self, value: int | str | None) -> str:
        """The label of a code; "" for None and for values that carry no label (dates, counts, state numbers)."""
        return next((code.label for code in self.codes if code.value == str(value)), "")

    def allows(self, value: int | str) -> bool:
        """True when the codebook lets the variable take this value; missing codes are no values."""
        text = str(value)
        if text in self.missing:
            return False
        if any(code.value == text for code in self.codes):
            return True
        match self.scale:
            case "text" | "identifier":
                return not self.codes
            case "date":
                return _date_is_possible(text)
            case "month":
                return text.isdecimal() and 1 <= int(text) <= 12
            case "day":
                return text.isdecimal() and (1 <= int(text) <= 31 or int(text) in PARTS_OF_MONTH.values())
            case "year" | "days" | "count":
                return text.isdecimal()
            case "score":
                return text.removeprefix("-").isdecimal()
            case _:
                return self.takes_states and text.isdecimal() and 2 <= int(text) < 995


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole scheme: its id, version, source and its variables in the order of the tables."""

    id: str
    title: str
    version: str
    source: str
    variables: tuple[Variable, ...]

    def variable(self, name: str, level: Level = "actor") -> Variable:
        """The variable of that name; NotFound BL530 with the nearest name when there is none on that level."""
        for item in self.variables:
            if item.name == name and item.level == level:
                return item
        names = [item.name for item in self.variables if item.level == level]
        near = difflib.get_close_matches(name, names, n=1)
        remedy = f"did you mean {near[0]}?" if near else "see the list of variables in the codebook"
        raise NotFound("BL530", f"no variable {name!r} on the {level} level", place=f"codebook {self.id}", remedy=remedy)

    def columns(self, level: Level) -> tuple[str, ...]:
        """The columns of one table in order; joint dates are left out, since their parts are the columns."""
        return tuple(item.name for item in self.variables if item.level == level and not item.parts)


@functools.cache
def codebook() -> Codebook:
    """The ICB codebook that the package brings, read once and checked."""
    codes = data.toml("brinkline.reference", "codebook_codes.toml")
    rows = data.table("brinkline.reference", "codebook_variables.csv")
    return build_codebook(codes, rows, place="brinkline.reference")


def build_codebook(codes: Mapping[str, object], rows: Iterable[Mapping[str, str]], *, place: str) -> Codebook:
    """A codebook from the two parts as read; InputError BL230 names every fault of the variables at once."""
    lists = {
        name: tuple(Code(str(value), str(label)) for value, label in entries.items())
        for name, entries in cast("dict[str, dict[str, str]]", codes.get("lists", {})).items()
    }
    faults: list[str] = []
    variables = [_variable(row, lists, faults) for row in rows]
    keys = [(item.level, item.name) for item in variables]
    faults += [
        f"{level} variable {name}: described twice" for level, name in sorted({key for key in keys if keys.count(key) > 1})
    ]
    if faults:
        raise InputError("BL230", "the codebook has faults: " + "; ".join(faults), place=place, remedy="mend the rows named")
    return Codebook(
        id=str(codes.get("id", "")),
        title=str(codes.get("title", "")),
        version=str(codes.get("version", "")),
        source=str(codes.get("source", "")),
        variables=tuple(variables),
    )


def _variable(row: Mapping[str, str], lists: Mapping[str, tuple[Code, ...]], faults: list[str]) -> Variable:
    """One variable; whatever is wrong with its row is added to ``faults``."""
    where = f"{row['level']} variable {row['name']}"
    named = [part for part in row["codes"].split("+") if part]
    faults += [f"{where}: unknown code list {part}" for part in named if part != "state" and part not in lists]
    if row["level"] not in get_args(Level):
        faults.append(f"{where}: unknown level")
    if row["scale"] not in get_args(Scale):
        faults.append(f"{where}: unknown scale {row['scale']}")
    parts = tuple(row["parts"].split())
    if (row["scale"] == "date") != (len(parts) == 3):
        faults.append(f"{where}: a date has three parts, nothing else has any")
    return Variable(
        level=cast(Level, row["level"]),
        name=row["name"],
        label=row["label"],
        scale=cast(Scale, row["scale"]),
        codes=tuple(code for part in named for code in lists.get(part, ())),
        takes_states="state" in named,
        missing=tuple(row["missing"].split()),
        parts=parts,
        note=row["note"],
    )


def split_date(value: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a joint date "YYYY", "YYYY-MM" or "YYYY-MM-DD"; ValueError when it is none.

    The day may be 66, 77 or 88, ICB's early, middle and late.
    """
    if not _date_is_possible(value):
        raise ValueError(f"not a date of the codebook: {value!r}")
    year, month, day = (int(part) if part else None for part in cast("re.Match[str]", _DATE.fullmatch(value)).groups())
    return year, month, day


def _date_is_possible(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    month, day = match.group(2), match.group(3)
    month_fits = month is None or 1 <= int(month) <= 12
    return month_fits and (day is None or 1 <= int(day) <= 31 or int(day) in PARTS_OF_MONTH.values())
