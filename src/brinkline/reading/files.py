"""``read``: the narratives of one file of any supported format; ``find_inputs``: the files of folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.reading.clean import clean
from brinkline.reading.layout import parse

SUFFIXES = frozenset({".txt", ".text"})


def read(path: Path | str, *, max_characters: int = 20_000_000) -> Iterator[Narrative | InputError]:
    """The narratives of a file; a bad row of a table comes as an InputError in its place, so that the others go on."""
    path = Path(path)
    yield from read_bytes(path.read_bytes(), str(path), path.suffix)


def read_bytes(data: bytes, source: str, suffix: str = "") -> Iterator[Narrative | InputError]:
    """The narratives of a file's content."""
    text, notices = clean(data.decode("utf-8-sig", "replace"))
    if not text.strip():
        raise InputError("BL203", "the file is empty", place=source, remedy="give a file with at least one sentence")
    yield parse(text, source, notices=notices)


def find_inputs(paths: Iterable[Path]) -> list[Path]:
    """The files to read, folders expanded."""
    found: list[Path] = []
    for path in paths:
        found += sorted(item for item in path.rglob("*.txt") if item.is_file()) if path.is_dir() else [path]
    return found
