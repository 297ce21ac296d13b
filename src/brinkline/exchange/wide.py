"""The tables ``crises`` and ``crisis_actors``: one row per crisis or actor, one column per variable.

The columns are those of the codebook in the order of the ICB tables, then first and last day of every joint date, then the
variables of the user's own codebook. A column holds whole numbers as long as all its values are some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from brinkline.calendar import is_day
from brinkline.charts.data import claim_days
from brinkline.exchange.cells import Cell
from brinkline.exchange.columns import Column, Row, Table, Type
from brinkline.exchange.icb_cells import ONSET, OPEN, actor_cells, crisis_cells, joint_dates
from brinkline.exchange.tables import narrative_key
from brinkline.model import Claim
from brinkline.record import Coding, OwnVariable
from brinkline.reference.codebook import Code, Level, Variable, codebook

_WHOLE = re.compile(r"-?\d{1,9}")
_NUMBER = Column("crisno", "integer", "number of the case as the narrative gives it")
_TITLE = Column("crisname", "text", "title of the narrative")
_KEY = Column("narrative", "key", "key of the narrative")
_HEADS: dict[Level, tuple[Column, ...]] = {
    "crisis": (_KEY, _NUMBER, _TITLE),
    "actor": (
        _KEY,
        _NUMBER,
        _TITLE,
        Column("cracid", "integer", "number of the state"),
        Column("actor", "text", "abbreviation of the state"),
        Column("name", "text", "name of the state"),
        Column("row", "integer", "1, or 2 for a second crisis of the same state"),
    ),
}
_NAMES: dict[Level, str] = {"crisis": "crises", "actor": "crisis_actors"}
#: Columns of the ICB tables that are filled from elsewhere or that only the ICB project gives.
_LEFT_OUT = frozenset({"icb1", "icb2", "crisno", "cracno", "crisname", "cracid", "actor"})


class WideTables:
    """Collects the rows of both tables; which columns there are is known when the last coding has been added."""

    def __init__(self) -> None:
        self._rows: dict[Level, list[dict[str, Cell]]] = {"crisis": [], "actor": []}
        self._own: dict[tuple[str, str], OwnVariable] = {}
        self._labels: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, coding: Coding) -> None:
        """Take in the rows of one coding."""
        self._own |= {(item.level, item.name): item for item in coding.own_variables}
        head: dict[str, Cell] = {
            "narrative": narrative_key(coding),
            "crisno": coding.narrative.number,
            "crisname": coding.narrative.title,
        }
        if coding.crisis:
            self._rows["crisis"].append(crisis_cells(coding) | self._days(coding.crisis, "crisis") | head)
        for row in coding.crisis_actors:
            known = actor_cells(coding, row) | self._days(row.claims, "actor")
            self._rows["actor"].append(known | head | {"name": row.name, "row": row.row})

    def tables(self) -> Iterator[tuple[Table, list[Row]]]:
        """Both tables with their rows."""
        for level, name in _NAMES.items():
            rows = self._rows[level]
            columns = [_typed(column, rows) for column in self._columns(level)]
            yield Table(name, tuple(columns)), [[row.get(column.name) for column in columns] for row in rows]

    def _columns(self, level: Level) -> Iterator[Column]:
        own = [item for item in self._own.values() if item.level == level]
        replaced = {item.name for item in own}
        yield from _HEADS[level]
        for variable in codebook().variables:
            if variable.level == level and not variable.parts and variable.name not in _LEFT_OUT | replaced:
                yield _column(variable)
        dates = {name: codebook().variable(name, level).label for name in joint_dates(level) if name != ONSET}
        dates |= {item.name: item.label for item in own if item.scale == "date"}
        for name, label in dates.items():
            if name not in replaced or _is_date(own, name):
                yield Column(f"{name}_first", "date", f"{label}: first day it can be")
                yield Column(f"{name}_last", "date", f"{label}: last day it can be")
        for item in own:
            labels = self._labels.get((level, item.name), {})
            codes = tuple(Code(value, label) for value, label in sorted(labels.items(), key=_by_code))
            yield Column(item.name, "value", item.label, item.scale, codes)

    def _days(self, claims: Iterable[Claim], level: Level) -> dict[str, Cell]:
        """First and last day of each date, and what the codes of the user's own variables mean."""
        found: dict[str, Cell] = {}
        for claim in claims:
            own = self._own.get((level, claim.field))
            if own is not None and claim.value is not None and claim.label:
                self._labels.setdefault((level, claim.field), {})[str(claim.value)] = claim.label
            days = claim_days(claim) if claim.field in joint_dates(level) or (own and own.scale == "date") else None
            if days and all(is_day(*day) for day in days):
                found |= {f"{claim.field}_first": days[0].iso(), f"{claim.field}_last": days[1].iso()}
            if own is not None:
                found[claim.field] = OPEN if claim.value is None else claim.value
        return found


def _is_date(own: Iterable[OwnVariable], name: str) -> bool:
    """Whether the user's variable of that name is a date."""
    return any(item.name == name and item.scale == "date" for item in own)


def _column(variable: Variable) -> Column:
    kind: Type = "text" if variable.scale == "text" else "integer"
    return Column(variable.name, kind, variable.label, variable.scale, variable.codes, variable.missing, variable.note)


def _typed(column: Column, rows: Iterable[dict[str, Cell]]) -> Column:
    """The column as what its values are: whole numbers, or text when one of them is none."""
    if column.scale in ("", "text"):
        return column
    cells = [row.get(column.name) for row in rows]
    known = [str(cell) for cell in cells if cell is not None and cell != OPEN]
    whole = all(_WHOLE.fullmatch(cell) for cell in known) and bool(known or column.type == "integer")
    return replace(column, type="integer" if whole else "value")


def _by_code(item: tuple[str, str]) -> tuple[int, str]:
    return (int(item[0]), "") if _WHOLE.fullmatch(item[0]) else (10**9, item[0])
