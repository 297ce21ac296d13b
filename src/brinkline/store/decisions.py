"""Decisions and comments of people: rows that are only added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from brinkline.decision import Comment, Decision
from brinkline.errors import NotFound
from brinkline.store.rows import insert_rows
from brinkline.store.schema import claim, comment, decision, person

_DECISION = ("id", "claim_id", "person_id", "at", "verdict", "scheme", "replacement", "follows", "note")
_COMMENT = ("id", "subject", "person_id", "at", "text")


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


def decisions_of(conn: Connection, revision_id: str | None = None, claims: Iterable[str] | None = None) -> tuple[Decision, ...]:
    """The decisions on the claims of a revision, or on the named claims, or all of the project, in the order they came."""
    query = select(decision).order_by(decision.c.seq)
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


def _must_have(conn: Connection, query: Select[Any], code: str, message: str) -> None:
    if conn.execute(query).scalar() is None:
        raise NotFound(code, message, remedy="brinkline doctor checks the project")


def _decision(row: Row[Any]) -> Decision:
    what = (row.id, row.claim_id, row.person_id, row.at, row.verdict, row.scheme)
    return Decision(*what, row.replacement, row.follows, row.note)
