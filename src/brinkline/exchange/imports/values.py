"""What the cells of one row say: the state it is about and the value of each field, with the cell that cannot be right."""

from __future__ import annotations

from collections.abc import Mapping

from brinkline.exchange.imports.cells import days, joint_date, plain_number
from brinkline.exchange.imports.layout import Field, Layout
from brinkline.reference.states import readings


def state_number(cell: str, layout: Layout) -> str:
    """The state number of an actor cell: by the mapping, as it stands, or by the name of a state; "" when it is none."""
    plain = plain_number(cell)
    if plain in layout.actor_codes:
        return layout.actor_codes[plain]
    if not plain or plain.isdecimal():
        return plain
    meant = readings(cell, None)
    return str(meant[0].state.number("icb") or "") if meant else ""


def field_value(item: Field, cells: Mapping[str, str]) -> tuple[str, tuple[str, str] | None]:
    """The value of a field ("" when the cells are empty), and the column and cell that the codebook does not allow."""
    variable = item.variable
    if variable.scale == "date":
        return _date(item, cells)
    given = plain_number(cells.get(item.columns[0], ""))
    value = item.codes.get(given, given)
    if not value or value in variable.missing or (not variable.codes and variable.scale in ("nominal", "ordinal")):
        return value, None
    return value, None if variable.allows(value) else (item.columns[0], given)


def _date(item: Field, cells: Mapping[str, str]) -> tuple[str, tuple[str, str] | None]:
    if len(item.columns) == 1:
        given = cells.get(item.columns[0], "")
        return given, (item.columns[0], given) if given and days(given) is None else None
    parts = [cells.get(column, "") for column in item.columns]
    value = joint_date(*parts)
    known = value.count("-") + 1 if value else 0
    for column, given in zip(item.columns[known:], parts[known:], strict=True):
        if plain_number(given) not in ("", "0", *item.variable.missing) and not given.startswith("-"):
            return value, (column, given)
    return value, (item.columns[2], parts[2]) if value and days(value) is None else None
