"""What every answer and every form carries so that a page can do no harm: headers, origin, form tokens, size of uploads."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "brinkline_session"


def form_token(session: str) -> str:
    """The token that forms of this session carry: only a page of ours can know it."""
    return hmac.new(session.encode(), b"form", hashlib.sha256).hexdigest()


def form_is_ours(session: str, token: str) -> bool:
    """Whether a form was made for this session."""
    return bool(session) and hmac.compare_digest(form_token(session), token)


def same_origin(host: str, origin: str | None) -> bool:
    """Whether a request comes from a page of the same host. Browsers send Origin with every POST; without one, the form
    token alone decides."""
    return origin is None or urlsplit(origin).netloc == host


def token_hash(token: str) -> str:
    """What the database keeps of a session: whoever reads the table cannot take a session over."""
    return hashlib.sha256(token.encode()).hexdigest()
