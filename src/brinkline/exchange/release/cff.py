"""``citation_file``: the CITATION.cff of a release (Citation File Format 1.2.0), which repositories read.

Texts are written as JSON strings, which YAML 1.2 takes as double-quoted scalars whatever they hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from brinkline.exchange.release.details import Creator, ReleaseDetails
from brinkline.exchange.release.works import Work
from brinkline.plain import one_line

_MESSAGE = "If you use these data, please cite them as below, and the narratives' own sources where you rely on them."


def citation_file(details: ReleaseDetails, programs: Iterable[Work], abstract: str) -> str:
    """The content of CITATION.cff: the data set, and the programs that coded it as references."""
    record = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "type": "dataset",
        "title": one_line(details.title),
        "abstract": one_line(abstract),
        "authors": [_author(item) for item in details.creators],
        "version": details.name,
        "date-released": details.day.iso(),
        "doi": details.doi,
        "url": details.homepage,
        "license": details.licence,
        "keywords": list(dict.fromkeys(filter(None, map(one_line, details.keywords)))),
        "references": [_reference(work) for work in programs],
    }
    return "".join(line + "\n" for line in _yaml({key: value for key, value in record.items() if value}))


def _author(item: Creator) -> dict[str, str]:
    names = {"name": item.name} if item.name else {"family-names": item.family, "given-names": item.given}
    record = {**names, "orcid": f"https://orcid.org/{item.orcid.rpartition('/')[2]}" if item.orcid else ""}
    return {key: one_line(value) for key, value in record.items() if value}


def _reference(work: Work) -> dict[str, Any]:
    record = {
        "type": "software",
        "title": work.title,
        "authors": [_author(item) for item in work.creators],
        "version": work.version,
        "year": int(work.years[0]) if work.years else None,
    }
    return {key: value for key, value in record.items() if value}


def _yaml(record: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, value in record.items():
        if not isinstance(value, list):
            yield f"{indent}{key}: {_scalar(value)}"
            continue
        yield f"{indent}{key}:"
        for item in value:
            if isinstance(item, dict):
                first, *rest = _yaml(item, indent + "    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
            else:
                yield f"{indent}  - {_scalar(item)}"


def _scalar(value: str | int) -> str:
    """The value on one line. What YAML does not take as it is in quotes (control signs, lone surrogates) is escaped."""
    if isinstance(value, int):
        return str(value)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in json.dumps(value, ensure_ascii=False))
