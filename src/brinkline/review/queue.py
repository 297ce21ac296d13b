"""Whose turn is what: the next narrative for somebody, and finishing one."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from brinkline.model import content_id
from brinkline.store.narratives import NarrativeRow, list_narratives
from brinkline.store.schema import assignment


def next_narrative(conn: Connection, person: str, after: str) -> NarrativeRow | None:
    """The narrative that somebody should review after the one with the id ``after``: the next one assigned to them that they
    have not finished, else the next coded one in the list that they have not finished; None when nothing is left."""
    rows = [row for row in list_narratives(conn) if row.coded]
    place = next((number + 1 for number, row in enumerate(rows) if row.id == after), 0)
    turned = [row for row in (*rows[place:], *rows[:place]) if row.id != after]
    of_me = {
        row.narrative_id: row.finished
        for row in conn.execute(
            select(assignment.c.narrative_id, assignment.c.finished).where(assignment.c.person_id == person)
        )
    }
    assigned = [row for row in turned if row.id in of_me and of_me[row.id] is None]
    open_ones = [row for row in turned if of_me.get(row.id) is None]
    return next(iter(assigned or open_ones), None)


def finish(conn: Connection, narrative_id: str, person: str, at: str) -> None:
    """Somebody is done with a narrative; who was not assigned to it is from now on."""
    mine = (assignment.c.narrative_id == narrative_id) & (assignment.c.person_id == person)
    if conn.execute(select(assignment.c.id).where(mine)).first() is None:
        name = content_id("assignment", (narrative_id, person))
        values = {"id": name, "narrative_id": narrative_id, "person_id": person, "blind": False, "created": at, "finished": at}
        conn.execute(insert(assignment).values(**values))
        return
    conn.execute(update(assignment).where(mine & assignment.c.finished.is_(None)).values(finished=at))


def finished_by(conn: Connection, narrative_id: str, person: str) -> str:
    """When somebody finished a narrative, "" while they have not."""
    query = select(assignment.c.finished).where(
        (assignment.c.narrative_id == narrative_id) & (assignment.c.person_id == person) & assignment.c.finished.is_not(None)
    )
    return str(conn.execute(query).scalar() or "")
