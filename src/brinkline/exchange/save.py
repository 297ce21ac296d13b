"""Codings to files or to a stream, in any format; what goes to a file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from brinkline.errors import UsageError
from brinkline.exchange.decided import Decided
from brinkline.exchange.formats import Format, find_format
from brinkline.exchange.names import file_name, unused
from brinkline.exchange.output import whole_file, whole_files
from brinkline.exchange.spool import told_full
from brinkline.record import Coding


def write(codings: Iterable[Coding], form: Format | str, stream: TextIO) -> None:
    """Put codings on a text stream. UsageError BL122 when the format has a file per narrative and there are several,
    BL124 when it is no text."""
    form = _found(form)
    check_place(form, "-")
    form.write(_single(codings, form) if form.layout == "each" else codings, stream)


def save(
    codings: Iterable[Coding],
    form: Format | str,
    path: str | Path,
    *,
    keep: Iterable[str | Path] = (),
    decisions: Iterable[Decided] = (),
) -> tuple[Path, ...]:
    """The files written, in order.

    ``path`` is a folder when it exists as one, ends with a slash, or has no suffix and the format makes several files;
    a missing folder is made. In a folder, formats with a file per narrative name each file after the narrative's source.
    Every file appears whole or not at all; files finished before an error or Ctrl-C stay. Files to ``keep`` (the narratives
    themselves) are never written to: UsageError BL123. ``decisions`` go into the table of them, where the format has one.
    """
    form = _found(form)
    check_place(form, path)
    kept = tuple(keep)
    more: dict[str, Any] = {"decisions": decisions} if form.decisions else {}
    if form.layout == "file":
        with whole_files(keep=kept) as files, told_full(Path(path)):
            form.write_file(codings, files.part(Path(path)), **more)
        return (Path(path),)
    if form.layout == "one" or not is_folder(path, form):
        with whole_file(path, keep=kept) as stream:
            write(codings, form, stream)
        return (Path(path),)
    folder = _made(Path(path))
    if form.layout == "each":
        return tuple(_save_each(codings, form, folder, kept))
    return form.write_folder(codings, folder, kept, **more)


def check_place(form: Format, path: str | Path) -> None:
    """UsageError BL124 when the format cannot go to this place ("-" is standard output); asked before anything is coded."""
    if str(path) == "-" and not form.is_text:
        name = "FOLDER/" if form.layout == "folder" else f"FILE{form.suffix}"
        raise UsageError("BL124", f"{form.name} is no text that could be printed", remedy=f"name a place: --out {name}")
    if form.layout == "folder" and not is_folder(path, form):
        raise UsageError("BL124", f"{form.name} makes several files", place=str(path), remedy="name a folder: --out FOLDER/")


def is_folder(path: str | Path, form: Format) -> bool:
    """Whether output to ``path`` in this format goes into a folder of that name."""
    if str(path).endswith(("/", "\\")) or Path(path).is_dir():
        return True
    return form.layout not in ("one", "file") and not Path(path).suffix and not Path(path).exists()


def _save_each(codings: Iterable[Coding], form: Format, folder: Path, kept: Collection[str | Path]) -> Iterator[Path]:
    used: set[str] = set()
    for coding in codings:
        path = folder / unused(file_name(coding, form.suffix), used)
        with whole_file(path, keep=kept) as stream:
            form.write([coding], stream)
        yield path


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
