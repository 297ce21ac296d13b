"""Somebody's work on the claims of a narrative: deciding, taking back without limit, deciding again.

Every step is rows that are added. A step on several claims has rows whose ids share what stands before the last dot, and is
taken back as one. Deciding again adds the same decision once more, following the row that took it back; so what can be taken
back and what can be done again is read from the rows alone, for each person, and no session or browser keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, or_, select

from brinkline.decision import Decision, StoredClaim, Verdict
from brinkline.errors import UsageError
from brinkline.reference.codebook import codebook
from brinkline.store.claims import add_claim
from brinkline.store.decisions import decide, decisions_of
from brinkline.store.schema import claim, decision

#: What people decide one by one; the other verdicts come from adjudication and from carrying over.
OF_REVIEW: tuple[Verdict, ...] = ("accept", "edit", "reject", "skip", "flag")
_ID = re.compile(r"decision:[0-9A-Za-z-]{8,64}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants decided. ``id`` was made where they decided, so that sending it twice decides once.

    ``made`` is a claim of their own: the value that an edit puts in place, or a new claim that is accepted.
    """

    id: str
    person: str
    at: str
    verdict: Verdict
    claims: tuple[str, ...]
    made: StoredClaim | None = None
    replacement: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of somebody's work: its rows, and for a step that was taken back the row that did so."""

    rows: tuple[Decision, ...]
    back: Decision | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it is about."""
        return tuple(row.claim for row in self.rows)


@dataclass(frozen=True, slots=True)
class Steps:
    """Somebody's work on a narrative: steps in force, and those that can be done again, the last one last."""

    done: tuple[Step, ...]
    undone: tuple[Step, ...]


def scheme() -> str:
    """The codebook version that decisions name."""
    book = codebook()
    return f"{book.id} {book.version}"


def stem(decision_id: str) -> str:
    """The id of the step that a decision belongs to.

    >>> stem("decision:5b1c-77.3"), stem("decision:5b1c-77")
    ('decision:5b1c-77', 'decision:5b1c-77')
    """
    return decision_id.partition(".")[0]


def perform(conn: Connection, wish: Wish) -> bool:
    """Store a step; False when it is stored already. The claims, the values made and the rows are stored together.

    UsageError BL165 for an id that no browser of ours makes or that stands for another step, BL166 for a verdict that is not
    decided here, an edit without a value, or no claims. NotFound BL553 when a claim is not there.
    """
    check_id(wish.id)
    if wish.verdict not in OF_REVIEW or not wish.claims:
        raise UsageError("BL166", f"this cannot be decided: {wish.verdict}", remedy=f"one of: {', '.join(OF_REVIEW)}")
    if wish.verdict == "edit" and wish.made is None and wish.replacement is None:
        raise UsageError("BL166", "an edit needs a value", remedy="choose or write the value that stands instead")
    known = stored_step(conn, wish.id)
    if known:
        if {row.person for row in known} != {wish.person} or {row.claim for row in known} != set(wish.claims):
            raise UsageError("BL165", "the id of this decision stands for another one", remedy="load the page and decide again")
        return False
    if wish.made is not None:
        add_claim(conn, wish.made)
    instead = None if wish.verdict != "edit" else wish.made.id if wish.made is not None else wish.replacement
    for number, name in enumerate(wish.claims):
        row_id = wish.id if len(wish.claims) == 1 else f"{wish.id}.{number}"
        decide(conn, Decision(row_id, name, wish.person, wish.at, wish.verdict, scheme(), instead, None, wish.note))
    return True


def undo(conn: Connection, revision: str, person: str, row_id: str, at: str) -> tuple[str, ...]:
    """Take somebody's last step on a revision back, and give the claims it was about; () when there is none.

    Sent twice with one id, it is done once.
    """
    check_id(row_id)
    known = stored_step(conn, row_id)
    if known:
        return tuple(row.claim for row in known)
    done = steps(decisions_of(conn, revision), person).done
    if not done:
        return ()
    for number, row in enumerate(done[-1].rows):
        name = row_id if len(done[-1].rows) == 1 else f"{row_id}.{number}"
        decide(conn, Decision(name, row.claim, person, at, "withdraw", scheme(), None, row.id))
    return done[-1].claims


def redo(conn: Connection, revision: str, person: str, row_id: str, at: str) -> tuple[str, ...]:
    """Decide again what was taken back last, and give the claims; () when nothing was, or something else was decided since."""
    check_id(row_id)
    known = stored_step(conn, row_id)
    if known:
        return tuple(row.claim for row in known)
    undone = steps(decisions_of(conn, revision), person).undone
    if not undone:
        return ()
    step = undone[-1]
    for number, row in enumerate(step.rows):
        name = row_id if len(step.rows) == 1 else f"{row_id}.{number}"
        follows = step.back.id if step.back is not None else None
        decide(conn, replace(row, id=name, at=at, scheme=scheme(), follows=follows))
    return step.claims


def steps(rows: Iterable[Decision], person: str) -> Steps:
    """What somebody can take back and do again, from the decisions on a revision in the order they came.

    Adjudications and decisions that a new revision brought over or lost are not steps of review.
    """
    done: list[Step] = []
    undone: list[Step] = []
    for group in _groups(row for row in rows if row.person == person):
        if group[0].verdict == "withdraw":
            gone = {row.follows for row in group}
            taken = [step for step in done if any(row.id in gone for row in step.rows)]
            done = [step for step in done if step not in taken]
            undone += [Step(step.rows, group[0]) for step in taken]
        elif group[0].verdict in OF_REVIEW:
            again = next((step for step in undone if step.back and step.back.id == group[0].follows), None)
            undone = [] if again is None else [step for step in undone if step is not again]
            done.append(Step(tuple(group)))
    return Steps(tuple(done), tuple(undone))


def check_id(row_id: str) -> None:
    """UsageError BL165 for an id that is not one of a decision."""
    if _ID.fullmatch(row_id) is None:
        raise UsageError("BL165", "the id of the decision is not one", remedy="load the page and decide again")


def stored_step(conn: Connection, row_id: str) -> tuple[Decision, ...]:
    """The rows of a step that is stored, () for one that is not."""
    found = conn.execute(
        select(decision.c.claim_id).where(or_(decision.c.id == row_id, decision.c.id.between(f"{row_id}.", f"{row_id}/")))
    ).scalars()
    claims = list(found)
    return tuple(row for row in decisions_of(conn, claims=claims) if stem(row.id) == row_id) if claims else ()


def revision_of(conn: Connection, claims: Sequence[str]) -> str:
    """The one revision that all these claims are of; UsageError BL166 when there are several or none."""
    found = set(conn.execute(select(claim.c.revision_id).where(claim.c.id.in_(claims))).scalars())
    if len(found) != 1:
        raise UsageError("BL166", "these are not claims of one narrative", remedy="load the page and decide again")
    return str(found.pop())


def _groups(rows: Iterable[Decision]) -> Iterable[list[Decision]]:
    """Rows of one step after another; they stand together, since a step is stored at once."""
    group: list[Decision] = []
    for row in rows:
        if group and stem(group[0].id) != stem(row.id):
            yield group
            group = []
        group.append(row)
    if group:
        yield group
