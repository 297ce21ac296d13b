"""People who code and decide. A person is never deleted: their decisions keep their name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from brinkline.decision import ROLES, Person, Role
from brinkline.errors import NotFound, UsageError
from brinkline.model import content_id
from brinkline.store.rows import insert_rows
from brinkline.store.schema import person, project_note, session

_COLUMNS = ("id", "name", "role", "password", "active", "created")
#: Characters of a name at most.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Member:
    """A person as those see them who look after a project. ``signs_in``: a password is set; ``invited``: until when a link
    to set one works (a UTC time), "" without one."""

    person: Person
    active: bool
    signs_in: bool
    invited: str = ""

    @property
    def access(self) -> str:
        """Whether they can sign in, in a few words."""
        if not self.active:
            return "inactive"
        if self.signs_in:
            return "password set"
        return f"invited until {self.invited[:10]}" if self.invited else "no password"


def person_id(name: str) -> str:
    """The id that a person of this name gets."""
    return content_id("person", (name,))


def add_person(conn: Connection, name: str, role: Role, at: str) -> Person:
    """Make somebody known to the project; UsageError BL161 for a name that is empty, too long, of characters nobody can see,
    or known (in any case), BL162 for a role that does not exist."""
    tidy = " ".join(name.split())
    if not tidy:
        raise UsageError("BL161", "a person needs a name")
    if len(tidy) > LONGEST or not tidy.isprintable():
        raise UsageError("BL161", f"a name has at most {LONGEST} characters, all of them visible")
    _check_role(role)
    if _named(conn, tidy) is not None:
        raise UsageError("BL161", f"{tidy!r} is in the project already", remedy="choose another name, or change the role")
    made = Person(person_id(tidy), tidy, role, at)
    store_people(conn, (made,))
    return made


def store_people(conn: Connection, people: tuple[Person, ...]) -> None:
    """Store people as they are; those whose id or name is in the project already are left out."""
    insert_rows(conn, person, _COLUMNS, [(item.id, item.name, item.role, None, True, item.created) for item in people])


def find_person(conn: Connection, ref: str) -> Person:
    """The person of an id or a name (in any case); NotFound BL555."""
    return find_member(conn, ref).person


def find_member(conn: Connection, ref: str) -> Member:
    """The person of an id or a name (in any case), with what is known of their access; NotFound BL555."""
    row = conn.execute(select(person).where(person.c.id == ref)).one_or_none() or _named(conn, " ".join(ref.split()))
    if row is None:
        raise NotFound("BL555", f"no person {ref!r} in this project", remedy="brinkline people lists them")
    return _member(row, _invitations(conn).get(row.id, ""))


def list_people(conn: Connection, *, all_of_them: bool = False) -> tuple[Person, ...]:
    """The people of a project by name; those who were set inactive only with ``all_of_them``."""
    return tuple(item.person for item in list_members(conn) if item.active or all_of_them)


def list_members(conn: Connection) -> tuple[Member, ...]:
    """Everybody by name, with what is known of their access."""
    until = _invitations(conn)
    rows = conn.execute(select(person).order_by(func.lower(person.c.name), person.c.id))
    return tuple(_member(row, until.get(row.id, "")) for row in rows)


def set_role(conn: Connection, ref: str, role: Role) -> Person:
    """The person with another role; UsageError BL162 for a role that does not exist, BL163 for the last owner."""
    _check_role(role)
    found = find_person(conn, ref)
    if role != "owner":
        _keep_an_owner(conn, found)
    conn.execute(update(person).where(person.c.id == found.id).values(role=role))
    return Person(found.id, found.name, role, found.created)


def set_active(conn: Connection, ref: str, active: bool) -> None:
    """Let somebody take part, or no longer; what they decided stays. Who leaves is signed out everywhere and their
    invitation ends. UsageError BL163 for the last owner."""
    found = find_person(conn, ref)
    if not active:
        _keep_an_owner(conn, found)
        _close_doors(conn, found.id)
    conn.execute(update(person).where(person.c.id == found.id).values(active=active))


def set_password(conn: Connection, ref: str, hashed: str | None) -> None:
    """Keep the hash of a person's password (made by the caller, never the password), or take it away. Every session of
    theirs ends, and so does an invitation."""
    found = find_person(conn, ref)
    _close_doors(conn, found.id)
    conn.execute(update(person).where(person.c.id == found.id).values(password=hashed))


def password_of(conn: Connection, ref: str) -> str | None:
    """The hash of a person's password, None when they have none."""
    found = find_person(conn, ref)
    return conn.execute(select(person.c.password).where(person.c.id == found.id)).scalar_one_or_none()


def invite(conn: Connection, ref: str, token: str, until: str) -> Person:
    """The person, who can set a password once with the token until a time (UTC, ISO 8601); an earlier invitation, their
    password and their sessions end. The project keeps a hash of the token only."""
    found = find_person(conn, ref)
    set_password(conn, found.id, None)
    value = json.dumps({"token": _digest(token), "until": until})
    conn.execute(insert(project_note).values(key=_note(found.id), value=value))
    return found


def invited_person(conn: Connection, token: str, at: str) -> Person:
    """Whom the token of an invitation was made for; NotFound BL158 when it was used, has ended or never was."""
    wanted = _digest(token)
    rows = conn.execute(select(project_note).where(project_note.c.key.startswith(_note(""), autoescape=True)))
    for row in rows:
        value = json.loads(row.value)
        if value["token"] == wanted and value["until"] > at:
            member = find_member(conn, row.key.removeprefix(_note("")))
            if member.active:
                return member.person
    raise NotFound("BL158", "this invitation has been used or has ended", remedy="ask an owner of the project for a new one")


def _note(person_id: str) -> str:
    return f"invitation {person_id}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _invitations(conn: Connection) -> dict[str, str]:
    start = _note("")
    rows = conn.execute(select(project_note).where(project_note.c.key.startswith(start, autoescape=True)))
    return {row.key.removeprefix(start): json.loads(row.value)["until"] for row in rows}


def _close_doors(conn: Connection, person_id: str) -> None:
    """End the sessions and the invitation of somebody."""
    conn.execute(delete(session).where(session.c.person_id == person_id))
    conn.execute(delete(project_note).where(project_note.c.key == _note(person_id)))


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError("BL162", f"there is no role {role!r}", remedy=f"choose one of: {', '.join(ROLES)}")


def _keep_an_owner(conn: Connection, found: Person) -> None:
    """UsageError BL163 when nobody but this person is an owner; the rows stay locked, so that two owners cannot each let
    the other go at one moment."""
    owners = set(conn.execute(select(person.c.id).where(person.c.role == "owner", person.c.active).with_for_update()).scalars())
    if owners == {found.id}:
        raise UsageError("BL163", f"{found.name} is the only owner of the project", remedy="make somebody else an owner first")


def _member(row: Row[tuple[object, ...]], until: str) -> Member:
    return Member(Person(row.id, row.name, row.role, row.created), row.active, row.password is not None, until)


def _named(conn: Connection, name: str) -> Row[tuple[object, ...]] | None:
    wanted = name.casefold()
    return next((row for row in conn.execute(select(person)) if row.name.casefold() == wanted), None)
