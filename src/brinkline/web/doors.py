"""The pages at which a person comes in: a name in local mode, a name and a password in team mode."""

from __future__ import annotations

import secrets

from fastapi import Request, Response

from brinkline.store.people import list_people
from brinkline.web.asking import Asked
from brinkline.web.rendering import page
from brinkline.web.security import BEFORE, form_token, set_cookie

#: Seconds for which a form at the door can be filled in.
_LASTS = 3 * 60 * 60


def door(request: Request, asking: Asked, *, status: int = 200, then: str = "/", told: str = "", name: str = "") -> Response:
    """The page that lets somebody in, and then leads to ``then``; ``told`` says what went wrong."""
    if asking.site.mode == "team":
        return with_first_token(request, asking, "sign_in.html.j2", status, then=then, told=told, name=name)
    with asking.project.database.reading() as conn:
        people = list_people(conn)
    return with_first_token(request, asking, "name.html.j2", status, then=then, told=told, name=name, people=people)


def with_first_token(request: Request, asking: Asked, template: str, status: int = 200, **content: object) -> Response:
    """A page with a form for somebody without a session: its token belongs to a cookie of its own."""
    before = request.cookies.get(BEFORE, "")
    if not 40 <= len(before) <= 60:
        before = secrets.token_urlsafe(32)
    response = page(template, asking, status=status, first_token=form_token(before), **content)
    set_cookie(response, request, BEFORE, before, _LASTS)
    return response
