"""Inviting people and spreading narratives over them: what the command ``brinkline people`` and the app do alike."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from brinkline.decision import Person
from brinkline.project.clock import now, time_text
from brinkline.review.assign import Planned, plan
from brinkline.store.assignments import Assignment, assignment_id, assignments_of, store_assignments
from brinkline.store.people import invite

#: How long an invitation can be used.
INVITED_FOR = timedelta(days=7)


def new_invitation(conn: Connection, person: str) -> str:
    """The path of a link with which somebody sets a password once, within a week. The project keeps no more than its hash:
    show it now or never."""
    token = secrets.token_urlsafe(32)
    until = datetime.fromisoformat(now()) + INVITED_FOR
    invite(conn, person, token, time_text(until))
    return f"/join/{token}"


def plan_free(
    conn: Connection, narratives: Iterable[str], people: Sequence[Person], percent: float, seed: int, most: int = 0
) -> tuple[Planned, ...]:
    """How those of the narratives (ids) that nobody has yet would be spread, ``most`` of them at most (0: all). UsageError
    BL164 as ``review.assign.plan`` says."""
    rows = assignments_of(conn)
    taken = {row.narrative for row in rows}
    free = [name for name in narratives if name not in taken]
    load = Counter(row.person for row in rows)
    return plan(free[: most or None], [person.id for person in people], percent / 100, seed, load)


def store_plan(conn: Connection, made: Iterable[Planned]) -> None:
    """Make the assignments of a plan."""
    at = now()
    store_assignments(
        conn,
        [
            Assignment(assignment_id(item.narrative, person), item.narrative, person, item.blind, at)
            for item in made
            for person in item.people
        ],
    )
