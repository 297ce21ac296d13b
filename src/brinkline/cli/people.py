"""``brinkline people``: who takes part, in which role, and who codes what."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, cast

from brinkline.cli.output import check_format, print_json, print_table, standard_output
from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.decision import Person, Role
from brinkline.errors import UsageError
from brinkline.exchange.cells import guarded, table_writer
from brinkline.plain import one_line
from brinkline.project.clock import now
from brinkline.project.people import new_invitation, plan_free, store_plan
from brinkline.store.assignments import assignments_of
from brinkline.store.narratives import find_narrative, list_narratives
from brinkline.store.people import Member, add_person, find_member, find_person, list_members, set_active, set_role

_FORMATS = ("table", "json", "csv")


def list_command(form: str, folder: str | None) -> int:
    """0 after listing everybody."""
    check_format(form, _FORMATS)
    with open_project(folder) as project, project.database.reading() as conn:
        given = assignments_of(conn)
        rows = [
            (
                member.person.name,
                member.person.role,
                member.access,
                sum(item.person == member.person.id for item in given),
                sum(item.person == member.person.id and item.finished is not None for item in given),
            )
            for member in list_members(conn)
        ]
    _print(("name", "role", "sign_in", "assigned", "finished"), rows, form)
    return 0


def add_command(name: str, role: str, address: str, folder: str | None) -> int:
    """0 after adding somebody; the link for them is the data of this command."""
    with open_project(folder) as project:
        with project.database.writing() as conn:
            person = add_person(conn, name, cast(Role, role), now())
            link = new_invitation(conn, person.id)
        _tell_link(f"{person.name} is added as {person.role}", address, link)
    return 0


def role_command(name: str, role: str, folder: str | None) -> int:
    """0 after giving somebody another role."""
    with open_project(folder) as project:
        with project.database.writing() as conn:
            person = set_role(conn, name, cast(Role, role))
        stderr().print(f"{person.name} is {person.role} now", markup=False)
    return 0


def password_command(name: str, address: str, folder: str | None) -> int:
    """0 after printing a new link for somebody. UsageError BL161 for somebody who no longer takes part."""
    with open_project(folder) as project:
        with project.database.writing() as conn:
            person = _active(find_member(conn, name))
            link = new_invitation(conn, person.id)
        _tell_link(f"the password of {person.name} and all their sessions have ended", address, link)
    return 0


def assign_command(
    refs: Sequence[str], to: Sequence[str], twice: float, seed: int, dry_run: bool, form: str, folder: str | None
) -> int:
    """0 after assigning, or showing the plan."""
    check_format(form, _FORMATS)
    with open_project(folder) as project, project.database.writing() as conn:
        known = [find_narrative(conn, ref) for ref in refs] or list(list_narratives(conn))
        people = [_active(find_member(conn, name)) for name in to]
        made = plan_free(conn, [row.id for row in known], people, twice, seed)
        if not dry_run:
            store_plan(conn, made)
    keys = {row.id: row.key for row in known}
    names = {person.id: person.name for person in people}
    _print(
        ("narrative", "people", "blind"),
        [(keys[item.narrative], "; ".join(names[name] for name in item.people), item.blind) for item in made],
        form,
    )
    what = "would be assigned (nothing stored)" if dry_run else "assigned"
    double = sum(item.blind for item in made)
    left = len(known) - len(made)
    had = f"; {left} had somebody already" if left else ""
    stderr().print(f"{len(made)} narratives {what}, {double} of them blind to two, seed {seed}{had}", markup=False)
    return 0


def remove_command(name: str, back: bool, folder: str | None) -> int:
    """0 after letting somebody go, or take part again."""
    with open_project(folder) as project:
        with project.database.writing() as conn:
            person = find_person(conn, name)
            set_active(conn, person.id, back)
        stderr().print(f"{person.name} {'takes part again' if back else 'no longer takes part'}", markup=False)
    return 0


def _active(member: Member) -> Person:
    if member.active:
        return member.person
    name = member.person.name
    raise UsageError("BL161", f"{name} no longer takes part", remedy=f'brinkline people remove "{name}" --back')


def _tell_link(done: str, address: str, link: str) -> None:
    stderr().print(f"{done}; give them this link in private, it works once, for a week:", markup=False)
    sys.stdout.write(f"{address.rstrip('/')}{link}\n")


def _print(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    if form == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form == "csv":
        with standard_output() as stream:
            put = table_writer(stream, columns)
            for row in rows:
                put([guarded(cell) if isinstance(cell, str) else str(cell).lower() for cell in row])
    else:
        print_table(
            columns,
            ([one_line(("yes" if cell else "") if isinstance(cell, bool) else str(cell)) for cell in row] for row in rows),
        )
