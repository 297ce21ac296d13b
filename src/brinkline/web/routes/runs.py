"""Runs and the differences of two runs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from brinkline.web.asking import Reader
from brinkline.web.batch import TheBatch
from brinkline.web.pages import runs as of_runs
from brinkline.web.rendering import page, twin

router = APIRouter()

Name = Annotated[str, Query(max_length=100)]
At = Annotated[int, Query(alias="page", ge=1, le=10**6)]


@router.get("/runs", include_in_schema=False)
def runs(asking: Reader, batch: TheBatch) -> Response:
    """The runs with versions and settings."""
    with asking.project.database.reading() as conn:
        rows = of_runs.runs(conn)
    return page("runs.html.j2", asking, rows=rows, present=batch.run)


@router.get("/runs.{form}")
def runs_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """The runs as a table."""
    with asking.project.database.reading() as conn:
        rows = of_runs.runs(conn)
    return twin(form, of_runs.RUN_COLUMNS, rows)


@router.get("/runs/differences", include_in_schema=False)
def differences(asking: Reader, old: Name, new: Name, field: Name = "", at: At = 1) -> Response:
    """What two runs code differently, with the words."""
    with asking.project.database.reading() as conn:
        rows = of_runs.runs(conn)
        sides = of_runs.run_named(rows, old), of_runs.run_named(rows, new)
        found = of_runs.compare(conn, old, new)
    changes = [item for item in found.changes if field in ("", item.field)]
    pages = max(1, -(-len(changes) // of_runs.MOST))
    at = min(at, pages)
    shown = changes[(at - 1) * of_runs.MOST : at * of_runs.MOST]
    values = {"old": old, "new": new, "field": field}
    content: dict[str, Any] = {"found": found, "shown": shown, "number": len(changes), "values": values}
    return page("differences.html.j2", asking, old=sides[0], new=sides[1], at=at, pages=pages, **content)


@router.get("/runs/differences.{form}")
def differences_twin(asking: Reader, form: Literal["csv", "json"], old: Name, new: Name, field: Name = "") -> Response:
    """The differences of two runs as a table."""
    with asking.project.database.reading() as conn:
        rows = of_runs.runs(conn)
        of_runs.run_named(rows, old)
        of_runs.run_named(rows, new)
        found = of_runs.compare(conn, old, new)
    return twin(form, of_runs.CHANGE_COLUMNS, [item for item in found.changes if field in ("", item.field)])
