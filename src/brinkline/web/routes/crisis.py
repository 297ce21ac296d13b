"""The page of a narrative: its coding, its charts, and those charts as files."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from brinkline.charts import chart, png
from brinkline.web.asking import Asked, Reader
from brinkline.web.pages.actors import actors_by_id
from brinkline.web.pages.crisis import Case, content, neighbours, open_case
from brinkline.web.rendering import at_place, page, twin
from brinkline.web.ways import AppWays, file_stem

router = APIRouter()

Tab = Literal["facts", "actors", "timeline", "map", "intensity", "dyads", "places", "sources"]
Kind = Literal["timeline", "map", "intensity", "network", "places", "strip"]
Form = Literal["svg", "png", "csv", "json"]
_MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


@router.get("/narratives/{key}", include_in_schema=False)
def crisis(asking: Reader, key: str, tab: Annotated[Tab, Query()] = "facts") -> Response:
    """A tab of the page of a narrative."""
    ways = AppWays()
    with asking.project.database.reading() as conn:
        case = open_case(conn, key, asking.person.id if asking.person else None)
        before, after = neighbours(conn, case.row)
        known = actors_by_id(conn)
    found = content(case, tab, ways, asking.project.folder.title, known)
    return page("crisis.html.j2", asking, layout="base.html.j2", ways=ways, before=before, after=after, **found)


@router.get("/narratives/{key}/charts/{kind}.{form}")
def chart_file(asking: Reader, key: str, kind: Kind, form: Form) -> Response:
    """A chart of a narrative as a drawing (SVG), a picture (PNG), or the table of the same data (CSV, JSON)."""
    made = chart(kind, _case(asking, key).coding)
    if form == "csv" or form == "json":
        response = twin(form, [at_place(name, place) for place, name in enumerate(made.rows.columns)], made.rows.rows)
    else:
        data = made.svg.encode("utf-8") + b"\n" if form == "svg" else png(made.svg)
        response = Response(data, media_type=_MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_stem(key)}-{kind}.{form}"'
    return response


def _case(asking: Asked, key: str) -> Case:
    with asking.project.database.reading() as conn:
        return open_case(conn, key, asking.person.id if asking.person else None)
