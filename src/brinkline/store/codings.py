"""Codings: what a run made of a revision. All are kept; the last one is the current one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from brinkline.errors import NotFound
from brinkline.model import Run, content_id
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.store import found
from brinkline.store.claims import store_claim_rows
from brinkline.store.current import current_revision, is_current_coding, is_current_revision
from brinkline.store.decisions import carry_over
from brinkline.store.prepared import Prepared, prepare_coding
from brinkline.store.rows import insert_rows, json_text, unpack
from brinkline.store.schema import coding, coding_claim, narrative, revision, run

_RUN = ("id", "program", "schema_version", "versions", "settings", "added")
_CODING = ("id", "revision_id", "run_id", "at", "claims", "digest", "document")
_CODING_CLAIM = ("coding_id", "position", "claim_id", "confidence", "rule", "sources", "note")


def run_id(given: Run) -> str:
    """The id of a run: equal program, versions and settings, equal id."""
    return content_id("run", (given.program, given.schema_version, given.versions, given.settings))


def store_coding(conn: Connection, given: Coding, revision_id: str, at: str) -> str:
    """Store a coding as the current one of its revision and give its id; nothing when it is the current one already.

    The index for search follows when the revision is the current one of its narrative; decisions on the revision before that
    waited for this coding are carried over. NotFound BL552 for a revision that
    the project does not have; ValueError when the coding is of another text.
    """
    return store_prepared(conn, prepare_coding(given, revision_id, at))


def store_prepared(conn: Connection, given: Prepared) -> str:
    """As ``store_coding``, for a coding whose rows are made already, perhaps in another process."""
    revision_id, at = given.revision_id, given.at
    columns = (revision.c.narrative_id, revision.c.digest, revision.c.ordinal)
    owner = conn.execute(select(*columns).where(revision.c.id == revision_id)).one_or_none()
    if owner is None:
        raise NotFound("BL552", f"no revision {revision_id!r} in this project")
    if owner.digest != given.text:
        raise ValueError(f"the coding is of another text than {revision_id}")
    of_run = run_id(given.run)
    earlier = conn.execute(
        select(coding.c.id, coding.c.run_id, coding.c.digest).where(coding.c.revision_id == revision_id).order_by(coding.c.seq)
    ).all()
    if earlier and earlier[-1].run_id == of_run and earlier[-1].digest == given.digest:
        return str(earlier[-1].id)
    again = sum(row.run_id == of_run for row in earlier)
    coding_id = content_id("coding", (revision_id, of_run, again) if again else (revision_id, of_run))
    _store_run(conn, given.run, of_run, at)
    row = (coding_id, revision_id, of_run, at, len(given.held), given.digest, given.document)
    insert_rows(conn, coding, _CODING, [row])
    store_claim_rows(conn, given.claims)
    insert_rows(conn, coding_claim, _CODING_CLAIM, [(coding_id, *row) for row in given.held])
    if current_revision(conn, owner.narrative_id) == revision_id:
        found.store_index(conn, revision_id, given.starts, given.index, first=not earlier)
    if not earlier and owner.ordinal > 1:
        carry_over(conn, _before(conn, owner.narrative_id, owner.ordinal), revision_id, at)
    return coding_id


def current_coding(conn: Connection, revision_id: str) -> Coding | None:
    """The last coding of a revision, equal to the one that was stored; None when it has none."""
    row = conn.execute(
        select(coding.c.document).where(coding.c.revision_id == revision_id).order_by(coding.c.seq.desc()).limit(1)
    ).one_or_none()
    return None if row is None else read_coding(unpack(row.document))


def coding_of(conn: Connection, coding_id: str) -> Coding:
    """The coding of an id; NotFound BL554."""
    row = conn.execute(select(coding.c.document).where(coding.c.id == coding_id)).one_or_none()
    if row is None:
        raise NotFound("BL554", f"no coding {coding_id!r} in this project")
    return read_coding(unpack(row.document))


def codings_of(conn: Connection, revision_id: str) -> tuple[Row[Any], ...]:
    """The codings of a revision without their documents, oldest first: id, run_id, at, claims, digest."""
    columns = (coding.c.id, coding.c.run_id, coding.c.at, coding.c.claims, coding.c.digest)
    return tuple(conn.execute(select(*columns).where(coding.c.revision_id == revision_id).order_by(coding.c.seq)))


def to_code(conn: Connection, of_run: str | None) -> tuple[str, ...]:
    """The current revisions whose current coding is not of this run, in the order of ``list_narratives``.

    None for a run gives those without any coding.
    """
    query = (
        select(revision.c.id)
        .join(narrative, narrative.c.id == revision.c.narrative_id)
        .outerjoin(coding, (coding.c.revision_id == revision.c.id) & is_current_coding())
        .where(is_current_revision())
        .where(coding.c.id.is_(None) if of_run is None else coding.c.id.is_(None) | (coding.c.run_id != of_run))
        .order_by(narrative.c.number.is_(None), narrative.c.number, narrative.c.key)
    )
    return tuple(conn.execute(query).scalars())


def _before(conn: Connection, narrative_id: str, ordinal: int) -> str:
    query = select(revision.c.id).where((revision.c.narrative_id == narrative_id) & (revision.c.ordinal == ordinal - 1))
    return str(conn.execute(query).scalar_one())


def _store_run(conn: Connection, given: Run, of_run: str, at: str) -> None:
    versions, settings = json_text(dict(given.versions)), json_text(dict(given.settings))
    insert_rows(conn, run, _RUN, [(of_run, given.program, given.schema_version, versions, settings, at)])
