"""``Layout``: how a table of codings is laid out (which columns identify a row, which column holds which variable).

The tables of the ICB project are known (``layouts.toml`` and the codebook); any other table is described by a mapping file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args

from brinkline import data
from brinkline.errors import InputError, NotFound, UsageError
from brinkline.exchange.imports.cells import plain_number
from brinkline.reference.codebook import Code, Level, Scale, Variable, codebook

_KEYS = {"name", "level", "crisis", "actor", "order", "headline", "ignore", "actor_codes", "variables"}
_FIELD_KEYS = {"column", "columns", "codes", "scale", "label", "order"}
#: Scales that are compared value by value; dates are compared as dates, identifiers and texts not at all.
COMPARED = frozenset({"nominal", "ordinal", "days", "count", "score"})


@dataclass(frozen=True, slots=True)
class Field:
    """One variable of a table: its codebook entry, its column (three for a date in parts: year, month, day) and how values of
    the table translate into codes."""

    variable: Variable
    columns: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole table: key columns (``actor`` is "" for a table of crises), the date that orders the rows of one actor,
    the fields by variable name, the headline variables, and columns that are known and not compared."""

    name: str
    level: Level
    crisis: str
    actor: str
    order: str
    fields: Mapping[str, Field]
    headline: tuple[str, ...]
    known: frozenset[str]
    actor_codes: Mapping[str, str] = field(default_factory=dict)

    def choose(self, names: Sequence[str]) -> tuple[str, ...]:
        """The variables named, each once, in the order given. UsageError BL130 for a name the table does not have."""
        for name in names:
            if name not in self.fields:
                near = difflib.get_close_matches(name, self.fields, n=1)
                remedy = f"did you mean {near[0]}?" if near else "variables: " + ", ".join(self.fields)
                raise UsageError("BL130", f"no variable {name!r} to compare", place=self.name, remedy=remedy)
        return tuple(dict.fromkeys(names))


def icb_layout(name: str) -> Layout:
    """The layout "icb2" (actor level) or "icb1" (crisis level)."""
    entry = data.toml("brinkline.exchange.imports", "layouts.toml")[name]
    level: Level = entry["level"]
    off_scale: dict[str, list[str]] = entry.get("off_scale", {})
    variables = [
        replace(item, missing=(*item.missing, *off_scale.get(item.name, ())))
        for item in codebook().variables
        if item.level == level
    ]
    fields = {item.name: Field(item, item.parts or (item.name,)) for item in variables if item.scale in COMPARED or item.parts}
    return Layout(
        name=entry["name"],
        level=level,
        crisis=entry["crisis"],
        actor=entry.get("actor", ""),
        order=entry["order"],
        fields={key: value for key, value in fields.items() if key != entry.get("actor")},
        headline=tuple(entry["headline"]),
        known=frozenset(item.name for item in variables),
    )


def find_layout(columns: Sequence[str], source: str) -> str:
    """The kind of table that has these columns: "icb2", "icb1" or "icbe". InputError BL247 when none is recognised."""
    present = set(columns)
    if {"crisno", "actor", "event_type"} <= present:
        return "icbe"
    if {"crisno", "cracid"} <= present:
        return "icb2"
    if "crisno" in present and len(present & icb_layout("icb1").known) > 1:
        return "icb1"
    raise InputError(
        "BL247",
        "this is no table of ICB1, ICB2 or ICBe",
        place=f"{source}, row 1: {', '.join(columns)}",
        remedy="say which column is what with --mapping FILE.toml",
    )


def read_layout(path: Path) -> Layout:
    """The layout that a mapping file describes. InputError BL248 names every fault of the file at once."""
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise NotFound("BL501", "no such file", place=str(path), remedy="check the name of the mapping") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("BL248", f"the mapping cannot be read: {error}", place=str(path)) from error
    faults: list[str] = []
    layout = _layout(entry, path.stem, faults)
    if faults:
        raise InputError(
            "BL248", "the mapping has faults: " + "; ".join(faults), place=str(path), remedy="see docs/evaluate.md"
        )
    return layout


def _layout(entry: Mapping[str, Any], stem: str, faults: list[str]) -> Layout:
    faults += [f"unknown key {key!r}" for key in entry if key not in _KEYS]
    level = entry.get("level", "actor")
    if level not in get_args(Level):
        faults.append(f"level must be actor or crisis, not {level!r}")
        level = "actor"
    for key in ("name", "crisis", "actor", "order"):
        if not isinstance(entry.get(key, ""), str):
            faults.append(f"{key} must be a text")
    if not entry.get("crisis"):
        faults.append("crisis must name the column of the crisis number")
    if level == "actor" and not entry.get("actor"):
        faults.append('actor must name the column of the actor (or write level = "crisis")')
    fields = _fields(entry.get("variables"), level, faults)
    headline = _texts(entry, "headline", faults) or tuple(fields)
    order = str(entry.get("order") or ("trigger_date" if "trigger_date" in fields else ""))
    faults += [f"{name} is not among the variables" for name in (*headline, *([order] if order else [])) if name not in fields]
    columns = {column for item in fields.values() for column in item.columns}
    known = {*columns, str(entry.get("crisis")), str(entry.get("actor", "")), *_texts(entry, "ignore", faults)}
    return Layout(
        str(entry.get("name") or stem),
        cast(Level, level),
        str(entry.get("crisis", "")),
        str(entry.get("actor", "")) if level == "actor" else "",
        order,
        fields,
        headline,
        frozenset(known),
        _translation(entry.get("actor_codes", {}), "actor_codes", faults),
    )


def _fields(entries: object, level: Level, faults: list[str]) -> dict[str, Field]:
    if not isinstance(entries, dict) or not entries:
        faults.append("there is no table [variables.NAME]")
        return {}
    fields = {}
    for name, entry in entries.items():
        if not isinstance(entry, dict):
            faults.append(f"[variables.{name}] must be a table")
            continue
        faults += [f"[variables.{name}] has an unknown key {key!r}" for key in entry if key not in _FIELD_KEYS]
        columns = _texts(entry, "columns", faults) or tuple(filter(None, [entry.get("column", name)]))
        variable = _variable(name, entry, level, faults)
        if variable.scale not in COMPARED | {"date"}:
            faults.append(f"[variables.{name}] cannot be compared: its scale is {variable.scale}")
        if len(columns) != 1 and not (variable.scale == "date" and len(columns) == 3):
            faults.append(f"[variables.{name}] needs one column (a date: one, or three for year, month, day)")
        codes = _translation(entry.get("codes", {}), f"variables.{name}.codes", faults)
        fields[name] = Field(variable, columns, codes)
    return fields


def _variable(name: str, entry: Mapping[str, Any], level: Level, faults: list[str]) -> Variable:
    """The codebook's variable of that name, else one of the user's own with the scale and the codes of the mapping."""
    own = next((item for item in codebook().variables if item.level == level and item.name == name), None)
    if own is not None and "scale" not in entry:
        return own
    scale = entry.get("scale", "nominal")
    if scale not in get_args(Scale):
        faults.append(f"[variables.{name}] has an unknown scale {scale!r}")
        scale = "nominal"
    ordered = _texts(entry, "order", faults)
    return Variable(level, name, str(entry.get("label", name)), cast(Scale, scale), tuple(Code(item, item) for item in ordered))


def _texts(entry: Mapping[str, Any], key: str, faults: list[str]) -> tuple[str, ...]:
    given = entry.get(key, [])
    if not isinstance(given, list) or not all(isinstance(item, str | int) for item in given):
        faults.append(f"{key} must be a list of texts")
        return ()
    return tuple(str(item) for item in given)


def _translation(entry: object, where: str, faults: list[str]) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(value, str | int) for value in entry.values()):
        faults.append(f"[{where}] must give one code for each value of the table")
        return {}
    return {plain_number(key.strip()): str(value) for key, value in entry.items()}
