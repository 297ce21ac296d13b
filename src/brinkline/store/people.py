"""People who code and decide. A person is never deleted: their decisions keep their name."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from brinkline.decision import ROLES, Person, Role
from brinkline.errors import NotFound, UsageError
from brinkline.model import content_id
from brinkline.store.rows import insert_rows
from brinkline.store.schema import person

_COLUMNS = ("id", "name", "role", "password", "active", "created")


def person_id(name: str) -> str:
    """The id that a person of this name gets."""
    return content_id("person", (name,))


def add_person(conn: Connection, name: str, role: Role, at: str) -> Person:
    """Make somebody known to the project; UsageError BL161 for an empty or known name (in any case), BL162 for a role
    that does not exist."""
    tidy = " ".join(name.split())
    if not tidy:
        raise UsageError("BL161", "a person needs a name")
    if role not in ROLES:
        raise UsageError("BL162", f"there is no role {role!r}", remedy=f"choose one of: {', '.join(ROLES)}")
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
    row = conn.execute(select(person).where(person.c.id == ref)).one_or_none()
    found = Person(row.id, row.name, row.role, row.created) if row is not None else _named(conn, " ".join(ref.split()))
    if found is None:
        raise NotFound("BL555", f"no person {ref!r} in this project", remedy="brinkline people lists them")
    return found


def list_people(conn: Connection, *, all_of_them: bool = False) -> tuple[Person, ...]:
    """The people of a project by name; those who were set inactive only with ``all_of_them``."""
    query = select(person).order_by(func.lower(person.c.name), person.c.id)
    if not all_of_them:
        query = query.where(person.c.active)
    return tuple(Person(row.id, row.name, row.role, row.created) for row in conn.execute(query))


def set_role(conn: Connection, ref: str, role: Role) -> Person:
    """The person with another role; UsageError BL162 for a role that does not exist."""
    if role not in ROLES:
        raise UsageError("BL162", f"there is no role {role!r}", remedy=f"choose one of: {', '.join(ROLES)}")
    found = find_person(conn, ref)
    conn.execute(update(person).where(person.c.id == found.id).values(role=role))
    return Person(found.id, found.name, role, found.created)


def set_active(conn: Connection, ref: str, active: bool) -> None:
    """Let somebody take part, or no longer; what they decided stays."""
    conn.execute(update(person).where(person.c.id == find_person(conn, ref).id).values(active=active))


def set_password(conn: Connection, ref: str, hashed: str | None) -> None:
    """Keep the hash of a person's password (made by the caller, never the password), or take it away."""
    conn.execute(update(person).where(person.c.id == find_person(conn, ref).id).values(password=hashed))


def password_of(conn: Connection, ref: str) -> str | None:
    """The hash of a person's password, None when they have none."""
    found = find_person(conn, ref)
    return conn.execute(select(person.c.password).where(person.c.id == found.id)).scalar_one_or_none()


def _named(conn: Connection, name: str) -> Person | None:
    for row in conn.execute(select(person)):
        if row.name.casefold() == name.casefold():
            return Person(row.id, row.name, row.role, row.created)
    return None
