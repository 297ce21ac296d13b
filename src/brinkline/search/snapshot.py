"""The index of a project in memory, as columns of whole numbers: for order, sets of sentences and facets.

It is read once and kept for an engine until a text or a coding is added; what people decide is never kept. A set of sentences
is an array of bits over ``Snapshot.ids``, which stand in the order in which hits are shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, func, select

from brinkline.store.schema import coding, found_actor, found_event, found_sentence, found_value, narrative, revision

_T = TypeVar("_T")
#: One bit for each sentence.
Bits = NDArray[np.bool_]
Numbers = NDArray[np.int64]

#: The variables whose values are counted, crisis level first: those by which cases are compared most.
VARIABLES = ("break", "gravcr", "viol", "subout", "triggr", "majres", "outcom")


@dataclass(frozen=True, slots=True)
class Case:
    """One narrative of the index; its sentences are those from ``first`` to before ``end`` in the order of hits."""

    narrative_id: str
    revision_id: str
    number: int | None
    key: str
    title: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """What stands where, each pair once: the place of a sentence or narrative, and the number of one of ``names``."""

    names: tuple[tuple[str, ...], ...]
    places: Numbers
    of: Numbers

    def counts(self, bits: Bits) -> Numbers:
        """How many of the marked places each name stands at."""
        return np.bincount(self.of[bits[self.places]], minlength=len(self.names))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All narratives in the order of their numbers, those without one last, by key, and all their sentences."""

    cases: tuple[Case, ...]
    by_revision: dict[str, int]
    ids: Numbers
    case_of: Numbers
    sorted_ids: Numbers
    sorted_places: Numbers

    def none(self) -> Bits:
        """A set without any sentence."""
        return np.zeros(len(self.ids), dtype=np.bool_)

    def bits(self, ids: Sequence[int]) -> Bits:
        """The set of some sentences by id; ids that the index does not know are left out."""
        found = self.none()
        given = np.array(ids, dtype=np.int64)
        if len(given) and len(self.ids):
            at = np.searchsorted(self.sorted_ids, given).clip(max=len(self.ids) - 1)
            found[self.sorted_places[at[self.sorted_ids[at] == given]]] = True
        return found

    def of_revisions(self, revisions: Iterable[str]) -> Bits:
        """The sentences of some revisions."""
        wanted = np.zeros(len(self.cases) + 1, dtype=np.bool_)
        wanted[[self.by_revision[item] for item in revisions if item in self.by_revision]] = True
        return wanted[self.case_of]

    def whole(self, bits: Bits) -> Bits:
        """All sentences of the narratives that hold one of the sentences."""
        return self.cases_of(bits)[self.case_of]

    def cases_of(self, bits: Bits) -> Bits:
        """The narratives that hold one of the sentences, one bit for each of ``cases``."""
        found = np.zeros(len(self.cases), dtype=np.bool_)
        found[self.case_of[bits]] = True
        return found


@dataclass(frozen=True, eq=False)
class Columns:
    """What facets count: actors and types of events by sentence, the values of ``VARIABLES`` by narrative."""

    actors: Pairs
    types: Pairs
    values: Pairs


def listed(conn: Connection, column: Any) -> Any:
    """All values of a column as one list: the database hands it over faster than a row for each."""
    return func.json_group_array(column) if conn.dialect.name == "sqlite" else func.array_agg(column)


def whole_list(given: Any) -> list[Any]:
    """What ``listed`` gave, as a list without nulls."""
    items = json.loads(given) if isinstance(given, str) else given or ()
    return [item for item in items if item is not None]


@dataclass(eq=False)
class _Kept:
    """What was read for one engine, by name, and of what state of the project it is."""

    stamp: tuple[Any, ...]
    parts: dict[str, Any]


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def kept(conn: Connection, name: str, read: Callable[[Connection], _T]) -> _T:
    """What ``read`` gives for the project as the connection sees it, read anew only when a text or a coding was added."""
    stamp = _stamp(conn)
    own = _KEPT.get(conn.engine)
    if own is None or own.stamp != stamp:
        own = _KEPT[conn.engine] = _Kept(stamp, {})
    if name not in own.parts:
        own.parts[name] = read(conn)
    found: _T = own.parts[name]
    return found


def snapshot_of(conn: Connection) -> Snapshot:
    """The snapshot of the project as the connection sees it."""
    return kept(conn, "snapshot", _read)


def columns_of(conn: Connection) -> Columns:
    """The columns of the project as the connection sees it."""
    return kept(conn, "columns", lambda own: _read_columns(own, snapshot_of(own)))


def _stamp(conn: Connection) -> tuple[Any, ...]:
    """What changes whenever a text or a coding is added to the project."""
    statement = select(
        select(func.max(coding.c.seq)).scalar_subquery(),
        select(func.count()).select_from(revision).scalar_subquery(),
        select(func.max(found_sentence.c.id)).scalar_subquery(),
    )
    return tuple(conn.execute(statement).one())


def _read(conn: Connection) -> Snapshot:
    table = found_sentence
    rows = conn.execute(
        select(table.c.revision_id, table.c.narrative_id, table.c.id).order_by(table.c.revision_id, table.c.sentence)
    )
    own: dict[tuple[str, str], list[int]] = {}
    for revision_id, narrative_id, item in rows.all():
        own.setdefault((narrative_id, revision_id), []).append(item)
    about = {
        row.id: row for row in conn.execute(select(narrative.c.id, narrative.c.number, narrative.c.key, narrative.c.title))
    }

    def order(item: tuple[str, str]) -> tuple[bool, int, str]:
        row = about[item[0]]
        return row.number is None, row.number or 0, row.key

    cases: list[Case] = []
    ids: list[int] = []
    for key in sorted(own, key=order):
        row = about[key[0]]
        cases.append(Case(key[0], key[1], row.number, row.key, row.title, len(ids), len(ids) + len(own[key])))
        ids.extend(own[key])
    places = np.array(ids, dtype=np.int64)
    by_id = np.argsort(places, kind="stable")
    sizes = [case.end - case.first for case in cases]
    return Snapshot(
        tuple(cases),
        {case.revision_id: at for at, case in enumerate(cases)},
        places,
        np.repeat(np.arange(len(cases)), sizes),
        places[by_id],
        by_id,
    )


def _read_columns(conn: Connection, snapshot: Snapshot) -> Columns:
    actor, kind, value = found_actor.c, found_event.c, found_value.c
    coded = select(value.revision_id, value.field, value.value, func.min(value.label)).where(value.value.is_not(None))
    coded = coded.where(value.field.in_(VARIABLES)).group_by(value.revision_id, value.field, value.value)
    rows = [(snapshot.by_revision[row[0]], tuple(row[1:])) for row in conn.execute(coded) if row[0] in snapshot.by_revision]
    return Columns(
        _pairs(conn, snapshot, (actor.actor_id, func.min(actor.name)), actor.sentence_id),
        _pairs(conn, snapshot, (kind.type,), kind.sentence_id),
        _numbered(rows),
    )


def _pairs(conn: Connection, snapshot: Snapshot, name: tuple[Any, ...], sentence: Any) -> Pairs:
    """Each name of a table (the first of its columns tells them apart) with the sentences it stands in, each once."""
    lists = select(*name, listed(conn, sentence.distinct())).group_by(name[0]).order_by(name[0])
    names: list[tuple[str, ...]] = []
    places, of = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for *parts, ids in conn.execute(lists).all():
        own = snapshot.bits(whole_list(ids)).nonzero()[0]
        of.append(np.full(len(own), len(names), dtype=np.int64))
        names.append(tuple(parts))
        places.append(own)
    return Pairs(tuple(names), np.concatenate(places), np.concatenate(of))


def _numbered(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Pairs:
    number: dict[tuple[str, ...], int] = {}
    of = [number.setdefault(name, len(number)) for _, name in rows]
    return Pairs(tuple(number), np.array([place for place, _ in rows], dtype=np.int64), np.array(of, dtype=np.int64))
