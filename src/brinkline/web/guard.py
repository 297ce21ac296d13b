"""What stands before everything else: the app answers to its own names only, and every answer carries the safe headers."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from brinkline.errors import UsageError
from brinkline.web.security import HEADERS


class Guard:
    """Middleware: the safe headers on every answer, faults included; an answer 400 for a request by a name that is not ours,
    so that a page elsewhere cannot lead a browser here under a name of its own (DNS rebinding)."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(_bare(host) for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message))
            await send(message)

        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(named) == 1 and host_name(named[0]) in self.hosts:
            await self.app(scope, receive, with_headers)
            return
        error = UsageError("BL159", "this app does not go by that name", remedy="start it with: brinkline serve --name HOST")
        await answer_plainly(error, 400, scope, with_headers)


def add_headers(headers: MutableHeaders) -> None:
    """Put the safe headers on an answer; what does not say otherwise (our own files do) is kept by nobody on the way."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")


def host_name(host: str) -> str:
    """The name in a Host header, without its port: "localhost" of "localhost:8737", "::1" of "[::1]:8737"."""
    bare = host.rsplit(":", 1)[0] if not host.endswith("]") and ":" in host else host
    return _bare(bare)


async def answer_plainly(error: UsageError, status: int, scope: Scope, send: Send) -> None:
    """An error without a page, before anything of the request is read: JSON for a path or a caller of JSON, else text."""
    headers = dict(scope["headers"])
    as_json = scope["path"].endswith(".json") or b"json" in headers.get(b"accept", b"") + headers.get(b"content-type", b"")
    told = {"code": error.code, "message": error.message, "place": error.place, "remedy": error.remedy}
    body = json.dumps({"error": told}) if as_json else f"{error}\n"
    kind = "application/json" if as_json else "text/plain; charset=utf-8"
    raw = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body.encode()})


def _bare(host: str) -> str:
    return host.strip().rstrip(".").removeprefix("[").removesuffix("]").casefold()
