"""What waits for somebody: narratives assigned to them, narratives in work, outdated decisions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from brinkline.decision import Person
from brinkline.store.schema import assignment
from brinkline.web.pages.narratives import Listed, listed
from brinkline.web.pages.outdated import outdated
from brinkline.web.pages.progress import Work, work_of

#: Narratives that are shown of each kind.
MOST = 8


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows. ``assigned`` are the person's unfinished narratives, ``waiting`` others with open claims,
    those in work first; ``to_code`` counts narratives without a coding by the present versions."""

    narratives: int
    uncoded: int
    to_code: int
    assigned: tuple[Listed, ...]
    waiting: tuple[Listed, ...]
    waits: int
    outdated: int
    work: Work

    @property
    def first(self) -> Listed | None:
        """The narrative to go on with."""
        return next(iter((*self.assigned, *self.waiting)), None)


def home_of(conn: Connection, person: Person | None, run: str) -> Home:
    """The home page of a person, or of somebody unknown."""
    rows = listed(conn, run)
    mine = _assigned_to(conn, person.id) if person else set()
    assigned = [item for item in rows if item.row.id in mine]
    others = [item for item in rows if item.open and item.row.id not in mine]
    others.sort(key=lambda item: item.state != "working")
    return Home(
        len(rows),
        sum(item.row.run is None for item in rows),
        sum(item.coded != "now" for item in rows),
        tuple(assigned),
        tuple(others[:MOST]),
        len(others),
        len(outdated(conn)),
        work_of(conn),
    )


def _assigned_to(conn: Connection, person_id: str) -> set[str]:
    query = select(assignment.c.narrative_id).where(assignment.c.person_id == person_id, assignment.c.finished.is_(None))
    return set(conn.execute(query).scalars())
