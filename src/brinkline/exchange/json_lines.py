"""JSON Lines: one coding on each line, in the published layout; nothing is held in memory beyond one coding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put each coding on a line of its own."""
    for coding in codings:
        stream.write(coding.to_json(indent=None) + "\n")
