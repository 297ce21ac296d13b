"""The ICB2-shaped table: one CSV row per crisis actor, exactly the columns of the ICB actor table in their order.

The columns and where each comes from stand in ``icb2.csv``. What is not coded stays empty; the case number ``cracno`` is
assigned by the ICB project and stays empty always. ``crisname`` is the title in capitals, as ICB writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from brinkline import data
from brinkline.exchange.cells import Cell, guarded, table_writer, value_cell
from brinkline.model import Claim, CrisisActor
from brinkline.record import Coding

#: Year, month and day of a date claim; the day may be ICB's code 66 (early), 77 (middle) or 88 (late in the month).
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def columns() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return tuple(row["column"] for row in data.table("brinkline.exchange", "icb2.csv"))


def write(codings: Iterable[Coding], stream: TextIO) -> None:
    """Put the table on the stream; a narrative without crisis actors has no row."""
    put = table_writer(stream, columns())
    for coding in codings:
        for row in coding.crisis_actors:
            put(cells(coding, row))


def cells(coding: Coding, row: CrisisActor) -> list[Cell]:
    """The cells of one actor's row, in the order of ``columns()``."""
    onset = crisis_trigger(coding)
    return [
        _cell(coding, row, onset, line["source"], line["field"], line["part"])
        for line in data.table("brinkline.exchange", "icb2.csv")
    ]


def crisis_trigger(coding: Coding) -> str:
    """The day the crisis began, as a date claim's value: the crisis claim, else the earliest trigger of an actor, else ""."""
    claimed = _value(next((claim for claim in coding.crisis if claim.field == "trigger_date"), None))
    days = [_value(row.claim("trigger_date")) for row in coding.crisis_actors]
    return claimed or min((day for day in days if day), key=_order, default="")


def _order(day: str) -> tuple[int, int, int]:
    """Order of date values: early, middle and late sort as days 5, 15 and 25; a missing part sorts after known ones."""
    found = _DATE.fullmatch(day)
    if found is None:
        return (9999, 99, 99)
    number = int(found["day"] or 99)
    return int(found["year"]), int(found["month"] or 99), {66: 5, 77: 15, 88: 25}.get(number, number)


def _cell(coding: Coding, row: CrisisActor, onset: str, source: str, field: str, part: str) -> Cell:
    match source:
        case "constant":
            return field
        case "narrative":
            return coding.narrative.number if field == "number" else guarded(coding.narrative.title.upper())
        case "row":
            return row.cow if field == "cow" else guarded(row.abbrev)
        case "date":
            return _part(onset if field == "crisis_trigger" else _value(row.claim(field)), part)
        case "claim":
            claim = row.claim(field)
            return value_cell(claim.value) if claim else None
        case _:
            return None


def _part(day: str, part: str) -> int | None:
    found = _DATE.fullmatch(day)
    return int(found[part]) if found and found[part] else None


def _value(claim: Claim | None) -> str:
    return str(claim.value) if claim is not None and claim.value is not None else ""
