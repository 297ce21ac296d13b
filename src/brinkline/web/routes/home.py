"""Home: what waits for you, how far the project is, the first steps."""

from __future__ import annotations

from fastapi import APIRouter, Response

from brinkline.store.narratives import list_narratives
from brinkline.web.asking import Reader
from brinkline.web.rendering import page

router = APIRouter()


@router.get("/", include_in_schema=False)
def home(asking: Reader) -> Response:
    """The home page."""
    with asking.project.database.reading() as conn:
        rows = list_narratives(conn)
    return page("home.html.j2", asking, rows=rows)
