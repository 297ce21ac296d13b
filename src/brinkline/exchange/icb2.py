"""The ICB2-shaped table: one CSV row per crisis actor, exactly the columns of the ICB actor table in their order.

The columns are those of the codebook; a joint date such as ``trigger_date`` is split into its year, month and day. What is not
coded stays empty. The case number ``cracno`` is given by the ICB project and stays empty always; ``crisname`` is the title
in capitals, as ICB writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from brinkline.exchange.cells import table_writer
from brinkline.exchange.icb_cells import actor_cells, shown
from brinkline.record import Coding
from brinkline.reference.codebook import codebook


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table on the stream; a narrative without crisis actors has no row."""
    names = codebook().columns("actor")
    put = table_writer(stream, names)
    for coding in codings:
        for row in coding.crisis_actors:
            found = actor_cells(coding, row)
            put(shown(found, names))
