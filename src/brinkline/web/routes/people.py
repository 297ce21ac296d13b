"""People of the project: who they are, what they may do, and links with which they set a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from brinkline.decision import ROLES, Role
from brinkline.errors import UsageError
from brinkline.project.clock import now
from brinkline.project.people import new_invitation
from brinkline.store.people import add_person, set_active, set_role
from brinkline.web.asking import Asked, Form, Owner
from brinkline.web.pages.people import MEANS, PEOPLE_COLUMNS, member_rows
from brinkline.web.rendering import page, twin

router = APIRouter()


@router.get("/people", include_in_schema=False)
def people(asking: Owner) -> Response:
    """Everybody, and forms for owners."""
    return _people(asking)


@router.get("/people.{form}")
def people_twin(asking: Owner, form: Literal["csv", "json"]) -> Response:
    """The people of the project, their roles and their work. Never a password or a link."""
    with asking.project.database.reading() as conn:
        rows = member_rows(conn)
    return twin(form, PEOPLE_COLUMNS, rows)


@router.post("/people", include_in_schema=False)
def add(request: Request, asking: Owner, form: Form) -> Response:
    """Add somebody; in team mode with a link that is shown this once."""
    name, role = str(form.get("name", "")), cast(Role, str(form.get("role", "")))
    try:
        with asking.project.database.writing() as conn:
            person = add_person(conn, name, role, now())
            link = new_invitation(conn, person.id) if asking.site.mode == "team" else ""
    except UsageError as error:
        return _people(asking, 422, told=f"{error.message}; {error.remedy}" if error.remedy else error.message, name=name)
    return _people(asking, link=_whole(request, link), done=f"{person.name} is added.")


@router.post("/people/{person}/role", include_in_schema=False)
def change_role(asking: Owner, person: str, form: Form) -> Response:
    """Another role for somebody."""
    return _changed(asking, lambda conn: set_role(conn, person, cast(Role, str(form.get("role", "")))))


@router.post("/people/{person}/active", include_in_schema=False)
def change_active(asking: Owner, person: str, form: Form) -> Response:
    """Somebody takes part no longer, or again; what they decided stays."""
    return _changed(asking, lambda conn: set_active(conn, person, form.get("active") == "yes"))


@router.post("/people/{person}/link", include_in_schema=False)
def new_link(request: Request, asking: Owner, person: str, form: Form) -> Response:
    """A new link to set a password; the old password and every session end."""
    if asking.site.mode != "team":
        return _people(asking, 422, told="Passwords are for team mode: brinkline serve --team")
    if person == asking.me.id:
        return _people(asking, 422, told="Change your own password on the page of your account.")
    with asking.project.database.writing() as conn:
        link = new_invitation(conn, person)
    return _people(asking, link=_whole(request, link), done="Here is the new link.")


def _whole(request: Request, link: str) -> str:
    return f"{str(request.base_url).rstrip('/')}{link}" if link else ""


def _changed(asking: Asked, change: Callable[[Connection], object]) -> Response:
    try:
        with asking.project.database.writing() as conn:
            change(conn)
    except UsageError as error:
        return _people(asking, 422, told=f"{error.message}; {error.remedy}")
    return RedirectResponse("/people", 303)


def _people(asking: Asked, status: int = 200, *, told: str = "", name: str = "", link: str = "", done: str = "") -> Response:
    with asking.project.database.reading() as conn:
        rows = member_rows(conn)
    content = {"rows": rows, "roles": ROLES, "means": MEANS, "told": told, "name": name, "link": link, "done": done}
    return page("people.html.j2", asking, status=status, **content)
