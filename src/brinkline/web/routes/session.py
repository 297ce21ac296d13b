"""Giving a name (local mode), signing in and out (team mode)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from brinkline.errors import NotFound
from brinkline.project.clock import now
from brinkline.store.people import add_person, find_person, list_people
from brinkline.web.asking import Asked, Form, Refused, asked, site_of
from brinkline.web.rendering import page
from brinkline.web.security import COOKIE, same_origin
from brinkline.web.sessions import LASTS, end_session, start_session

router = APIRouter()


@router.get("/name", include_in_schema=False)
def name_page(asking: Annotated[Asked, Depends(asked)]) -> Response:
    """The page that asks for a name, once."""
    with asking.project.database.reading() as conn:
        people = list_people(conn)
    return page("name.html.j2", asking, people=people)


@router.post("/name", include_in_schema=False)
async def give_name(request: Request) -> Response:
    """Begin a session under a name, in local mode: whoever sits at this machine owns the project."""
    site = site_of(request)
    if site.mode != "local" or site.read_only:
        raise Refused(403, "BL140", "names are given in local mode only")
    if not same_origin(request.headers.get("host", ""), request.headers.get("origin")):
        raise Refused(403, "BL143", "the form is not of this site")
    form = await request.form(max_files=0, max_fields=10)
    name = str(form.get("name", ""))
    with site.project.database.writing() as conn:
        try:
            person = find_person(conn, name)
        except NotFound:
            person = add_person(conn, name, "owner", now())
        token = start_session(conn, person.id, 30 * LASTS)
    return _with_cookie(RedirectResponse("/", 303), token, request)


@router.post("/leave", include_in_schema=False)
def leave(asking: Annotated[Asked, Depends(asked)], form: Form) -> Response:
    """End the session."""
    with asking.project.database.writing() as conn:
        end_session(conn, asking.session)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response


def _with_cookie(response: Response, token: str, request: Request) -> Response:
    response.set_cookie(
        COOKIE, token, max_age=60 * 60 * 24 * 30, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return response
