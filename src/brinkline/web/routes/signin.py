"""Team mode: signing in, setting a first password by a link that works once, changing one's own."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from brinkline.decision import Person
from brinkline.errors import NotFound, UsageError
from brinkline.project.clock import now
from brinkline.store.people import find_member, invited_person, password_of, set_password
from brinkline.web.asking import Anybody, Asked, FirstForm, Form, Refused, Somebody, site_of
from brinkline.web.attempts import Attempts
from brinkline.web.doors import door, with_first_token
from brinkline.web.pages.people import MEANS
from brinkline.web.passwords import check_new, hashed, is_right
from brinkline.web.rendering import page
from brinkline.web.security import COOKIE, local_path, set_cookie
from brinkline.web.sessions import LASTS, end_session, start_session

router = APIRouter()


@router.get("/sign-in", include_in_schema=False)
def sign_in_page(request: Request, asking: Anybody, then: str = "/") -> Response:
    """The page to sign in."""
    _team_only(request)
    return door(request, asking, then=local_path(then))


@router.post("/sign-in", include_in_schema=False)
def sign_in(request: Request, asking: Anybody, form: FirstForm) -> Response:
    """Begin a session, under a token of its own, when name and password fit."""
    _team_only(request)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    then = local_path(str(form.get("then", "/")))
    wait = _attempts(request).wait(name, _address(request))
    if wait:
        return _locked_out(request, asking, wait, then, name)
    person, known = _known(asking, name)
    if not is_right(known, password) or person is None:
        return door(request, asking, status=401, then=then, told="The name or the password is wrong.", name=name)
    _attempts(request).forget(name)
    return _let_in(request, asking, person, then)


@router.get("/join/{invitation}", include_in_schema=False)
def join_page(request: Request, asking: Anybody, invitation: str) -> Response:
    """The page on which somebody who was invited sets a password. Looking at it uses nothing up."""
    _team_only(request)
    with asking.project.database.reading() as conn:
        person = invited_person(conn, invitation, now())
    return with_first_token(request, asking, "join.html.j2", name=person.name, told="")


@router.post("/join/{invitation}", include_in_schema=False)
def join(request: Request, asking: Anybody, invitation: str, form: FirstForm) -> Response:
    """Set the first password of somebody who was invited, and let them in; the link is used up."""
    _team_only(request)
    with asking.project.database.reading() as conn:
        person = invited_person(conn, invitation, now())
    password = str(form.get("password", ""))
    try:
        check_new(password, str(form.get("again", "")), person.name)
    except UsageError as error:
        told = f"{error.message}; {error.remedy}"
        return with_first_token(request, asking, "join.html.j2", 422, name=person.name, told=told)
    kept = hashed(password)
    with asking.project.database.writing() as conn:
        person = invited_person(conn, invitation, now())  # once more: only one of two at the same moment gets in
        set_password(conn, person.id, kept)
    return _let_in(request, asking, person, "/")


@router.get("/account", include_in_schema=False)
def account_page(asking: Somebody) -> Response:
    """One's own account."""
    return _account(asking)


@router.post("/account", include_in_schema=False)
def change_password(request: Request, asking: Somebody, form: Form) -> Response:
    """Another password for oneself; every other session ends."""
    _team_only(request)
    person = asking.me
    wait = _attempts(request).wait(person.name, _address(request))
    if wait:
        return _account(asking, 429, f"Too many attempts. Try again in {_minutes(wait)}.")
    with asking.project.database.reading() as conn:
        known = password_of(conn, person.id)
    if not is_right(known, str(form.get("current", ""))):
        return _account(asking, 422, "The present password is wrong.")
    _attempts(request).forget(person.name)
    password = str(form.get("password", ""))
    try:
        check_new(password, str(form.get("again", "")), person.name)
    except UsageError as error:
        return _account(asking, 422, f"{error.message}; {error.remedy}")
    kept = hashed(password)
    with asking.project.database.writing() as conn:
        set_password(conn, person.id, kept)
    return _let_in(request, asking, person, "/account?done=1")


def _account(asking: Asked, status: int = 200, told: str = "") -> Response:
    done = "The password is changed." if asking.query == "done=1" and not told else ""
    return page("account.html.j2", asking, status=status, told=told, done=done, means=MEANS[asking.me.role])


def _let_in(request: Request, asking: Asked, person: Person, then: str) -> Response:
    with asking.project.database.writing() as conn:
        if asking.session:
            end_session(conn, asking.session)
        token = start_session(conn, person.id)
    response = RedirectResponse(then, 303)
    set_cookie(response, request, COOKIE, token, int(LASTS.total_seconds()))
    return response


def _known(asking: Asked, name: str) -> tuple[Person | None, str | None]:
    """The person of a name and the hash of their password, if they may come in."""
    with asking.project.database.reading() as conn:
        try:
            member = find_member(conn, name)
        except NotFound:
            return None, None
        return member.person, password_of(conn, member.person.id) if member.active else None


def _locked_out(request: Request, asking: Asked, wait: int, then: str, name: str) -> Response:
    told = f"Too many attempts. Try again in {_minutes(wait)}."
    response = door(request, asking, status=429, then=then, told=told, name=name)
    response.headers["Retry-After"] = str(wait)
    return response


def _minutes(seconds: int) -> str:
    minutes = max(1, -(-seconds // 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _attempts(request: Request) -> Attempts:
    found: Attempts = request.app.state.attempts
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _team_only(request: Request) -> None:
    site = site_of(request)
    if site.mode != "team" or site.read_only:
        raise Refused(403, "BL140", "people sign in in team mode only")
