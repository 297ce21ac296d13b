"""Fields of a table in a file that a user wrote: what is wrong with them is gathered, not raised, each fault with its place."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_TOO_LONG = 2_000
_CLOSE = 300  # names among which the nearest is looked for: a file with thousands of faults is still told in seconds

Kind = Literal[
    "text", "name", "bool", "count", "number", "share", "texts", "choice", "choices", "scalar", "scalars", "table", "tables"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (``$.variable[2].scale``), what, and what to do."""

    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" ({self.remedy})" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand under one key: its kind, whether it must be there, the choices, and the value when it is not."""

    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None


def below(place: str, key: str | int) -> str:
    """The place of a key or an index under another place."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if _BARE.fullmatch(key) else f"{place}[{json.dumps(key)}]"


def near(name: str, known: Iterable[str]) -> str:
    """The remedy for an unknown name: the nearest one that is known, or all when they are few."""
    names = list(known)[:_CLOSE]
    found = difflib.get_close_matches(name[:100], names, n=1)
    if found:
        return f"did you mean {found[0]}?"
    return "one of: " + ", ".join(names) if len(names) <= 20 else ""


def shown(value: object) -> str:
    """A value as a message shows it: short, and safe for numbers with thousands of digits."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "a very large number"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = str(value) if isinstance(value, date) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def read_fields(table: Mapping[str, Any], fields: Mapping[str, Field], place: str, faults: list[Fault]) -> dict[str, Any]:
    """The value of every field, its default where it is missing or faulty; what is wrong is added to ``faults``."""
    faults += [
        Fault(below(place, key), f"there is no key {key[:60]!r} here", near(key, fields)) for key in table if key not in fields
    ]
    values: dict[str, Any] = {}
    for key, field in fields.items():
        values[key] = field.default
        if key not in table:
            if field.required:
                faults.append(Fault(place, f"{key} is missing", f"add {key} = {_EXAMPLES[field.kind]}"))
            continue
        wrong = _wrong(table[key], field)
        if wrong is None:
            values[key] = _plain(table[key], field)
        else:
            faults.append(Fault(below(place, key), *wrong))
    return values


_EXAMPLES: Mapping[Kind, str] = {
    "text": '"..."',
    "name": '"a_name"',
    "bool": "true",
    "count": "1",
    "number": "1",
    "share": "0.8",
    "texts": '["..."]',
    "choice": '"..."',
    "choices": '["..."]',
    "scalar": "1",
    "scalars": "[1]",
    "table": "{ ... }",
    "tables": "[[...]]",
}


def _plain(value: Any, field: Field) -> Any:
    if field.kind in ("texts", "choices", "scalars"):
        return tuple(value) if isinstance(value, list) else (value,)
    return value


def _wrong(value: object, field: Field) -> tuple[str, str] | None:
    """What is wrong with a value and the remedy, None when nothing is."""
    match field.kind:
        case "text" if not isinstance(value, str) or not value.strip() or len(value) > _TOO_LONG:
            return f"{shown(value)} is not a text", f"write a text of at most {_TOO_LONG:,} characters"
        case "name" if not isinstance(value, str) or not _NAME.fullmatch(value):
            return f"{shown(value)} is not a name", "write at most 40 small letters, digits, - and _, a letter first"
        case "bool" if not isinstance(value, bool):
            return f"{shown(value)} is neither true nor false", "write true or false without quotation marks"
        case "count" if not _whole(value) or not 1 <= value <= 1_000_000:  # type: ignore[operator]
            return f"{shown(value)} is not a whole number from 1", "write a number such as 2"
        case "number" if not _whole(value) or abs(value) > 1_000_000:  # type: ignore[arg-type]
            return f"{shown(value)} is not a whole number", "write a number such as 10"
        case "share" if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            return f"{shown(value)} is not a share", "write a number from 0 to 1, such as 0.8"
        case "choice" if not isinstance(value, str) or value not in field.choices:
            return f"{shown(value)} is not known here", near(str(value) if isinstance(value, str) else "", field.choices)
        case "scalar" if not scalar(value):
            return f"{shown(value)} is neither a whole number nor a text", "write a code of the variable"
        case "table" if not isinstance(value, dict):
            return f"{shown(value)} is not a table", "write a table: [name] with lines below it, or { key = value }"
        case "tables" if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return f"{shown(value)} is not a list of tables", "write [[name]] before each of them"
        case "texts" | "choices" | "scalars":
            return _wrong_list(value, field)
    return None


def _wrong_list(value: object, field: Field) -> tuple[str, str] | None:
    items = value if isinstance(value, list) else [value]
    single: dict[Kind, Kind] = {"texts": "text", "choices": "choice", "scalars": "scalar"}
    if not items or len(items) > _TOO_LONG:
        return "the list is empty" if not items else f"the list has more than {_TOO_LONG:,} items", "give at least one item"
    one = Field(single[field.kind], choices=field.choices)
    return next((wrong for item in items if (wrong := _wrong(item, one)) is not None), None)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def scalar(value: object) -> bool:
    """True for a whole number of ordinary size, a text of one line, or a day as TOML writes it."""
    if isinstance(value, str):
        return 0 < len(value) <= 200 and "\n" not in value
    if isinstance(value, date):
        return not isinstance(value, datetime)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15
