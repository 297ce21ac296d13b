"""``read_json_lines`` and ``read_json``: narratives from JSON objects, one a line or in one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.reading.fields import assign_roles, from_fields


def read_json_lines(text: str, source: str, text_column: str | None = None) -> Iterator[Narrative | InputError]:
    """A narrative for each line that is not blank, an InputError in place of a bad one (BL213, BL214, BL215, BL217, BL218)."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{source}, line {number}"
            try:
                yield _narrative(_load(line, place), place, text_column)
            except InputError as error:
                yield error


def read_json(text: str, source: str, text_column: str | None = None) -> Iterator[Narrative | InputError]:
    """The narratives of one JSON document: an object, or a list of objects. InputError BL217 when it is no JSON."""
    content = _load(text, source)
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items):
        place = f"{source}, $[{number}]" if isinstance(content, list) else source
        try:
            yield _narrative(item, place, text_column)
        except InputError as error:
            yield error


def _load(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"{place}, line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"{place}, column {error.colno}"
        raise InputError("BL217", f"not valid JSON: {error.msg}", place=at, remedy="give one object in each line") from None
    except (ValueError, RecursionError):
        raise InputError("BL217", "JSON too deep or with too long a number", place=place, remedy="give flat objects") from None


def _narrative(item: object, place: str, text_column: str | None) -> Narrative:
    if not isinstance(item, dict):
        raise InputError("BL218", "not an object", place=place, remedy='give objects such as {"number": 55, "text": "..."}')
    if "schema_version" in item and isinstance(item.get("narrative"), dict):
        raise InputError("BL218", "this is a coding, not a narrative", place=place, remedy="give the file that was coded")
    roles = assign_roles([str(name) for name in item], place, text_column)
    values = {role: _words(item[name], role, f"{place}, {name}") for name, role in roles.items()}
    return from_fields(values, place)


def _words(value: object, role: str, place: str) -> str:
    """The value as text; a list is joined, references by semicolons and other parts by blank lines."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ("; " if role == "references" else "\n\n").join(_words(item, role, place) for item in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError("BL218", "not a text", place=place, remedy="give a string, a number or a list of strings")
    return str(value)
