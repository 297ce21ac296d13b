"""Data files of the package (TOML and CSV beside the code that reads them), read once and checked for unique ids."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import itertools
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

#: The folders whose data files decide what a coding says.
CODING_DATA = ("actors", "dates", "events", "reading", "reference", "sentences", "variables")

_SOURCE = re.compile(r"\bSource(?: of [^:.]+)?: (.+?)(?:[.;](?:\s|$)|$)")


def _text(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


@functools.cache
def toml(package: str, name: str) -> dict[str, Any]:
    """The content of a TOML data file; do not change the returned object, it is shared."""
    return tomllib.loads(_text(package, name))


@functools.cache
def table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV data file as dictionaries; lines that start with ``#`` are comments.

    ValueError for a row with more or fewer cells than the header, which would shift values into the wrong column.
    """
    lines = [line for line in _text(package, name).splitlines() if not line.startswith("#")]
    header, *rows = csv.reader(io.StringIO("\n".join(lines)))
    return tuple(dict(zip(header, row, strict=True)) for row in rows if row)


@functools.cache
def source_line(file: str) -> str:
    """The source that the comment at the head of a data file names for all its lines ("# Source: ..."), "" when none."""
    head = itertools.takewhile(lambda line: line.startswith("#"), _text("brinkline", file).splitlines())
    found = _SOURCE.search(" ".join(line.lstrip("# ") for line in head))
    return found[1].strip() if found else ""


@functools.cache
def coding_files() -> tuple[str, ...]:
    """The data files that can change a coding, as paths below ``brinkline/`` in sorted order ("dates/words.toml")."""
    root = resources.files("brinkline")
    return tuple(sorted(name for group in CODING_DATA for name, _ in _data_files(root.joinpath(group), group)))


@functools.cache
def data_versions() -> tuple[tuple[str, str], ...]:
    """The version of each group of data files that can change a coding, as (name, 12 hexadecimal digits of a SHA-256).

    A group is one of the folders of the coding side, or "sentences" for the files beside ``sentences.py``. Names and
    contents are hashed in sorted order, so any change of a rule, word list or table shows in a run's record.
    """
    root = resources.files("brinkline")
    versions = []
    for group in CODING_DATA:
        digest = hashlib.sha256()
        files = sorted(_data_files(root.joinpath(group), group), key=lambda entry: entry[0])
        for name, item in files:
            digest.update(name.encode() + b"\0" + item.read_bytes().replace(b"\r\n", b"\n") + b"\0")
        if files:
            versions.append((group, digest.hexdigest()[:12]))
    return tuple(versions)


def _data_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        single = resources.files("brinkline").joinpath(f"{prefix}.toml")
        if single.is_file():
            yield single.name, single
        return
    for item in folder.iterdir():
        name = f"{prefix}/{item.name}"
        if item.is_dir():
            yield from _data_files(item, name)
        elif item.name.endswith((".toml", ".csv")):
            yield name, item
