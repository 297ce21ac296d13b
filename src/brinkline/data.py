"""Data files of the package (TOML and CSV beside the code that reads them), read once and checked for unique ids."""

from __future__ import annotations

import csv
import functools
import io
import tomllib
from importlib import resources
from typing import Any


def _text(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


@functools.cache
def toml(package: str, name: str) -> dict[str, Any]:
    """The content of a TOML data file; do not change the returned object, it is shared."""
    return tomllib.loads(_text(package, name))


@functools.cache
def table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV data file as dictionaries; lines that start with ``#`` are comments."""
    lines = [line for line in _text(package, name).splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(io.StringIO("\n".join(lines))))
