"""Home: what waits for you, how far the project is, the first steps; and the decisions that a new text left behind."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from brinkline.charts import draw_progress, progress_rows
from brinkline.decision import Decision
from brinkline.project.clock import now
from brinkline.reference.codebook import codebook
from brinkline.samples import sample_names
from brinkline.store.decisions import decide
from brinkline.web.asking import Coder, Form, Reader
from brinkline.web.batch import TheBatch
from brinkline.web.pages import outdated as of_outdated
from brinkline.web.pages.home import home_of
from brinkline.web.pages.progress import progress_chart, work_of
from brinkline.web.rendering import at_place, page, twin

router = APIRouter()

_PAGE = 50


@router.get("/", include_in_schema=False)
def home(asking: Reader, batch: TheBatch) -> Response:
    """The home page."""
    with asking.project.database.reading() as conn:
        found = home_of(conn, asking.person, batch.run)
    table = progress_chart(found.work)
    chart = Markup(draw_progress(table, standalone=False)) if table.stages else None  # our own drawing: its texts are escaped
    samples = [(name, name.replace("_", " ").capitalize()) for name in sample_names()]
    return page(
        "home.html.j2", asking, home=found, chart=chart, table=progress_rows(table), batch=batch.told(), samples=samples
    )


@router.get("/progress.{form}")
def progress_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """How many claims of each kind are accepted, changed, rejected, put aside and open."""
    with asking.project.database.reading() as conn:
        rows = progress_rows(progress_chart(work_of(conn)))
    return twin(form, [at_place(name, place) for place, name in enumerate(rows.columns)], rows.rows)


@router.get("/outdated", include_in_schema=False)
def outdated_page(asking: Reader, at: Annotated[int, Query(alias="page", ge=1, le=10**6)] = 1) -> Response:
    """Decisions whose words are gone, or whose text has a new revision."""
    with asking.project.database.reading() as conn:
        rows = of_outdated.outdated(conn)
        pages = max(1, -(-len(rows) // _PAGE))
        at = min(at, pages)
        shown = of_outdated.with_claims(conn, rows[(at - 1) * _PAGE : at * _PAGE])
    ids = {item.row.claim: f"decision:{secrets.token_hex(12)}" for item in shown}
    content: dict[str, Any] = {"rows": shown, "total": len(rows), "whys": of_outdated.WHYS, "ids": ids}
    return page("outdated.html.j2", asking, at=at, pages=pages, **content)


@router.get("/outdated.{form}")
def outdated_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """Every outdated decision with what stood and what stands now."""
    with asking.project.database.reading() as conn:
        rows = of_outdated.with_claims(conn, of_outdated.outdated(conn))
    return twin(form, of_outdated.COLUMNS, rows)


@router.post("/outdated/seen", include_in_schema=False)
def seen(asking: Coder, form: Form) -> Response:
    """Take an outdated decision from the list: one more row, "skip", which answers it."""
    person = asking.person
    if person is not None:
        book = codebook()
        given = Decision(
            str(form.get("id", "")) or f"decision:{secrets.token_hex(12)}",
            str(form.get("claim", "")),
            person.id,
            now(),
            "skip",
            f"{book.id} {book.version}",
            follows=str(form.get("follows", "")) or None,
            note="outdated, seen",
        )
        with asking.project.database.writing() as conn:
            decide(conn, given)
    return RedirectResponse("/outdated", 303)


@router.get("/code.json")
def batch_state(asking: Reader, batch: TheBatch) -> dict[str, object]:
    """How far the batch in the background is."""
    return asdict(batch.told()) | {"busy": batch.told().busy}
