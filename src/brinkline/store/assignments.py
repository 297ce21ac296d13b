"""Who is to code which narrative, whether blind, and how far they are.

An assignment is blind when two people code the same narrative and neither sees what the other decided until both are done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from brinkline.errors import NotFound
from brinkline.model import content_id
from brinkline.store.current import is_current_coding, is_current_revision
from brinkline.store.rows import insert_rows
from brinkline.store.schema import assignment, claim, coding, decision, revision

_COLUMNS = ("id", "narrative_id", "person_id", "blind", "created", "finished")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A narrative that somebody is to code. ``finished`` is the UTC time at which they said they were done, or None."""

    id: str
    narrative: str
    person: str
    blind: bool
    created: str
    finished: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an assignment is: claims of the present coding, and those of them that this person decided."""

    assignment: Assignment
    claims: int
    decided: int


def assignment_id(narrative: str, person: str) -> str:
    """The id of the assignment of a narrative to a person: there is one at most."""
    return content_id("assignment", (narrative, person))


def assign(conn: Connection, narrative: str, person: str, blind: bool, at: str) -> Assignment:
    """Give a narrative to somebody (both by id). One that they have already stays theirs, as it was."""
    given = Assignment(assignment_id(narrative, person), narrative, person, blind, at)
    store_assignments(conn, (given,))
    return given


def store_assignments(conn: Connection, given: Iterable[Assignment]) -> None:
    """Store many assignments; those that are there already are left as they are."""
    rows = [(row.id, row.narrative, row.person, row.blind, row.created, row.finished) for row in given]
    insert_rows(conn, assignment, _COLUMNS, rows)


def assignments_of(conn: Connection, *, person: str | None = None, narrative: str | None = None) -> tuple[Assignment, ...]:
    """The assignments of a person, of a narrative, of both, or all, in the order in which they were made."""
    query = select(assignment).order_by(assignment.c.created, assignment.c.id)
    if person is not None:
        query = query.where(assignment.c.person_id == person)
    if narrative is not None:
        query = query.where(assignment.c.narrative_id == narrative)
    return tuple(
        Assignment(row.id, row.narrative_id, row.person_id, row.blind, row.created, row.finished) for row in conn.execute(query)
    )


def finish(conn: Connection, narrative: str, person: str, at: str | None) -> None:
    """Mark the assignment as done at a time, or as open again with None; NotFound BL557 when there is none."""
    changed = conn.execute(
        update(assignment).where(assignment.c.narrative_id == narrative, assignment.c.person_id == person).values(finished=at)
    )
    if not changed.rowcount:
        raise NotFound("BL557", "this narrative is not assigned to this person", remedy="see the page Assignments")


def unassign(conn: Connection, narrative: str, person: str) -> None:
    """Take a narrative back from somebody; what they decided stays. NotFound BL557 when it is not theirs."""
    gone = conn.execute(delete(assignment).where(assignment.c.narrative_id == narrative, assignment.c.person_id == person))
    if not gone.rowcount:
        raise NotFound("BL557", "this narrative is not assigned to this person", remedy="see the page Assignments")


def progress(conn: Connection) -> tuple[Progress, ...]:
    """Every assignment with the claims of its narrative and how many of them its person decided."""
    claims = {
        row.narrative_id: row.claims
        for row in conn.execute(
            select(revision.c.narrative_id, coding.c.claims)
            .join(coding, coding.c.revision_id == revision.c.id)
            .where(is_current_revision(), is_current_coding())
        )
    }
    decided = {
        (row.narrative_id, row.person_id): row.number
        for row in conn.execute(
            select(revision.c.narrative_id, decision.c.person_id, func.count(decision.c.claim_id.distinct()).label("number"))
            .join(claim, claim.c.id == decision.c.claim_id)
            .join(revision, revision.c.id == claim.c.revision_id)
            .where(is_current_revision())
            .group_by(revision.c.narrative_id, decision.c.person_id)
        )
    }
    return tuple(
        Progress(row, claims.get(row.narrative, 0), decided.get((row.narrative, row.person), 0)) for row in assignments_of(conn)
    )
