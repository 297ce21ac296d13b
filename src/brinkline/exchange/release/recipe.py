"""What a release tells of itself: how it was made (``read_recipe``), whether it is as it was released (``check_release``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from brinkline.errors import InputError, NotFound
from brinkline.exchange.release.details import ReleaseDetails, details_from
from brinkline.exchange.release.files import hash_of, list_paths

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
#: Version of the layout of a release; rises when a file or an entry of the manifest changes its meaning.
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a release says of how it was made: its details, its formats and the name of the release before it ("" if none)."""

    details: ReleaseDetails
    formats: tuple[str, ...]
    previous: str


def read_recipe(folder: str | Path) -> Recipe:
    """How the release in a folder was made; NotFound BL494 when there is none, InputError BL495 for a broken manifest."""
    path = Path(folder) / MANIFEST
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound("BL494", "no release there", place=str(folder), remedy="name the folder of a release") from error
    except ValueError as error:
        raise _broken(path, str(error)) from error
    if not isinstance(record, dict) or record.get("brinkline_release") != LAYOUT:
        raise _broken(path, f"it is no manifest of layout {LAYOUT}")
    try:
        earlier = record["previous"]
        return Recipe(
            details_from(record["details"], place=str(path)), tuple(record["formats"]), earlier["name"] if earlier else ""
        )
    except (KeyError, TypeError) as error:
        raise _broken(path, f"entry {error} is missing") from error


def _broken(path: Path, why: str) -> InputError:
    return InputError("BL495", f"the manifest of a release cannot be read: {why}", place=str(path), remedy="take a whole copy")


def check_release(folder: str | Path) -> tuple[str, ...]:
    """What differs in a release's folder from its SHA256SUMS, one line for each file; empty when all is as released.

    NotFound BL494 when there is no release.
    """
    root = Path(folder)
    try:
        lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotFound("BL494", "no release there", place=str(root), remedy="name the folder of a release") from error
    known = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    faults = []
    for path, digest in known.items():
        if not (root / path).is_file():
            faults.append(f"missing: {path}")
        elif hash_of(root / path) != digest:
            faults.append(f"changed: {path}")
    return (*faults, *(f"not of this release: {path}" for path in list_paths(root) if path not in known and path != SUMS))
