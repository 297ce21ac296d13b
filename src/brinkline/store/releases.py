"""What was released, and the state of the project at that time: enough to find the same codings again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from brinkline.store.rows import insert_rows, json_text
from brinkline.store.schema import coding, decision, narrative, release, revision

_COLUMNS = ("name", "at", "document")


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release that was made: its name, when, and its manifest in plain JSON types."""

    name: str
    at: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """The rows of a project up to which a release goes: time of the last revision, last coding, last decision."""

    revision: str
    coding: int
    decision: int


def present_state(conn: Connection) -> State:
    """The state of the project now."""
    added = conn.execute(select(func.max(revision.c.added))).scalar() or ""
    coded = conn.execute(select(func.max(coding.c.seq))).scalar() or 0
    decided = conn.execute(select(func.max(decision.c.seq))).scalar() or 0
    return State(str(added), int(coded), int(decided))


def coded_at(conn: Connection, state: State) -> Iterator[tuple[str, str]]:
    """Revision and coding of each narrative as they were at a state, in the order of ``list_narratives``.

    Narratives whose last revision had no coding then are left out, as ``Project.codings`` leaves them out.
    """
    rows = conn.execute(
        select(narrative.c.id, revision.c.id.label("revision"))
        .join(revision, revision.c.narrative_id == narrative.c.id)
        .where(revision.c.added <= state.revision)
        .order_by(narrative.c.number.is_(None), narrative.c.number, narrative.c.key, revision.c.ordinal)
    )
    last = {row.id: row.revision for row in rows}
    for revision_id in last.values():
        query = (
            select(coding.c.id)
            .where(coding.c.revision_id == revision_id, coding.c.seq <= state.coding)
            .order_by(coding.c.seq.desc())
            .limit(1)
        )
        found = conn.execute(query).scalar()
        if found is not None:
            yield revision_id, found


def store_release(conn: Connection, name: str, at: str, manifest: Mapping[str, Any]) -> None:
    """Remember a release; one of that name stays as it is."""
    insert_rows(conn, release, _COLUMNS, [(name, at, json_text(dict(manifest)))])


def list_releases(conn: Connection) -> tuple[ReleaseRow, ...]:
    """The releases, the oldest first."""
    rows = conn.execute(select(release).order_by(release.c.at, release.c.name))
    return tuple(ReleaseRow(row.name, row.at, json.loads(row.document)) for row in rows)
