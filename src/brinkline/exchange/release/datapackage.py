"""``data_package``: the ``datapackage.json`` of a release (Frictionless Data Package, profile "tabular" for the CSV files)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from brinkline.exchange.columns import Type
from brinkline.exchange.release.described import Described, DescribedTable
from brinkline.exchange.release.details import Creator, ReleaseDetails, licences
from brinkline.exchange.release.files import File
from brinkline.plain import one_line

_TYPES: Mapping[Type, str] = {
    "key": "string",
    "text": "string",
    "value": "string",
    "integer": "integer",
    "number": "number",
    "flag": "boolean",
    "date": "date",
}
#: Days of years before 1 or after 9999, which no reader of tables takes for a date.
_DAY_PATTERN = r"-?\d{4,}-\d{2}-\d{2}"
_SEMANTIC = re.compile(r"\d+(?:\.\d+){0,2}")


def data_package(
    details: ReleaseDetails, abstract: str, tables: Iterable[DescribedTable], files: Iterable[File]
) -> dict[str, Any]:
    """The descriptor: a tabular resource with types, constraints and keys for each CSV table; the other data files as files."""
    by_path = {file.path: file for file in files}
    described = {table.file: table for table in tables}
    resources = [_tabular(table, by_path[path]) for path, table in described.items()]
    resources += [_plain(file) for path, file in by_path.items() if path.startswith("data/") and path not in described]
    record = {
        "profile": "data-package",
        "name": slug(details.title),
        "id": f"https://doi.org/{details.doi}" if details.doi else "",
        "title": one_line(details.title),
        "description": abstract,
        "version": semantic(details.name),
        "created": f"{details.day.iso()}T00:00:00Z",
        "homepage": details.homepage,
        "keywords": [one_line(word) for word in details.keywords],
        "licenses": _licences(details),
        "contributors": [_contributor(item) for item in details.creators],
        "resources": resources,
    }
    return {key: value for key, value in record.items() if value}


def slug(title: str) -> str:
    """The title in lower-case ASCII letters, digits and hyphens, "release" when nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "release"


def semantic(name: str) -> str:
    """The number of the release with three parts (Semantic Versioning); names of another form as they are.

    >>> semantic("1.0"), semantic("2026-11")
    ('1.0.0', '2026-11')
    """
    return ".".join([*name.split("."), "0", "0"][:3]) if _SEMANTIC.fullmatch(name) else name


def _licences(details: ReleaseDetails) -> list[dict[str, str]]:
    if not details.licence:
        return []
    found = licences()[details.licence]
    return [{"name": found.id, "title": found.name, "path": found.url}]


def _contributor(item: Creator) -> dict[str, str]:
    record = {"title": one_line(item.full), "role": "author"}
    return record | ({"path": f"https://orcid.org/{item.orcid.rpartition('/')[2]}"} if item.orcid else {})


def _tabular(table: DescribedTable, file: File) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if table.key:
        keys["primaryKey"] = list(table.key)
    # Readers look an empty cell up as well: a pointer that need not be there is told in the codebook only.
    full = {column.name for column in table.columns if not column.figures.empty}
    if foreign := [item for item in table.foreign if full.issuperset(item.columns)]:
        keys["foreignKeys"] = [
            {"fields": list(item.columns), "reference": {"resource": item.table, "fields": list(item.key)}} for item in foreign
        ]
    return {
        "name": table.name,
        "type": "table",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.about,
        "path": file.path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}},
        "schema": {"fields": [_field(column, table) for column in table.columns], "missingValues": [""], **keys},
    }


def _field(column: Described, table: DescribedTable) -> dict[str, Any]:
    kind = _TYPES[column.column.type]
    constraints: dict[str, Any] = {}
    record: dict[str, Any] = {
        "name": column.name,
        "type": kind if kind != "date" or column.is_day else "string",
        "title": column.column.label,
    }
    told = [column.definition or (column.column.label if not column.column.scale else ""), column.column.note]
    if any(told):
        record["description"] = " ".join(part for part in told if part)
    if kind == "boolean":
        record |= {"trueValues": ["1"], "falseValues": ["0"]}
    if kind == "date" and not column.is_day:
        constraints["pattern"] = _DAY_PATTERN
    if column.name in table.key:
        constraints["required"] = True
    if column.bounds:
        constraints |= {"minimum": column.bounds[0], "maximum": column.bounds[1]}
    values = [code.value for code in column.codes if not column.is_missing(code.value)]
    # A list of codes binds where it is whole: not where states are values too or a user's codebook was read from the data.
    if values and not column.is_open and column.figures.count.keys() <= {code.value for code in column.codes}:
        constraints["enum"] = [int(value) if kind == "integer" else value for value in values]
        record["categories"] = [
            {"value": int(code.value) if kind == "integer" else code.value, "label": code.label}
            for code in column.codes
            if not column.is_missing(code.value)
        ]
    if column.missing:
        record["missingValues"] = ["", *column.missing]
    return record | ({"constraints": constraints} if constraints else {})


def _plain(file: File) -> dict[str, Any]:
    record = {
        "name": file.name,
        "type": "file",
        "description": file.about,
        "path": file.path,
        "scheme": "file",
        "format": file.path.rpartition(".")[2],
        "mediatype": file.media,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    return {key: value for key, value in record.items() if value != ""}
