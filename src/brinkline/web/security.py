"""What every answer and every form carries so that a page can do no harm: headers, cookies, origin, form tokens."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request, Response

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers send forms with "Origin: null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "brinkline_session"
#: The cookie of somebody who is about to sign in: forms before a session carry the token of this one.
BEFORE = "brinkline_form"
_PLAIN_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]*")


def form_token(session: str) -> str:
    """The token that forms of this session carry: only a page of ours can know it."""
    return hmac.new(session.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def form_is_ours(session: str, token: str) -> bool:
    """Whether a form was made for this session."""
    return bool(session) and hmac.compare_digest(form_token(session).encode(), token.encode("utf-8", "surrogatepass"))


def same_origin(host: str, origin: str | None) -> bool:
    """Whether a request comes from a page of the same host. Browsers send Origin with every POST; without one, the form
    token alone decides."""
    try:
        return origin is None or (urlsplit(origin).scheme in ("http", "https") and urlsplit(origin).netloc == host)
    except ValueError:
        return False


def local_path(wanted: str) -> str:
    """A path of this app to go on to, "/" for anything that could lead elsewhere.

    >>> local_path("/narratives?page=2"), local_path("//evil.example/"), local_path("https://evil.example/")
    ('/narratives?page=2', '/', '/')
    """
    return wanted if _PLAIN_PATH.fullmatch(wanted) else "/"


def token_hash(token: str) -> str:
    """What the database keeps of a session: whoever reads the table cannot take a session over."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def set_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Give the browser a cookie that no script reads and no form of another site sends."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)
