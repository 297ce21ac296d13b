"""What a coding says in the columns of the two ICB tables: joint dates split into year, month and day."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Final

from brinkline.exchange.cells import Cell, guarded, value_cell
from brinkline.model import Claim, CrisisActor, Value
from brinkline.record import Coding
from brinkline.reference.codebook import Level, codebook, split_date

#: The cell of a value that was looked for and stays open: the narrative cannot settle it. None is a value not looked for.
OPEN: Final = ""
#: Of an actor's row: the day on which the whole crisis began.
ONSET = "crisis_trigger_date"
_WORDS = frozenset({"crisname", "actor"})


def crisis_cells(coding: Coding) -> dict[str, Cell]:
    """What is known of the crisis, by ICB1 column."""
    return _cells(coding.crisis, "crisis") | _head(coding, "icb1", "ICB1")


def actor_cells(coding: Coding, row: CrisisActor) -> dict[str, Cell]:
    """What is known of one actor's row, by ICB2 column."""
    known = _cells(row.claims, "actor")
    if row.claim(ONSET) is None and (onset := crisis_trigger(coding)) is not None:
        known |= _split(ONSET, onset, "actor")
    return known | _head(coding, "icb2", "ICB2") | {"cracid": row.cow, "actor": row.abbrev}


def crisis_trigger(coding: Coding) -> str | None:
    """The day the crisis began, as a date claim's value: the crisis claim, else the earliest trigger of an actor."""
    for claim in coding.crisis:
        if claim.field == "trigger_date" and claim.value is not None:
            return str(claim.value)
    claims = (row.claim("trigger_date") for row in coding.crisis_actors)
    return min((str(claim.value) for claim in claims if claim and claim.value is not None), key=_order, default=None)


def shown(found: Mapping[str, Cell], names: Iterable[str]) -> list[Cell]:
    """The cells of a row of CSV: names and titles are guarded, whatever they look like."""
    cells = {
        name: guarded(cell) if name in _WORDS and isinstance(cell, str) else value_cell(cell) for name, cell in found.items()
    }
    return [cells.get(name) for name in names]


@functools.cache
def joint_dates(level: Level) -> dict[str, tuple[str, ...]]:
    """The dates that one claim holds, with their three columns (year, month, day)."""
    return {item.name: item.parts for item in codebook().variables if item.level == level and item.parts}


def _head(coding: Coding, tag: str, value: str) -> dict[str, Cell]:
    """Number and title of the case; the title in capitals, as ICB writes it."""
    return {tag: value, "crisno": coding.narrative.number, "crisname": coding.narrative.title.upper()}


def _cells(claims: Iterable[Claim], level: Level) -> dict[str, Cell]:
    known: dict[str, Cell] = {}
    for claim in claims:
        known |= _split(claim.field, claim.value, level)
    return known


def _split(field: str, value: Value, level: Level) -> dict[str, Cell]:
    """The cells of one value; a joint date that is no date of the codebook (a user's own words) fills none."""
    parts = joint_dates(level).get(field)
    if parts is None:
        return {field: OPEN if value is None else value}
    if value is None:
        return dict.fromkeys(parts, OPEN)
    try:
        return dict(zip(parts, split_date(str(value)), strict=True))
    except ValueError:
        return {}


def _order(value: Value) -> tuple[int, int, int]:
    """Order of date values: early, middle and late sort as days 5, 15 and 25; a missing part sorts after known ones."""
    year, month, day = split_date(str(value))
    return year or 9999, month or 99, {66: 5, 77: 15, 88: 25}.get(day or 99, day or 99)
