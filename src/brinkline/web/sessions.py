"""Sessions of the app: a random token in the browser, its hash in the database, with a day on which it ends."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from brinkline.decision import Person
from brinkline.project.clock import time_text
from brinkline.store.schema import person, session
from brinkline.web.security import token_hash

#: How long a session lasts without being used again to sign in.
LASTS = timedelta(hours=12)


def start_session(conn: Connection, person_id: str, lasts: timedelta = LASTS) -> str:
    """The token of a new session; sessions that have ended are cleared away."""
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    conn.execute(delete(session).where(session.c.expires < time_text(now)))
    times = {"created": time_text(now), "expires": time_text(now + lasts)}
    conn.execute(insert(session).values(token_hash=token_hash(token), person_id=person_id, **times))
    return token


def session_person(conn: Connection, token: str) -> Person | None:
    """Whose session this is; None for an unknown or ended one, and for somebody who no longer takes part."""
    row = conn.execute(
        select(person)
        .join(session, session.c.person_id == person.c.id)
        .where(session.c.token_hash == token_hash(token), session.c.expires > time_text(datetime.now(UTC)), person.c.active)
    ).one_or_none()
    return None if row is None else Person(row.id, row.name, row.role, row.created)


def end_session(conn: Connection, token: str) -> None:
    """Forget a session."""
    conn.execute(delete(session).where(session.c.token_hash == token_hash(token)))


def end_sessions_of(conn: Connection, person_id: str) -> None:
    """Forget every session of somebody: after a change of password or role."""
    conn.execute(delete(session).where(session.c.person_id == person_id))
