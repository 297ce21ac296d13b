"""Giving a name (local mode) and leaving."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from brinkline.errors import NotFound, UsageError
from brinkline.project.clock import now
from brinkline.store.people import add_person, find_member
from brinkline.web.asking import Anybody, FirstForm, Form, Refused, Somebody, site_of
from brinkline.web.doors import door
from brinkline.web.security import COOKIE, local_path, set_cookie
from brinkline.web.sessions import LASTS, end_session, start_session

router = APIRouter()
#: A name given on one's own machine lasts longer than a sign-in.
_NAME_LASTS = 30 * LASTS


@router.get("/name", include_in_schema=False)
def name_page(request: Request, asking: Anybody, then: str = "/") -> Response:
    """The page that asks for a name, once."""
    _local_only(request)
    return door(request, asking, then=local_path(then))


@router.post("/name", include_in_schema=False)
def give_name(request: Request, asking: Anybody, form: FirstForm) -> Response:
    """Begin a session under a name, in local mode: whoever sits at this machine owns the project."""
    _local_only(request)
    name, then = str(form.get("name", "")), local_path(str(form.get("then", "/")))
    try:
        with asking.project.database.writing() as conn:
            try:
                member = find_member(conn, name)
            except NotFound:
                person = add_person(conn, name, "owner", now())
            else:
                if not member.active:
                    raise UsageError("BL161", f"{member.person.name} no longer takes part", remedy="choose another name")
                person = member.person
            if asking.session:
                end_session(conn, asking.session)
            token = start_session(conn, person.id, _NAME_LASTS)
    except UsageError as error:
        return door(request, asking, status=422, then=then, told=error.message, name=name)
    response = RedirectResponse(then, 303)
    set_cookie(response, request, COOKIE, token, int(_NAME_LASTS.total_seconds()))
    return response


@router.post("/leave", include_in_schema=False)
def leave(asking: Somebody, form: Form) -> Response:
    """End the session."""
    with asking.project.database.writing() as conn:
        end_session(conn, asking.session)
    response = RedirectResponse("/sign-in" if asking.site.mode == "team" else "/", 303)
    response.delete_cookie(COOKIE)
    return response


def _local_only(request: Request) -> None:
    site = site_of(request)
    if site.mode != "local" or site.read_only:
        raise Refused(403, "BL140", "names are given in local mode only")
