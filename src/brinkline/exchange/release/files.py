"""The files of a release: what each is, their hashes, and the folder that appears whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from brinkline.errors import UsageError
from brinkline.exchange.formats import find_format
from brinkline.exchange.release.described import csv_file

_MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".xml": "application/xml",
    ".tml": "application/xml",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".ann": "text/plain",
    ".cff": "application/yaml",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".py": "text/x-python",
    ".sqlite": "application/vnd.sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".dta": "application/x-stata-dta",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a release: its place with slashes, its size and its SHA-256; what it is, and the MIME type."""

    path: str
    bytes: int
    sha256: str
    about: str = ""
    media: str = ""

    @property
    def name(self) -> str:
        """The name of the file as a resource: its path in the letters that Frictionless and Croissant allow."""
        return resource_name(self.path)


def resource_name(path: str) -> str:
    """The name of a file as a resource.

    >>> resource_name("data/csv/crisis_actors.csv")
    'csv/crisis_actors.csv'
    """
    return re.sub(r"[^a-z0-9._/-]+", "-", path.removeprefix("data/").lower())


def list_files(root: Path) -> list[File]:
    """Every file below the folder, in the order of the paths."""
    return [_file(root, path) for path in list_paths(root)]


def _file(root: Path, path: str) -> File:
    parts = path.split("/")
    about = find_format(parts[1]).help if parts[0] == "data" else ""
    stem, suffix = Path(path).stem, Path(path).suffix
    told = f"the table {stem}" if path == csv_file(stem) else about
    return File(path, (root / path).stat().st_size, hash_of(root / path), told, _MEDIA.get(suffix, ""))


def list_paths(root: Path) -> list[str]:
    """The path of every file below the folder, with slashes and in order."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the place, which becomes ``folder`` when the block ends and is gone after an error.

    UsageError BL493 when something is there already, BL121 when the disk is full or may not be written to.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(
                "BL493",
                "something is there already, and a release is never written over",
                place=str(folder),
                remedy="give the release another name",
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent) as place:
            part = Path(place) / folder.name
            part.mkdir()
            yield part
            if folder.is_dir():
                folder.rmdir()
            part.rename(folder)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(
            "BL121", f"cannot write: {why}", place=str(folder), remedy="free space, or choose another place"
        ) from error
