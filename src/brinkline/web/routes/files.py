"""The style sheet and the script."""

from __future__ import annotations

from fastapi import APIRouter, Response

from brinkline.errors import NotFound
from brinkline.web.rendering import STATIC, static_file

router = APIRouter()


@router.get("/static/{name}", include_in_schema=False)
def static(name: str) -> Response:
    """One of our own files, which browsers may keep: its address changes with its content."""
    if name not in STATIC:
        raise NotFound("BL515", "there is no such page")
    return Response(
        static_file(name), media_type=STATIC[name], headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


@router.get("/favicon.ico", include_in_schema=False)
def icon() -> Response:
    """No picture: browsers ask for it unasked."""
    return Response(status_code=204)
