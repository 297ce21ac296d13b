"""A codebook of a user's own: variables and the rules that code them, read from one TOML file.

``load_codebook`` gives a ``CodebookFile`` or raises with all faults at once; ``find_faults`` gives the faults alone. The layout
of the file is described in ``docs/codebooks.md``; the keys of each table stand in ``codebook_check``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from brinkline.errors import InputError, NotFound
from brinkline.reference.codebook_check import build
from brinkline.reference.codebook_rules import CodebookFile
from brinkline.reference.fields import Fault

MOST_BYTES = 1_000_000
_NUMBERS = re.compile(r"\[([0-9]{1,9})\]")


def load_codebook(path: str | Path) -> CodebookFile:
    """The codebook in a file. NotFound BL501, InputError BL231 (not TOML), BL232 (all faults, each with its place)."""
    book, faults = read_codebook(path)
    if book is None or faults:
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        raise InputError(
            "BL232",
            f"the codebook has {count}: " + "; ".join(str(fault) for fault in faults[:20]),
            place=str(path),
            remedy=f"brinkline codebook check {path} lists them all",
        )
    return book


def find_faults(path: str | Path) -> list[Fault]:
    """Everything that is wrong with a codebook file, in the order of the file; raises as ``load_codebook`` but BL232."""
    return read_codebook(path)[1]


def read_codebook(path: str | Path) -> tuple[CodebookFile | None, list[Fault]]:
    """The codebook, None when it has faults, and the faults."""
    return parse_codebook(_bytes(Path(path)), str(path))


def parse_codebook(raw: bytes, place: str) -> tuple[CodebookFile | None, list[Fault]]:
    """As ``read_codebook``, from the bytes of a file; ``place`` names it in messages."""
    content = _toml(raw, place)
    faults: list[Fault] = []
    digest = hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()[:12]
    book = build(content, digest, faults)
    return (None if faults else book), sorted(dict.fromkeys(faults), key=_place_order)


def _place_order(fault: Fault) -> tuple[tuple[int, str], ...]:
    """By place, with numbers in brackets as numbers; faults at one place keep their order."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(fault.place))


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise NotFound("BL501", "there is no such file or folder", place=str(path), remedy="check the path")
    try:
        with path.open("rb") as handle:
            return handle.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            "BL201", f"cannot be read: {reason}", place=str(path), remedy="check the path and your rights"
        ) from error


def _toml(raw: bytes, place: str) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise InputError(
            "BL231", f"a codebook has at most {MOST_BYTES:,} bytes", place=place, remedy="check that it is the right file"
        )
    try:
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise InputError(
            "BL231", f"not a text in UTF-8 (byte {error.start})", place=place, remedy="save the file as UTF-8"
        ) from error
    except RecursionError as error:
        raise InputError("BL231", "not a codebook: lists within lists without end", place=place) from error
    except ValueError as error:  # TOMLDecodeError, and the limit on the digits of a number
        raise InputError(
            "BL231", f"not valid TOML: {str(error)[:200]}", place=place, remedy="mend that line; see docs/codebooks.md"
        ) from error
