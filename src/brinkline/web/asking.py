"""Who asks, for what project, and what they may do: the one record that every route gets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from fastapi import Depends, Request
from starlette.datastructures import FormData

from brinkline.decision import ROLES, Person, Role
from brinkline.errors import BrinklineError
from brinkline.project import Project
from brinkline.web.security import BEFORE, COOKIE, form_is_ours, form_token, same_origin
from brinkline.web.sessions import session_person

Mode = Literal["local", "team"]


class Refused(BrinklineError):
    """A request that the app does not do: ``status`` is the HTTP status of the answer."""

    def __init__(self, status: int, code: str, message: str, remedy: str = "") -> None:
        super().__init__(code, message, remedy=remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: the project, and how. ``read_only`` lets nobody change anything."""

    project: Project
    mode: Mode = "local"
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. ``person`` is None for somebody who has not given a name or signed in; ``token`` goes into every form."""

    site: Site
    person: Person | None
    session: str
    path: str
    query: str

    @property
    def project(self) -> Project:
        """The project of the site."""
        return self.site.project

    @property
    def me(self) -> Person:
        """The person who asks. Refused 401 for nobody."""
        if self.person is None:
            raise _nobody(self.site)
        return self.person

    @property
    def token(self) -> str:
        """The token that forms must carry."""
        return form_token(self.session) if self.session else ""

    def may(self, role: Role) -> bool:
        """Whether this person has the role or a higher one, and the site lets people change things where that needs it."""
        if role != "reader" and (self.site.read_only or self.person is None):
            return False
        if self.person is None:
            return self.site.mode == "local" or self.site.read_only
        return ROLES.index(self.person.role) >= ROLES.index(role)


def site_of(request: Request) -> Site:
    """The site that answers a request."""
    return cast(Site, request.app.state.site)


def asked(request: Request) -> Asked:
    """The request as routes see it. A route function: it runs in a thread, since it asks the database."""
    site = site_of(request)
    session = request.cookies.get(COOKIE, "")
    person = None
    if session:
        with site.project.database.reading() as conn:
            person = session_person(conn, session)
    return Asked(site, person, session if person else "", request.url.path, request.url.query)


def needs(role: Role) -> Callable[[Asked], Asked]:
    """A dependency: the request, when the person may act in the role. Refused 401 or 403 otherwise."""

    def check(asking: Annotated[Asked, Depends(asked)]) -> Asked:
        if asking.may(role):
            return asking
        if asking.site.read_only and role != "reader":
            raise Refused(403, "BL140", "this site is for reading only")
        if asking.person is None:
            raise _nobody(asking.site)
        raise Refused(403, "BL142", f"this needs the role {role}; yours is {asking.person.role}", "ask an owner of the project")

    return check


def somebody(asking: Annotated[Asked, Depends(asked)]) -> Asked:
    """A dependency: the request, when a person of the project asks, in any role. Refused 401 otherwise."""
    if asking.person is None:
        raise _nobody(asking.site)
    return asking


def _nobody(site: Site) -> Refused:
    return Refused(401, "BL141", "sign in first" if site.mode == "team" else "give your name first")


async def our_form(request: Request) -> AsyncIterator[FormData]:
    """The fields of a form of ours; its files are closed after the answer. Refused 403 for a form that another site made."""
    async with request.form(max_files=200, max_fields=2000) as form:
        check_form(request, str(form.get("token", "")) or request.headers.get("X-Form-Token", ""))
        yield form


async def first_form(request: Request) -> FormData:
    """The fields of a form that somebody sends who has no session yet (a name, a sign-in). Refused 403 as above."""
    form = await request.form(max_files=0, max_fields=10)
    check_form(request, str(form.get("token", "")), BEFORE)
    return form


def our_script(request: Request) -> None:
    """A dependency of routes that take JSON: refused 403 unless our script sent it, with the token of the session."""
    check_form(request, request.headers.get("X-Form-Token", ""))


def check_form(request: Request, token: str, cookie: str = COOKIE) -> None:
    """Refused 403 unless the request comes from a page of ours, for this session."""
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    ours = same_origin(request.headers.get("host", ""), request.headers.get("origin")) and not elsewhere
    if not ours or not form_is_ours(request.cookies.get(cookie, ""), token):
        raise Refused(403, "BL143", "the form is not of this session", "load the page again and send it once more")


Reader = Annotated[Asked, Depends(needs("reader"))]
Coder = Annotated[Asked, Depends(needs("coder"))]
Adjudicator = Annotated[Asked, Depends(needs("adjudicator"))]
Owner = Annotated[Asked, Depends(needs("owner"))]
Form = Annotated[FormData, Depends(our_form)]
FirstForm = Annotated[FormData, Depends(first_form)]
Somebody = Annotated[Asked, Depends(somebody)]
Anybody = Annotated[Asked, Depends(asked)]
Script = Annotated[None, Depends(our_script)]
