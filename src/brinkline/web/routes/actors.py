"""Actors and pairs of actors over all narratives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from markupsafe import Markup

from brinkline.charts import png
from brinkline.web.asking import Reader
from brinkline.web.pages import actors as of_actors
from brinkline.web.rendering import page, twin
from brinkline.web.ways import AppWays, file_stem

router = APIRouter()

Form = Literal["csv", "json"]
_MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


@router.get("/actors", include_in_schema=False)
def actors(asking: Reader, words: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The list of actors."""
    with asking.project.database.reading() as conn:
        rows = of_actors.actor_list(conn)
    wanted = words.casefold().strip()
    shown = [row for row in rows if wanted in row.name.casefold() or wanted == row.abbrev.casefold()]
    return page("actors.html.j2", asking, layout="base.html.j2", ways=AppWays(), rows=shown, total=len(rows), words=words)


@router.get("/actors.{form}")
def actors_twin(asking: Reader, form: Form) -> Response:
    """The actors as a table."""
    with asking.project.database.reading() as conn:
        rows = of_actors.actor_list(conn)
    return twin(form, of_actors.LIST_COLUMNS, rows)


@router.get("/actors/{ident}/values.{form}")
def values_twin(asking: Reader, ident: str, form: Form) -> Response:
    """Every value that is coded of an actor, case by case."""
    with asking.project.database.reading() as conn:
        rows = of_actors.actor_values(conn, ident)
    return twin(form, of_actors.VALUE_COLUMNS, rows)


@router.get("/actors/{ident}", include_in_schema=False)
def actor(asking: Reader, ident: str) -> Response:
    """The page of an actor."""
    with asking.project.database.reading() as conn:
        found = of_actors.actor_page(conn, ident)
    return page("actor.html.j2", asking, layout="base.html.j2", ways=AppWays(), found=found, shown=of_actors.SHOWN)


@router.get("/dyads/{one}/{other}", include_in_schema=False)
def dyad(asking: Reader, one: str, other: str, at: Annotated[int, Query(alias="page", ge=1, le=10**6)] = 1) -> Response:
    """The page of two actors, in whichever order they are named."""
    with asking.project.database.reading() as conn:
        found = of_actors.dyad_page(conn, *sorted((one, other)))
    per = of_actors.PER_PAGE
    pages = max(1, -(-len(found.acts) // per))
    now = min(at, pages)
    drawn = Markup(of_actors.dyad_chart(found, standalone=False))
    acts = found.acts[(now - 1) * per : now * per]
    content: dict[str, Any] = {"found": found, "acts": acts, "at": now, "pages": pages, "drawn": drawn, "path": asking.path}
    return page("dyad.html.j2", asking, layout="base.html.j2", ways=AppWays(), **content)


@router.get("/dyads/{one}/{other}/events.{form}")
def dyad_twin(asking: Reader, one: str, other: str, form: Form) -> Response:
    """The events between two actors in order of time."""
    with asking.project.database.reading() as conn:
        found = of_actors.dyad_page(conn, *sorted((one, other)))
    return twin(form, of_actors.ACT_COLUMNS, found.acts)


@router.get("/dyads/{one}/{other}/intensity.{form}")
def dyad_chart(asking: Reader, one: str, other: str, form: Literal["svg", "png"]) -> Response:
    """The chart of two actors as a file."""
    with asking.project.database.reading() as conn:
        found = of_actors.dyad_page(conn, *sorted((one, other)))
    drawn = of_actors.dyad_chart(found, standalone=True)
    name = f"{file_stem(found.one.id)}--{file_stem(found.other.id)}.{form}"
    data = drawn.encode("utf-8") + b"\n" if form == "svg" else png(drawn)
    return Response(data, media_type=_MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})
