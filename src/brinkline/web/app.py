"""The app: routes put together, headers on every answer, faults as pages."""

from __future__ import annotations

from importlib import import_module

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from brinkline.errors import BrinklineError, CheckFailed, InputError, NotFound, ProjectError, UsageError
from brinkline.version import __version__
from brinkline.web.asking import Asked, Refused, Site, asked
from brinkline.web.attempts import Attempts
from brinkline.web.batch import Batch
from brinkline.web.documented import document
from brinkline.web.doors import door
from brinkline.web.figures import Figures
from brinkline.web.guard import Guard, add_headers
from brinkline.web.limits import LimitBody, too_long
from brinkline.web.previews import Previews
from brinkline.web.rendering import page
from brinkline.web.security import local_path

#: Modules of ``routes``, in the order in which their paths are tried.
ROUTES = (
    "files",
    "session",
    "signin",
    "people",
    "assignments",
    "home",
    "review",
    "claims",
    "decisions",
    "narratives",
    "crisis",
    "actors",
    "evaluation",
    "add",
    "search",
    "codebook",
    "agreement",
    "adjudicate",
    "runs",
    "releases",
    "help",
)

_STATUS: tuple[tuple[type[BrinklineError], int], ...] = (
    (NotFound, 404),
    (InputError, 422),
    (UsageError, 400),
    (CheckFailed, 409),
    (ProjectError, 503),
)
#: What a value of a request can be that no database keeps: half a character, a number too large.
_UNKEPT = (UnicodeEncodeError, OverflowError, DataError)

#: The names of this machine for itself.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(site: Site, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """The app of a site. ``hosts`` are the names it answers to: a page elsewhere that leads a browser here by another
    name gets nothing."""
    app = FastAPI(title="brinkline", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.site = site
    app.state.attempts = Attempts()
    app.state.batch = Batch(site.project)
    app.state.previews = Previews()
    app.state.figures = Figures()
    for name in ROUTES:
        app.include_router(import_module(f"brinkline.web.routes.{name}").router)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    app.add_middleware(LimitBody)
    app.add_middleware(Guard, hosts=hosts)
    for kind in (BrinklineError, HTTPException, RequestValidationError, *_UNKEPT, Exception):
        app.add_exception_handler(kind, _told)
    return app


async def _told(request: Request, fault: Exception) -> Response:
    """A fault as a page, or as JSON for whoever asked for JSON, with its code and remedy."""
    status, error = _described(fault)
    if _wants_json(request):
        told = {"code": error.code, "message": error.message, "place": error.place, "remedy": error.remedy}
        response: Response = JSONResponse({"error": told}, status)
    else:
        response = await run_in_threadpool(_fault_page, request, status, error)
    if isinstance(fault, HTTPException) and fault.headers:
        response.headers.update(fault.headers)
    add_headers(response.headers)  # the answer to a bug does not pass the guard
    return response


def _fault_page(request: Request, status: int, error: BrinklineError) -> Response:
    try:
        asking = asked(request)
    except BrinklineError:  # the database itself is what fails: tell that, to nobody in particular
        asking = Asked(request.app.state.site, None, "", request.url.path, request.url.query)
    if status == 401 and request.method == "GET":  # whoever is asked who they are is asked at once, and goes on to this page
        query = f"?{asking.query}" if asking.query else ""
        return door(request, asking, status=401, then=local_path(request.url.path + query))
    return page("fault.html.j2", asking, status=status, error=error, code=status)


def _described(fault: Exception) -> tuple[int, BrinklineError]:
    if isinstance(fault, Refused):
        return fault.status, fault
    if isinstance(fault, BrinklineError):
        return next((status for kind, status in _STATUS if isinstance(fault, kind)), 500), fault
    if isinstance(fault, RequestValidationError):
        what = "; ".join(f"{'.'.join(str(part) for part in item['loc'][1:])}: {item['msg']}" for item in fault.errors())
        return 422, UsageError("BL144", f"the request has faults: {what}")
    if isinstance(fault, _UNKEPT):
        return 422, UsageError("BL144", "the request holds a character or number that cannot be kept")
    if isinstance(fault, HTTPException) and fault.status_code == 413:
        return 413, too_long()
    if isinstance(fault, HTTPException):
        missing = NotFound("BL515", "there is no such page", remedy="start again from the home page")
        return fault.status_code, missing if fault.status_code == 404 else UsageError("BL144", str(fault.detail))
    return 500, BrinklineError("BL700", "this is a bug in brinkline")


def _wants_json(request: Request) -> bool:
    first = request.headers.get("accept", "").split(",")[0]
    sent = request.headers.get("content-type", "")
    return request.url.path.endswith(".json") or "application/json" in first or sent.startswith("application/json")
