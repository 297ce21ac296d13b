"""Which revision of a narrative and which coding of a revision are the current ones: the last that came in."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from brinkline.store.schema import coding, revision


def is_current_revision() -> ColumnElement[bool]:
    """A condition on ``revision``: the last of its narrative."""
    same = revision.alias()
    last = select(func.max(same.c.ordinal)).where(same.c.narrative_id == revision.c.narrative_id).scalar_subquery()
    return revision.c.ordinal == last


def is_current_coding() -> ColumnElement[bool]:
    """A condition on ``coding``: the last of its revision."""
    same = coding.alias()
    last = select(func.max(same.c.seq)).where(same.c.revision_id == coding.c.revision_id).scalar_subquery()
    return coding.c.seq == last


def current_revision(conn: Connection, narrative_id: str) -> str | None:
    """The last revision of a narrative, None when there is no such narrative."""
    query = select(revision.c.id).where(revision.c.narrative_id == narrative_id).order_by(revision.c.ordinal.desc()).limit(1)
    return conn.execute(query).scalar()
