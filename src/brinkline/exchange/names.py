"""Names of the files of a folder: after the narrative, safe on every system, each once."""

from __future__ import annotations

import re
from pathlib import Path

from brinkline.record import Coding

_UNSAFE = re.compile(r"[^\w.-]+")
#: How reading names one of several narratives in a file: "crises.csv, row 3", "crises.jsonl, line 3", "crises.json, $[3]".
_SHARED = re.compile(r"(.+), (?:row |line |\$\[)(\d+)\]?", re.DOTALL)
_LONGEST = 80


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


def unused(name: str, used: set[str]) -> str:
    """The name, with -2, -3, ... before the suffix when an earlier narrative of this run has taken it (in any case)."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}{suffix}"
    used.add(name.casefold())
    return name
