"""The coded values and courses of events of all cases as arrays, read once and kept until a coding is added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from brinkline import data
from brinkline.reference.codebook import Level, codebook
from brinkline.search.sequence import HAPPENED, EventRow
from brinkline.search.similar import Courses, Table, Values, courses
from brinkline.search.snapshot import kept, snapshot_of
from brinkline.search.stories import stories_of
from brinkline.store.schema import found_value

LEVELS: tuple[Level, ...] = ("crisis", "actor")
#: Types that every narrative tells of: they say nothing about the course of a crisis.
_FRAME = frozenset({"think.crisis_start", "think.crisis_end"})
#: The most events of a case that are compared.
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Cell:
    """One coded value: its code and label."""

    value: str
    label: str


@dataclass(frozen=True, eq=False)
class Profiles:
    """All cases in the order of the snapshot: for each level the table, the subject and the coded values of each of its rows,
    and the events of each case in the order of time."""

    tables: Mapping[Level, Table]
    fields: Mapping[Level, tuple[str, ...]]
    subjects: Mapping[Level, tuple[str, ...]]
    cells: Mapping[Level, tuple[Mapping[str, Cell], ...]]
    events: tuple[tuple[EventRow, ...], ...]
    courses: Courses


def profiles_of(conn: Connection) -> Profiles:
    """The profiles of the project as the connection sees it."""
    return kept(conn, "profiles", _read)


def weights_of(level: Level) -> Mapping[str, float]:
    """The variables of a level that are compared, with their weights."""
    found: Mapping[str, float] = data.toml("brinkline.search", "similar.toml")[level]
    return found


def in_time(rows: Sequence[EventRow]) -> tuple[EventRow, ...]:
    """What happened, in the order of time; an undated event stands with the dated one before it in the text."""
    placed: list[tuple[int, int, EventRow]] = []
    day = min((row.first for row in rows if row.first is not None), default=0)
    for row in rows:
        if row.kind.mode in HAPPENED and row.kind.type not in _FRAME:
            day = row.first if row.first is not None else day
            placed.append((day, row.position, row))
    return tuple(row for _, _, row in sorted(placed, key=lambda item: item[:2])[:_LONGEST])


def acts_of(rows: Sequence[EventRow]) -> list[tuple[str, str]]:
    """The types of events with their PLOVER roots."""
    return [(row.kind.type, row.kind.plover) for row in rows]


def _read(conn: Connection) -> Profiles:
    snapshot, stories = snapshot_of(conn), stories_of(conn)
    names = {name for level in LEVELS for name in weights_of(level)}
    column = found_value.c
    rows = select(column.revision_id, column.subject, column.field, column.value, column.label).where(column.field.in_(names))
    coded: dict[Level, dict[tuple[int, str], dict[str, Cell]]] = {level: defaultdict(dict) for level in LEVELS}
    for revision, subject, field, value, label in conn.execute(rows).all():
        level: Level = "crisis" if subject == "crisis" else "actor"
        if value is not None and revision in snapshot.by_revision and field in weights_of(level):
            coded[level][snapshot.by_revision[revision], subject][field] = Cell(value, label)
    ordered = {level: sorted(own.items()) for level, own in coded.items()}
    events = tuple(in_time(stories.get(case.revision_id, ())) for case in snapshot.cases)
    return Profiles(
        {level: _table(level, ordered[level]) for level in LEVELS},
        {level: tuple(weights_of(level)) for level in LEVELS},
        {level: tuple(subject for (_, subject), _ in ordered[level]) for level in LEVELS},
        {level: tuple(cells for _, cells in ordered[level]) for level in LEVELS},
        events,
        courses([acts_of(own) for own in events]),
    )


def _table(level: Level, rows: Sequence[tuple[tuple[int, str], Mapping[str, Cell]]]) -> Table:
    """The values as numbers; a code that is no number gets one of its own, which is right for nominal variables."""
    fields = tuple(weights_of(level))
    cells = np.full((len(rows), len(fields)), np.nan)
    words: dict[str, int] = {}
    for at, (_, coded) in enumerate(rows):
        for column, field in enumerate(fields):
            if field in coded:
                value = coded[field].value
                number = value.removeprefix("-").isdecimal()
                cells[at, column] = float(value) if number else 10**9 + words.setdefault(value, len(words))
    case_of = np.array([case for (case, _), _ in rows], dtype=np.int64)
    return Table(np.array(list(weights_of(level).values()), dtype=float), _spans(level, fields, cells), cells, case_of)


def _spans(level: Level, fields: Sequence[str], cells: Values) -> Values:
    """The distance of the farthest codes of each ordinal variable, 0 for nominal ones; of scores the farthest that occur."""
    spans = np.zeros(len(fields))
    for at, field in enumerate(fields):
        variable = codebook().variable(field, level)
        codes = [int(code.value) for code in variable.codes if code.value.removeprefix("-").isdecimal()]
        if variable.scale == "ordinal" and codes:
            spans[at] = max(codes) - min(codes)
        elif variable.scale in ("score", "count", "days") and not np.isnan(cells[:, at]).all():
            spans[at] = np.nanmax(cells[:, at]) - np.nanmin(cells[:, at])
    return spans
