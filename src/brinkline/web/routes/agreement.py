"""Agreement of coders: figures with intervals, the units behind each, a paragraph for a methods section."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from sqlalchemy import Connection

from brinkline.review.agreement import units_behind
from brinkline.review.answers import Work, work_of
from brinkline.review.methods import methods_text, row_of
from brinkline.store.people import list_people
from brinkline.web.asking import Reader
from brinkline.web.figures import Figures
from brinkline.web.pages.agreement import COLUMNS, Behind, about, behind, chart_of, shown, unit_columns
from brinkline.web.rendering import page, twin

router = APIRouter()

Name = Annotated[str, Query(max_length=300)]
At = Annotated[int, Query(alias="page", ge=1, le=10**6)]
SHOWN = 100


@router.get("/agreement", include_in_schema=False)
def agreement_page(request: Request, asking: Reader) -> Response:
    """How far coders agree, by variable, pair and narrative."""
    with asking.project.database.reading() as conn:
        measured = _figures(request).measured(conn)
    found = measured.figures
    drawn = Markup(chart_of(found))  # our own SVG, whose texts the drawing escapes
    methods = methods_text(found)
    return page("agreement.html.j2", asking, found=found, chart=drawn, shown=shown, methods=methods, stale=measured.stale)


@router.get("/agreement.{form}")
def agreement_list(request: Request, asking: Reader, form: Literal["csv", "json"]) -> Response:
    """The figures as a list: one row for all, then variables, pairs and narratives."""
    with asking.project.database.reading() as conn:
        found = _figures(request).measured(conn).figures
    return twin(form, COLUMNS, [row_of(score) for score in found.scores])


@router.get("/agreement/units", include_in_schema=False)
def units_page(asking: Reader, variable: Name = "", narrative: Name = "", pair: Name = "", at: At = 1) -> Response:
    """The units behind a figure, with what each coder said."""
    with asking.project.database.reading() as conn:
        rows, people, names = _behind(conn, variable, narrative, pair)
    pages = max(1, -(-len(rows) // SHOWN))
    at = min(at, pages)
    return page(
        "agreement_units.html.j2",
        asking,
        about=about,
        rows=rows[(at - 1) * SHOWN : at * SHOWN],
        total=len(rows),
        differing=sum(row.unit.differs for row in rows),
        people=[names.get(name, name) for name in people],
        asked_for={"variable": variable, "narrative": narrative, "pair": pair},
        label=rows[0].label if rows and variable else "",
        at=at,
        pages=pages,
    )


@router.get("/agreement/units.{form}")
def units_list(
    asking: Reader, form: Literal["csv", "json"], variable: Name = "", narrative: Name = "", pair: Name = ""
) -> Response:
    """The same as a list."""
    with asking.project.database.reading() as conn:
        rows, people, names = _behind(conn, variable, narrative, pair)
    return twin(form, unit_columns(people, names), rows)


def _figures(request: Request) -> Figures:
    found: Figures = request.app.state.figures
    return found


def _behind(conn: Connection, variable: str, narrative: str, pair: str) -> tuple[tuple[Behind, ...], list[str], dict[str, str]]:
    work: Work = work_of(conn)
    names = {person.id: person.name for person in list_people(conn, all_of_them=True)}
    two = pair.split("~") if pair else []
    units = units_behind(work, variable=variable, narrative=narrative, pair=two)
    people = sorted({name for item in units for name in item.answers}, key=lambda name: names.get(name, name))
    return behind(work, units, people), people, names
