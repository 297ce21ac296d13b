"""The ICB1-shaped table: one CSV row per crisis, exactly the columns of the ICB crisis table in their order.

The columns are those of the codebook; a joint date is split into its year, month and day. What is not coded stays empty;
``crisname`` is the title in capitals, as ICB writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from brinkline.exchange.cells import table_writer
from brinkline.exchange.icb_cells import crisis_cells, shown
from brinkline.record import Coding
from brinkline.reference.codebook import codebook


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table on the stream: a row for each coding."""
    names = codebook().columns("crisis")
    put = table_writer(stream, names)
    for coding in codings:
        found = crisis_cells(coding)
        put(shown(found, names))
