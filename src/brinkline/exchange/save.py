"""Codings to files or to a stream, in any format; what goes to a file appears whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from brinkline.errors import UsageError
from brinkline.exchange.formats import Format, find_format
from brinkline.exchange.output import whole_file
from brinkline.record import Coding

_UNSAFE = re.compile(r"[^\w.-]+")
#: How reading names one of several narratives in a file: "crises.csv, row 3", "crises.jsonl, line 3", "crises.json, $[3]".
_SHARED = re.compile(r"(.+), (?:row |line |\$\[)(\d+)\]?", re.DOTALL)
_LONGEST = 80


def write(codings: Iterable[Coding], form: Format | str, stream: TextIO) -> None:
    """Put codings on a text stream. UsageError BL122 when the format has a file per narrative and there are several."""
    form = _found(form)
    form.write(_single(codings, form) if form.layout == "each" else codings, stream)


def save(
    codings: Iterable[Coding], form: Format | str, path: str | Path, *, keep: Iterable[str | Path] = ()
) -> tuple[Path, ...]:
    """The files written, in order.

    ``path`` is a folder when it exists as one, ends with a slash, or has no suffix and the format makes several files;
    a missing folder is made. In a folder, formats with a file per narrative name each file after the narrative's source.
    Every file appears whole or not at all; files finished before an error or Ctrl-C stay. Files to ``keep`` (the narratives
    themselves) are never written to: UsageError BL123.
    """
    form = _found(form)
    kept = {os.path.realpath(item) for item in keep}
    if form.layout == "one" or not is_folder(path, form):
        with whole_file(_spared(Path(path), kept)) as stream:
            write(codings, form, stream)
        return (Path(path),)
    folder = _made(Path(path))
    if form.layout == "tables":
        from brinkline.exchange.csv_tables import table_paths, write_folder

        for target in table_paths(folder).values():
            _spared(target, kept)
        return write_folder(codings, folder)
    return tuple(_save_each(codings, form, folder, kept))


def is_folder(path: str | Path, form: Format) -> bool:
    """Whether output to ``path`` in this format goes into a folder of that name."""
    if str(path).endswith(("/", "\\")) or Path(path).is_dir():
        return True
    return form.layout != "one" and not Path(path).suffix and not Path(path).exists()


def file_name(coding: Coding, suffix: str) -> str:
    """A file name for one narrative: after its own file ("055.txt" gives "055"), else its number, else its place or title.

    Narratives that share a file ("crises.csv, row 3") are named by their number, else by file and place ("crises-3").
    """
    narrative = coding.narrative
    shared = _SHARED.fullmatch(narrative.source)
    path = Path((shared[1] if shared else narrative.source).replace("\\", "/"))
    stem = path.stem if path.suffix else path.name
    number = f"{narrative.number:03d}" if narrative.number is not None else ""
    name = (number or f"{stem}-{shared[2]}") if shared else stem or number or narrative.title.lower()
    return (_UNSAFE.sub("_", name).strip("._-")[:_LONGEST] or "narrative") + suffix


def _spared(path: Path, kept: Collection[str]) -> Path:
    """The path, when it is none of the files to keep."""
    if os.path.realpath(path) in kept:
        raise UsageError(
            "BL123", "the output would overwrite an input", place=str(path), remedy="name another file or folder with --out"
        )
    return path


def _save_each(codings: Iterable[Coding], form: Format, folder: Path, kept: Collection[str]) -> Iterator[Path]:
    used: set[str] = set()
    for coding in codings:
        path = _spared(folder / _unused(file_name(coding, form.suffix), used), kept)
        with whole_file(path) as stream:
            form.write([coding], stream)
        yield path


def _unused(name: str, used: set[str]) -> str:
    """The name, with -2, -3, ... before the suffix when an earlier narrative of this run has taken it (in any case)."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}{suffix}"
    used.add(name.casefold())
    return name


def _single(codings: Iterable[Coding], form: Format) -> Iterator[Coding]:
    """The only coding; a second one is looked for before the first is written."""
    found = list(islice(codings, 2))
    if len(found) > 1:
        raise UsageError(
            "BL122",
            f"{form.name} makes a file for each narrative, and there are several",
            remedy="name a folder: --out FOLDER/",
        )
    yield from found


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            "BL121", "cannot make the folder", place=str(folder), remedy="choose a place you may write to"
        ) from error
    return folder


def _found(form: Format | str) -> Format:
    return find_format(form) if isinstance(form, str) else form
