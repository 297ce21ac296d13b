"""What the pages about people and assignments show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from brinkline.decision import Role
from brinkline.store.assignments import Progress, progress
from brinkline.store.people import Member, list_members
from brinkline.web.pages.narratives import Listed
from brinkline.web.rendering import Column

#: What a role lets somebody do, in words that follow "Your role is X:".
MEANS: Mapping[Role, str] = {
    "reader": "you see everything and change nothing",
    "coder": "you add and code narratives and decide about claims",
    "adjudicator": "you do what coders do, and settle differences between them",
    "owner": "you do what adjudicators do, and look after people, assignments and releases",
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person on the page of people: their assignments, how many of them are finished, and claims decided in them."""

    member: Member
    assigned: int
    finished: int
    decided: int


def member_rows(conn: Connection) -> tuple[MemberRow, ...]:
    """Everybody of the project, by name."""
    own: dict[str, list[Progress]] = defaultdict(list)
    for item in progress(conn):
        own[item.assignment.person].append(item)
    return tuple(
        MemberRow(
            member,
            len(rows := own[member.person.id]),
            sum(row.assignment.finished is not None for row in rows),
            sum(row.decided for row in rows),
        )
        for member in list_members(conn)
    )


PEOPLE_COLUMNS: Sequence[Column] = (
    Column("name", lambda row: row.member.person.name),
    Column("role", lambda row: row.member.person.role),
    Column("active", lambda row: row.member.active),
    Column("access", lambda row: row.member.access),
    Column("assigned", lambda row: row.assigned),
    Column("finished", lambda row: row.finished),
    Column("decided", lambda row: row.decided),
    Column("since", lambda row: row.member.person.created),
)


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment with names: the narrative, who codes it, and how far they are."""

    key: str
    title: str
    person: str
    progress: Progress


def assignment_rows(conn: Connection, narratives: Sequence[Listed]) -> tuple[AssignmentRow, ...]:
    """All assignments, in the order of the narratives, then by name."""
    at = {item.row.id: (number, item.row) for number, item in enumerate(narratives)}
    names = {item.person.id: item.person.name for item in list_members(conn)}
    rows = [
        (at[item.assignment.narrative][0], names[item.assignment.person], item)
        for item in progress(conn)
        if item.assignment.narrative in at
    ]
    rows.sort(key=lambda row: (row[0], row[1].casefold()))
    known = [item.row for item in narratives]
    return tuple(AssignmentRow(known[number].key, known[number].title, name, item) for number, name, item in rows)


ASSIGNMENT_COLUMNS: Sequence[Column] = (
    Column("narrative", lambda row: row.key),
    Column("title", lambda row: row.title),
    Column("person", lambda row: row.person),
    Column("blind", lambda row: row.progress.assignment.blind),
    Column("claims", lambda row: row.progress.claims),
    Column("decided", lambda row: row.progress.decided),
    Column("assigned", lambda row: row.progress.assignment.created),
    Column("finished", lambda row: row.progress.assignment.finished),
)
