"""A limit on what one request may carry, counted as it comes in: a false or missing length does not help."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from brinkline.errors import UsageError
from brinkline.web.guard import answer_plainly

#: Bytes of a request with files (narratives), and of any other.
FILES, FORM = 50_000_000, 2_000_000


class LimitBody:
    """Middleware: an answer 413 for a body that is longer than allowed, before it is read to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its bytes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        limit = FILES if headers.get(b"content-type", b"").startswith(b"multipart/form-data") else FORM
        told = headers.get(b"content-length", b"0")
        if told.isdigit() and int(told) > limit:
            await answer_plainly(too_long(), 413, scope, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def too_long() -> UsageError:
    """The error for a request that carries too much."""
    return UsageError("BL145", "the request is too long", remedy="send fewer or shorter files at a time")
