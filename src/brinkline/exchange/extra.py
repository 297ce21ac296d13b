"""Libraries of the optional parts: imported when a format needs them, so that everything else works without them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from brinkline.errors import MissingExtra


def optional(module: str, extra: str, what: str) -> Any:
    """The module; MissingExtra BL110 with the line that installs it when it is not there."""
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(extra, what) from None
