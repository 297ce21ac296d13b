"""Decisions and comments of people: rows that are only added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from brinkline.decision import Comment, Decision, StoredClaim, carried, standing
from brinkline.errors import NotFound
from brinkline.model import content_id
from brinkline.store.carry import Carrier
from brinkline.store.claims import PROGRAM, claims_by_id, claims_of, store_claims
from brinkline.store.narratives import narrative_of, stored_text
from brinkline.store.rows import insert_rows
from brinkline.store.schema import claim, coding, comment, decision, person

_DECISION = ("id", "claim_id", "person_id", "at", "verdict", "scheme", "replacement", "follows", "note")
_COMMENT = ("id", "subject", "person_id", "at", "text")


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many decisions were carried to a new revision, how many are outdated, and how many wait for its coding."""

    carried: int
    outdated: int
    waiting: int


def decide(conn: Connection, given: Decision) -> bool:
    """Store a decision; False when one of its id is there already, so that sending it twice adds one row.

    NotFound BL553, BL555 or BL556 when its claim, person or the decision it follows are not in the project.
    """
    if conn.execute(select(decision.c.id).where(decision.c.id == given.id)).scalar() is not None:
        return False
    for name in filter(None, (given.claim, given.replacement)):
        _must_have(conn, select(claim.c.id).where(claim.c.id == name), "BL553", f"no claim {name!r} in this project")
    _must_have(
        conn, select(person.c.id).where(person.c.id == given.person), "BL555", f"no person {given.person!r} in this project"
    )
    if given.follows is not None:
        query = select(decision.c.id).where(decision.c.id == given.follows)
        _must_have(conn, query, "BL556", f"no decision {given.follows!r} in this project")
    store_decisions(conn, (given,))
    return True


def store_decisions(conn: Connection, given: Iterable[Decision]) -> None:
    """Store many decisions at once, in order; those that are there already are left out."""
    rows = [
        (row.id, row.claim, row.person, row.at, row.verdict, row.scheme, row.replacement, row.follows, row.note)
        for row in given
    ]
    insert_rows(conn, decision, _DECISION, rows)


def decisions_of(
    conn: Connection, revision_id: str | None = None, claims: Iterable[str] | None = None, *, last: int | None = None
) -> tuple[Decision, ...]:
    """The decisions on the claims of a revision, or on the named claims, or all of the project, in the order they came;
    with ``last`` those up to that row."""
    query = select(decision).order_by(decision.c.seq)
    if last is not None:
        query = query.where(decision.c.seq <= last)
    if revision_id is not None:
        query = query.join(claim, claim.c.id == decision.c.claim_id).where(claim.c.revision_id == revision_id)
    if claims is None:
        return tuple(_decision(row) for row in conn.execute(query))
    names = list(dict.fromkeys(claims))
    rows: list[Row[Any]] = []
    for start in range(0, len(names), 500):
        rows.extend(conn.execute(query.where(decision.c.claim_id.in_(names[start : start + 500]))))
    return tuple(_decision(row) for row in sorted(rows, key=lambda row: row.seq))


def add_comment(conn: Connection, given: Comment) -> bool:
    """Store a comment; False when one of its id is there already."""
    if conn.execute(select(comment.c.id).where(comment.c.id == given.id)).scalar() is not None:
        return False
    insert_rows(conn, comment, _COMMENT, [(given.id, given.subject, given.person, given.at, given.text)])
    return True


def comments_of(conn: Connection, subjects: Iterable[str] | None = None) -> tuple[Comment, ...]:
    """The comments on the subjects (ids of narratives, claims or comments), or all of the project, in the order they came."""
    query = select(comment).order_by(comment.c.seq)
    if subjects is not None:
        query = query.where(comment.c.subject.in_(list(subjects)))
    return tuple(Comment(row.id, row.subject, row.person_id, row.at, row.text) for row in conn.execute(query))


def carry_over(conn: Connection, old_revision: str, new_revision: str, at: str) -> CarriedOver:
    """Take what people decided on one revision of a narrative to the next, and count what came of it.

    A decision is carried when all words its claim rests on are found again: the claim stands at their new place, the decision
    is the row "carry" whose note names the verdict (an adjudication stays one). Where words are gone, the old claim gets the
    row "outdated". A claim without words (the narrative says nothing) is carried when the coding of the new revision says the
    same, and waits for that coding. Doing it twice adds nothing.
    """
    decided = effective(decisions_of(conn, old_revision))
    claims = _claims_to_carry(conn, old_revision, decided)
    if not claims:
        return CarriedOver(0, 0, 0)
    new, sentences = stored_text(conn, new_revision)
    events = {item.subject: item.value for item in claims_of(conn, old_revision, ("event",))}
    starts = [sentence.start for sentence in sentences]
    carrier = Carrier(narrative_of(conn, old_revision), new, new_revision, starts, events)
    coded = frozenset(conn.execute(select(claim.c.id).where(claim.c.revision_id == new_revision)).scalars())
    has_coding = conn.execute(select(coding.c.id).where(coding.c.revision_id == new_revision)).first() is not None
    moved: dict[str, StoredClaim | None] = {}
    waiting: set[str] = set()
    for item in claims.values():
        moved[item.id] = new_claim = carrier.carry(item)
        if new_claim is not None and not item.evidence and item.author == PROGRAM and new_claim.id not in coded:
            moved[item.id] = None
            waiting.update(() if has_coding else (item.id,))
    rows = [row for row in decided if row.claim not in waiting and row.replacement not in waiting]
    made = [_carried(row, moved, new_revision, at) for row in rows]
    store_claims(conn, [replace(item, at=at) for item in moved.values() if item is not None and item.id not in coded], own=True)
    store_decisions(conn, made)
    there = sum(row.verdict != "outdated" for row in made)
    return CarriedOver(there, len(made) - there, len(decided) - len(rows))


def effective(rows: Iterable[Decision]) -> list[Decision]:
    """The decision in force of each person on each claim, in the order they came; withdrawn and outdated ones are left out."""
    given = list(rows)
    taken_back = {row.follows for row in given if row.verdict == "withdraw"}
    order = {row.id: number for number, row in enumerate(given)}
    of: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for row in given:
        if row.id not in taken_back:
            of[row.claim, row.person].append(row)
    now = (standing(items) for items in of.values())
    kept = [item.decision for item in now if item.decision is not None and item.state != "outdated"]
    return sorted(kept, key=lambda row: order[row.id])


def _claims_to_carry(conn: Connection, old_revision: str, decided: Iterable[Decision]) -> dict[str, StoredClaim]:
    """The claims that the decisions need, and everything people claimed themselves."""
    names = {name for row in decided for name in (row.claim, row.replacement) if name}
    own = select(claim.c.id).where((claim.c.revision_id == old_revision) & (claim.c.author != PROGRAM))
    return claims_by_id(conn, sorted({*names, *conn.execute(own).scalars()}))


def _carried(row: Decision, moved: Mapping[str, StoredClaim | None], new_revision: str, at: str) -> Decision:
    there = moved[row.claim]
    instead = moved[row.replacement] if row.replacement else None
    name = content_id("decision", (row.id, new_revision))
    if there is None or (row.replacement and instead is None):
        return Decision(name, row.claim, row.person, at, "outdated", row.scheme, None, row.id, new_revision)
    if row.verdict == "adjudicate":  # keeps its verdict, so that it still outlasts what coders decide
        return replace(row, id=name, claim=there.id, at=at, replacement=instead.id if instead else None, follows=row.id)
    verdict = carried(row) if row.verdict == "carry" else row.verdict
    words = row.note.partition(" ")[2] if row.verdict == "carry" else row.note
    note = f"{verdict} {words}".strip()
    return Decision(name, there.id, row.person, at, "carry", row.scheme, instead.id if instead else None, row.id, note)


def _must_have(conn: Connection, query: Select[Any], code: str, message: str) -> None:
    if conn.execute(query).scalar() is None:
        raise NotFound(code, message, remedy="brinkline doctor checks the project")


def _decision(row: Row[Any]) -> Decision:
    what = (row.id, row.claim_id, row.person_id, row.at, row.verdict, row.scheme)
    return Decision(*what, row.replacement, row.follows, row.note)
