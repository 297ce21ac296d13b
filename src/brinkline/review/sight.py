"""What somebody may see of other people's work: nothing of a narrative that they code blind, all of it otherwise.

Two people who code a narrative blind see each other's work only when both have finished, so that agreement is measured on what
each of them read alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from brinkline.decision import Comment, Decision, StoredClaim
from brinkline.store.claims import PROGRAM
from brinkline.store.schema import assignment


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose work is shown: everybody's, or with ``blind`` that of ``person`` alone, beside the program's."""

    person: str | None
    blind: bool = False

    def sees(self, author: str) -> bool:
        """Whether the work of an author (the program, or a person's id) is shown."""
        return not self.blind or author in (PROGRAM, self.person)

    def decisions(self, rows: Iterable[Decision]) -> list[Decision]:
        """The decisions that are shown, in their order."""
        return [row for row in rows if self.sees(row.person)]

    def claims(self, claims: Iterable[StoredClaim]) -> list[StoredClaim]:
        """The claims that are shown, in their order."""
        return [claim for claim in claims if self.sees(claim.author)]

    def comments(self, comments: Iterable[Comment]) -> list[Comment]:
        """The comments that are shown, in their order."""
        return [comment for comment in comments if self.sees(comment.person)]


def sight_of(conn: Connection, narrative_id: str, person_id: str | None) -> Sight:
    """What a person sees of a narrative: blind while it is double-coded blind, they are one of the coders, and somebody has
    not finished yet."""
    if person_id is None:
        return Sight(None)
    rows = conn.execute(
        select(assignment.c.person_id, assignment.c.finished).where(
            (assignment.c.narrative_id == narrative_id) & assignment.c.blind
        )
    ).all()
    mine = any(row.person_id == person_id for row in rows)
    return Sight(person_id, mine and any(row.finished is None for row in rows))


def codes_blind(conn: Connection, person_id: str | None) -> bool:
    """Whether a person is blind on any narrative: then what shows all of the project has to wait."""
    if person_id is None:
        return False
    query = select(assignment.c.narrative_id).where((assignment.c.person_id == person_id) & assignment.c.blind)
    return any(sight_of(conn, narrative, person_id).blind for narrative in conn.execute(query).scalars().all())
