"""The app: routes put together, headers on every answer, faults as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from brinkline.errors import BrinklineError, CheckFailed, InputError, NotFound, ProjectError, UsageError
from brinkline.version import __version__
from brinkline.web.asking import Asked, Refused, Site, asked
from brinkline.web.limits import LimitBody
from brinkline.web.rendering import page
from brinkline.web.security import HEADERS

#: Modules of ``routes``, in the order in which their paths are tried.
ROUTES = ("files", "session", "home")

_STATUS: tuple[tuple[type[BrinklineError], int], ...] = (
    (NotFound, 404),
    (InputError, 422),
    (UsageError, 400),
    (CheckFailed, 409),
    (ProjectError, 503),
)


#: The names of this machine for itself.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(site: Site, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """The app of a site. ``hosts`` are the names it answers to: a page elsewhere that leads a browser here by another
    name gets nothing."""
    app = FastAPI(title="brinkline", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.site = site
    for name in ROUTES:
        app.include_router(import_module(f"brinkline.web.routes.{name}").router)
    app.add_middleware(LimitBody)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.middleware("http")(_with_headers)
    app.add_exception_handler(BrinklineError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    return app


async def _with_headers(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await go_on(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


async def _told(request: Request, fault: Exception) -> Response:
    """A fault as a page, or as JSON for whoever asked for JSON, with its code and remedy."""
    status, error = _described(fault)
    if _wants_json(request):
        told = {"code": error.code, "message": error.message, "place": error.place, "remedy": error.remedy}
        return JSONResponse({"error": told}, status)
    return await run_in_threadpool(_fault_page, request, status, error)


def _fault_page(request: Request, status: int, error: BrinklineError) -> Response:
    try:
        asking = asked(request)
    except BrinklineError:  # the database itself is what fails: tell that, to nobody in particular
        asking = Asked(request.app.state.site, None, "", request.url.path, request.url.query)
    return page("fault.html.j2", asking, status=status, error=error, code=status)


def _described(fault: Exception) -> tuple[int, BrinklineError]:
    if isinstance(fault, Refused):
        return fault.status, fault
    if isinstance(fault, BrinklineError):
        return next((status for kind, status in _STATUS if isinstance(fault, kind)), 500), fault
    if isinstance(fault, RequestValidationError):
        what = "; ".join(f"{'.'.join(str(part) for part in item['loc'][1:])}: {item['msg']}" for item in fault.errors())
        return 422, UsageError("BL144", f"the request has faults: {what}")
    if isinstance(fault, HTTPException):
        missing = NotFound("BL515", "there is no such page", remedy="start again from the home page")
        return fault.status_code, missing if fault.status_code == 404 else UsageError("BL144", str(fault.detail))
    return 500, BrinklineError("BL700", "this is a bug in brinkline")


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", "").split(",")[0]
