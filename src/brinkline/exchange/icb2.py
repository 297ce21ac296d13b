"""The ICB2-shaped table: one CSV row per crisis actor, exactly the columns of the ICB actor table in their order.

The columns are those of the codebook; a joint date such as ``trigger_date`` is split into its year, month and day. What is not
coded stays empty. The case number ``cracno`` is given by the ICB project and stays empty always; ``crisname`` is the title
in capitals, as ICB writes it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TextIO

from brinkline.exchange.cells import Cell, guarded, table_writer, value_cell
from brinkline.model import CrisisActor, Value
from brinkline.record import Coding
from brinkline.reference.codebook import codebook, split_date

_ONSET = "crisis_trigger_date"


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table on the stream; a narrative without crisis actors has no row."""
    names = codebook().columns("actor")
    put = table_writer(stream, names)
    for coding in codings:
        for row in coding.crisis_actors:
            found = cells(coding, row)
            put([found.get(name) for name in names])


def cells(coding: Coding, row: CrisisActor) -> dict[str, Cell]:
    """What is known of one actor's row, by column."""
    known: dict[str, Cell] = {claim.field: value_cell(claim.value) for claim in row.claims}
    known.setdefault(_ONSET, crisis_trigger(coding))
    for name, parts in _joint_dates():
        day = known.pop(name, None)
        if day is not None:
            known.update(zip(parts, split_date(str(day)), strict=True))
    return known | {
        "icb2": "ICB2",
        "crisno": coding.narrative.number,
        "crisname": guarded(coding.narrative.title.upper()),
        "cracid": row.cow,
        "actor": guarded(row.abbrev),
    }


def crisis_trigger(coding: Coding) -> str | None:
    """The day the crisis began, as a date claim's value: the crisis claim, else the earliest trigger of an actor."""
    for claim in coding.crisis:
        if claim.field == "trigger_date" and claim.value is not None:
            return str(claim.value)
    claims = (row.claim("trigger_date") for row in coding.crisis_actors)
    return min((str(claim.value) for claim in claims if claim and claim.value is not None), key=_order, default=None)


def _order(value: Value) -> tuple[int, int, int]:
    """Order of date values: early, middle and late sort as days 5, 15 and 25; a missing part sorts after known ones."""
    year, month, day = split_date(str(value))
    return year or 9999, month or 99, {66: 5, 77: 15, 88: 25}.get(day or 99, day or 99)


@functools.cache
def _joint_dates() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((item.name, item.parts) for item in codebook().variables if item.level == "actor" and item.parts)
