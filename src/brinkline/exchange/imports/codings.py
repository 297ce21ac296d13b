"""Tables of codings made by people (ICB1, ICB2, or a table of one's own through a mapping file) as values of one coder.

``read_codings`` reads and checks a file whole; ``load_codings`` stores its values as claims of a person, without words, since
such tables show none: basis "reference", and the note says file and row.
"""

from __future__ import annotations

import difflib
import functools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, select

from brinkline.decision import StoredClaim
from brinkline.errors import InputError
from brinkline.exchange.imports.cells import days, plain_number
from brinkline.exchange.imports.faults import Fault, Faults
from brinkline.exchange.imports.layout import Field, Layout, find_layout, icb_layout, read_layout
from brinkline.exchange.imports.sheet import Sheet, read_sheet
from brinkline.exchange.imports.values import field_value, state_number
from brinkline.model import Value
from brinkline.reference.codebook import Variable
from brinkline.reference.states import states
from brinkline.store import schema
from brinkline.store.claims import claim_id, store_claims
from brinkline.store.current import current_revision

_IGNORE = 'leave it out of the file, or name it in the mapping: ignore = ["{name}"]'
_NO_DAY = 10**9


@dataclass(frozen=True, slots=True)
class CodedValue:
    """One value of a table: its row, the case, what it is about ("crisis", "actor:740"), the variable, the value, its label."""

    row: int
    crisis: str
    subject: str
    field: str
    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class CodedTable:
    """All values of a table of codings, in the order of its rows. ``remarks`` tell of days that their month does not have,
    which the tables of the ICB project hold here and there: month and year are kept."""

    source: str
    values: tuple[CodedValue, ...]
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """What came of storing a table: claims that are new, claims the coder had made already, the cases that were stored, those
    the project has no narrative of, and the remarks of the table."""

    added: int
    known: int
    cases: tuple[str, ...]
    left_out: tuple[str, ...]
    remarks: tuple[Fault, ...] = ()


def read_codings(path: Path, mapping: Path | None = None) -> CodedTable:
    """The values of a table of codings. Without a mapping it has to be one of the tables ICB1 and ICB2.

    InputError names all faults with row, column and remedy: BL280 a column that identifies the rows is missing, BL281 an
    unknown column, BL282 a row whose case or actor is not told, BL283 a code that the codebook does not have, BL284 a row
    that stands twice, BL285 a row with too many cells.
    """
    sheet = read_sheet(path)
    layout = read_layout(mapping) if mapping is not None else _known_layout(sheet)
    faults = Faults(sheet.source)
    for name in (layout.crisis, layout.actor):
        if name and name not in sheet.columns:
            faults.add("BL280", f"there is no column {name!r}", 1, name, _near(name, sheet.columns, "name it in the mapping"))
    faults.check()
    for fault in sheet.faults:
        faults.add("BL285", fault.message, fault.row, fault.column, "quote cells that hold a comma")
    for name in sheet.columns:
        if name not in layout.known and "*" not in layout.known:
            remedy = _near(name, layout.known, _IGNORE.format(name=name))
            faults.add("BL281", f"unknown column {name!r}" if name else "a column without a name", 1, name, remedy)
    remarks = Faults(sheet.source)
    given = (_row(number, cells, layout, faults, remarks if mapping is None else faults) for number, cells in sheet.rows)
    rows = [row for row in given if row is not None]
    values = tuple(_numbered(rows, layout, faults))
    faults.check()
    return CodedTable(sheet.source, values, tuple(remarks))


def load_codings(conn: Connection, table: CodedTable, person: str, at: str) -> LoadedTable:
    """Store the values as claims of the person (an id) on the current texts, within the transaction of ``conn``.

    Cases without a narrative in the project are left out. InputError BL286 when there is none at all, BL287 when several
    narratives have the number of a case.
    """
    faults = Faults(table.source)
    revisions = _revisions(conn, table, faults)
    faults.check()
    claims = [
        _claim(item, revisions[item.crisis], table.source, person, at) for item in table.values if item.crisis in revisions
    ]
    known = set[str]()
    for start in range(0, len(claims), 500):
        names = [claim.id for claim in claims[start : start + 500]]
        known |= set(conn.execute(select(schema.claim.c.id).where(schema.claim.c.id.in_(names))).scalars())
    store_claims(conn, [claim for claim in claims if claim.id not in known], own=True)
    cases = tuple(dict.fromkeys(item.crisis for item in table.values))
    here = tuple(case for case in cases if case in revisions)
    left_out = tuple(case for case in cases if case not in revisions)
    return LoadedTable(len(claims) - len(known), len(known), here, left_out, table.remarks)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    crisis: str
    actor: str
    values: Mapping[str, str]


def _known_layout(sheet: Sheet) -> Layout:
    kind = find_layout(sheet.columns, sheet.source)
    if kind == "icbe":
        raise InputError(
            "BL247",
            "a table of events (ICBe) is not imported as a coding",
            place=sheet.source,
            remedy="compare with it: brinkline evaluate",
        )
    return icb_layout(kind)


def _row(number: int, cells: Mapping[str, str], layout: Layout, faults: Faults, no_days: Faults) -> _Row | None:
    """The values of a row; None when it does not tell whose they are. Everything that is wrong with it is noted, a day that its
    month does not have among ``no_days``."""
    crisis = plain_number(cells.get(layout.crisis, ""))
    actor = state_number(cells.get(layout.actor, ""), layout) if layout.actor else ""
    if not crisis:
        faults.add("BL282", "the case is not told", number, layout.crisis, "give its number")
    if layout.actor and not actor:
        given = cells.get(layout.actor, "")
        message = f"{given!r} names no state" if given else "the actor is not told"
        faults.add("BL282", message, number, layout.actor, "give a state number, or map the word: [actor_codes]")
    values = {}
    for name, field in layout.fields.items():
        value, wrong = field_value(field, cells)
        if wrong and field.variable.scale == "date" and len(value) == len("1937-06-31"):
            no_days.add("BL283", f"the month {value[:7]} has no such day ({value[8:]})", number, wrong[0], "correct the day")
            values[name] = value[:7]
        elif wrong:
            column, given = wrong
            faults.add("BL283", f"{given!r} is no code of {name}", number, column, _codes(field))
        elif value:
            values[name] = value
    return _Row(number, crisis, actor, values) if crisis and (actor or not layout.actor) else None


def _numbered(rows: list[_Row], layout: Layout, faults: Faults) -> Iterator[CodedValue]:
    """The values of all rows; the second row of the same actor in a crisis, by date, is its second crisis."""
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.crisis, row.actor].append(row)
    subjects: dict[int, str] = {}
    for (crisis, actor), group in groups.items():
        ordered = sorted(group, key=lambda row: ((days(row.values.get(layout.order, "")) or (_NO_DAY,))[0], row.number))
        for place, row in enumerate(ordered, 1):
            subjects[row.number] = f"actor:{actor}" + (f":{place}" if place > 1 else "") if actor else "crisis"
        for first, second in pairwise(ordered):
            if not actor or first.values.get(layout.order) == second.values.get(layout.order):
                who = f"actor {actor} in case {crisis}" if actor else f"case {crisis}"
                faults.add("BL284", f"{who} stands in row {first.number} too", second.number, remedy="leave one of the two out")
    for row in rows:
        for name, value in row.values.items():
            variable = layout.fields[name].variable
            yield CodedValue(
                row.number, row.crisis, subjects[row.number], name, _typed(variable, value), _label(variable, value)
            )


def _typed(variable: Variable, value: str) -> Value:
    return int(value) if variable.scale != "date" and value.removeprefix("-").isdecimal() else value


def _label(variable: Variable, value: str) -> str:
    """What a code means: its label in the codebook, or the name of the state it is the number of."""
    if label := variable.label_of(value):
        return label
    if value in variable.missing:
        return "not known"
    return _state_names().get(value, "") if variable.takes_states else ""


@functools.cache
def _state_names() -> dict[str, str]:
    numbers = ((state.number("icb"), state.name) for state in states())
    return {str(number): name for number, name in reversed(list(numbers)) if number is not None}


def _codes(field: Field) -> str:
    """The codes that a field can have, as a remedy."""
    variable = field.variable
    if variable.scale == "date":
        return "write it as 1937-06-22, or leave it empty"
    if not variable.codes:
        return "give a whole number, or leave it empty"
    codes = ", ".join([*(code.value for code in variable.codes[:12]), *(["..."] if len(variable.codes) > 12 else [])])
    return f"codes: {codes}" + (", or a state number" if variable.takes_states else "")


def _near(name: str, names: Collection[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else otherwise


def _revisions(conn: Connection, table: CodedTable, faults: Faults) -> dict[str, str]:
    """The current revision of each case that the project has a narrative of: by number, else by key."""
    rows = conn.execute(select(schema.narrative.c.id, schema.narrative.c.key, schema.narrative.c.number)).all()
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        known[row.key if row.number is None else str(row.number)].append(row.id)
    first = {item.crisis: item.row for item in reversed(table.values)}
    found: dict[str, str] = {}
    for case, number in first.items():
        if len(known[case]) > 1:
            faults.add("BL287", f"several narratives have the number {case}", number, remedy="keep one of them in the project")
        elif known[case]:
            found[case] = current_revision(conn, known[case][0]) or ""
    if first and not any(known[case] for case in first):
        faults.add(
            "BL286", "the project has a narrative of none of the cases", remedy="add the narratives first: brinkline add"
        )
    return found


def _claim(item: CodedValue, revision: str, source: str, person: str, at: str) -> StoredClaim:
    name = claim_id(revision, "variable", item.subject, item.field, item.value, (), person)
    note = f"imported from {source}, row {item.row}"
    what = (name, revision, "variable", item.subject, item.field, item.value, item.label, "reference", (), person)
    return StoredClaim(*what, confidence=1.0, rule="", note=note, at=at)  # type: ignore[arg-type]
