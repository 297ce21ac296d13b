"""TimeML: the narrative with its date expressions as TIMEX3, one document for each narrative."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from brinkline.exchange.timeml import write_timeml
from brinkline.record import Coding


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the document of each coding on the stream."""
    for coding in codings:
        stream.write(write_timeml(coding.narrative, coding.dates))
