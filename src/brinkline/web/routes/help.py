"""Help: the keys with a form that changes them in this browser, and where to read more."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from brinkline.version import __version__
from brinkline.web.asking import Reader
from brinkline.web.keys import KEYS
from brinkline.web.rendering import attribute, page, twin

router = APIRouter()


@router.get("/help", include_in_schema=False)
def help_page(asking: Reader) -> Response:
    """The keys and how the app works."""
    return page("help.html.j2", asking, keys=KEYS, version=__version__)


@router.get("/help/keys.{form}")
def keys_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """The keys as a table."""
    return twin(form, [attribute(name) for name in ("action", "key", "label")], KEYS)
