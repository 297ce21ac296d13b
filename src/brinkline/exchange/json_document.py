"""One JSON document: the object of the single coding, or a list of objects when there are none or several."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TextIO

from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put one document on the stream; codings are written as they come, only the first is held until a second one is seen."""
    items = iter(codings)
    first, second = next(items, None), next(items, None)
    if first is not None and second is None:
        stream.write(first.to_json() + "\n")
        return
    separator = "[\n"
    for coding in chain((item for item in (first, second) if item is not None), items):
        stream.write(separator + coding.to_json())
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")
